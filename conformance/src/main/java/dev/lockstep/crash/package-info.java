/**
 * The crash tiers: what a mirror leaves when its process is killed or its power is cut, for real, and whether that is what was
 * promised. What may also run in the guest, where there is a small Java only, is in {@link dev.lockstep.crash.inside}.
 */
package dev.lockstep.crash;
