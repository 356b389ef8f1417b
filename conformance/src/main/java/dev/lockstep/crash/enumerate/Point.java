package dev.lockstep.crash.enumerate;

import java.util.List;

/**
 * A point at which a crash may come.
 *
 * @param events    how many events of the journal came before
 * @param devices   what a crash may leave of each device: the legs, then the log
 * @param afterKill what the user may find after a kill; null where that is not asked
 * @param afterCut  and after a power cut
 */
record Point(int events, List<VolatileBlocks.Epoch> devices, Promise afterKill, Promise afterCut) {
}
