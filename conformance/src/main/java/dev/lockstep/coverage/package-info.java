/**
 * Recomputes, from a state graph and a suite as plain data, what the suite covers and whether it can be walked at all.
 *
 * <p>Nothing here knows how suites are made: what the generator gets wrong must not be repeated here.
 */
package dev.lockstep.coverage;
