/**
 * The mirror: a thin shell around the region machine. It carries out the steps that the machine says can be done, on
 * real legs and a real log, and tells the machine what came of them.
 *
 * <p>All that is asynchronous passes through one seam, {@link dev.lockstep.volume.Steps}.
 */
package dev.lockstep.volume;
