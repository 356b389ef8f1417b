/**
 * Faults planted in the implementation, to see that the replay finds them: each is a few lines of the real source put
 * otherwise, compiled, and put before the real classes in a process of its own.
 */
package dev.lockstep.mutants;
