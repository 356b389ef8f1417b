/**
 * Legs: the copies of a volume, and the place of its log, as things to be read, written and flushed by position.
 *
 * <p>{@link dev.lockstep.store.Leg} states what the rest of the mirror may rely on, above all what a crash leaves;
 * {@link dev.lockstep.store.FileLeg} keeps that promise for a file or a block device. The package uses nothing but
 * the JDK.
 */
package dev.lockstep.store;
