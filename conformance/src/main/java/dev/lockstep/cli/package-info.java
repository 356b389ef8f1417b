/**
 * The command line: what a user may ask for, and the only place that prints.
 *
 * <p>{@link dev.lockstep.cli.Lockstep} is the entry. Each verb is a class of its own that extends
 * {@link dev.lockstep.cli.Verb}: it does its work and returns a {@link dev.lockstep.cli.VerbResult}; printing it,
 * writing it into the folder of results, and turning mistakes and faults into a sentence and an exit code is done here,
 * once for all of them. The verbs themselves print nothing.
 */
package dev.lockstep.cli;
