/**
 * The dirty-region log: the durable bitmap that says which regions of a volume are clean, in the format of Linux's
 * dm-mirror (dm-log version 2), kept on a {@link dev.lockstep.store.Leg}.
 *
 * <p>{@link dev.lockstep.log.DmLogFormat} is the format, {@link dev.lockstep.log.LogImage} the bits in memory,
 * {@link dev.lockstep.log.LogContents} what reading a log gave, and {@link dev.lockstep.log.DirtyRegionLog} the log
 * that a volume keeps up to date. One rule runs through all of them: in doubt, a region is dirty. The package uses
 * {@code dev.lockstep.store} only.
 */
package dev.lockstep.log;
