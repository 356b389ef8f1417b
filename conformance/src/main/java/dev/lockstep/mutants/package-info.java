/**
 * Faults planted in the implementation, to see that they are found: each is a few lines of the real source put otherwise, compiled, and
 * put before the real classes in a loader of their own, so that one state graph serves all that are sought in it.
 */
package dev.lockstep.mutants;
