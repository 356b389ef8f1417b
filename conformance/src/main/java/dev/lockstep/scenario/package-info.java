/**
 * Named scenarios: stories kept in the repository as the Environment's steps and the legs', and played on the mirror
 * under any policy; the driver does between them what it comes to by itself.
 */
package dev.lockstep.scenario;
