/**
 * The dirty-region log: the durable bitmap that says which regions of a volume are clean, kept on a
 * {@link dev.lockstep.store.Leg} in one of two {@linkplain dev.lockstep.log.LogFormat formats}: a hardened one of
 * Lockstep's own, and that of Linux's dm-mirror (dm-log version 2).
 *
 * <p>{@link dev.lockstep.log.HardenedFormat} and {@link dev.lockstep.log.DmLogFormat} are the formats,
 * {@link dev.lockstep.log.LogImage} the bits in memory, {@link dev.lockstep.log.LogContents} what reading a log gave,
 * {@link dev.lockstep.log.DirtyRegionLog} the log that a volume keeps up to date, and
 * {@link dev.lockstep.log.LogConversion} the way from one format to the other. One rule runs through all of them: in
 * doubt, a region is dirty. The package uses {@code dev.lockstep.store} only.
 */
package dev.lockstep.log;
