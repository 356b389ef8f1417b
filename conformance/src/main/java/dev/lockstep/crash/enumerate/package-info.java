/**
 * The tier that enumerates crash states: a bounded workload on simulated devices, every state that a crash at any of its points
 * may leave, each judged, recovered by the production code, and cut off again at every point of that recovery. Among
 * the workloads are those in which a leg is added, removed or replaced; and besides them, a log is made and converted, and a volume set up.
 * Where nobody else is there while legs are changed, that is done by the library as a whole, over files that are such devices.
 * Of small workloads that are recorded TLC says of every state whether the specification allows it ({@link dev.lockstep.crash.enumerate.EnumeratedRecordings}).
 *
 * <p>The devices are simulated by what {@link dev.lockstep.store.Leg} promises. So this tier is about the order of writes and
 * flushes and about the recovery; whether files keep that promise is for the other tiers to show.
 */
package dev.lockstep.crash.enumerate;
