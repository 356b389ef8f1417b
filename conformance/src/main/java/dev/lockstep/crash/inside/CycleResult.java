package dev.lockstep.crash.inside;

import java.util.List;
import java.util.Optional;

/**
 * What came of one cycle: a new volume, several crashes, and a last recovery.
 *
 * @param crashes     how many crashes were judged
 * @param inRecovery  how many of them were in a recovery
 * @param atPoints    how many of them were at a named point
 * @param desyncs     in how many of them the legs differed under a bit that says clean
 * @param lost        in how many of them something acknowledged was lost
 * @param resyncBytes how many bytes were to be resynchronised after them
 * @param acknowledged how many writes and flushes were acknowledged before them
 * @param mixtures    how many blocks held a mixture of contents that they might hold
 * @param voidCuts    how many crashes did not count, as the rig's own canaries failed
 * @param whyVoid     why the last of these did not count
 * @param failedDevices how many times one device alone failed, and what it left was judged
 * @param failures    what was not as expected
 * @param example     the first desync, to be drawn; empty if there was none
 */
public record CycleResult(int crashes, int inRecovery, int atPoints, int desyncs, int lost, long resyncBytes, long acknowledged,
                          int mixtures, int voidCuts, String whyVoid, int failedDevices, List<String> failures,
                          Optional<CrashExample> example) {
}
