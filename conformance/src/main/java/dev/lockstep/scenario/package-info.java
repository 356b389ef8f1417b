/**
 * Named scenarios: stories kept in the repository as the Environment's steps and the legs', and played on the mirror
 * under any policy; the driver does between them what it comes to by itself. And findings: each is a model's shortest
 * counterexample, forced on the mirror step by step where the mirror can be made to do it. And how the steps of any behaviour are told and
 * seen ({@link dev.lockstep.scenario.Words}, {@link dev.lockstep.scenario.Behaviour}, {@link dev.lockstep.scenario.Harm}).
 */
package dev.lockstep.scenario;
