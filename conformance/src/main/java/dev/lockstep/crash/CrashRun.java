package dev.lockstep.crash;

import dev.lockstep.crash.inside.CrashExample;
import dev.lockstep.log.LogFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What one tier found of one policy.
 *
 * @param tier             the tier: kill, enumerate, flakey or kernel
 * @param policy           the policy, or the mirror if it is not ours
 * @param logFormat        the log's format: hardened or dm
 * @param cycles           how many kills, cuts or states were judged
 * @param desyncs          in how many of them two in-sync legs differed under a bit that says clean
 * @param lostAcknowledged in how many of them something acknowledged was lost that no desync explains
 * @param resyncBytes      how many bytes were to be resynchronised after them, all together
 * @param figures          what else was counted, by name, in the order in which it is to be shown
 * @param workloads        how many of the cycles there were of each kind of workload; empty where all are of one kind
 * @param failures         what was not as expected, a sentence each
 * @param examples         a few of the desyncs, to be drawn; of the tiers kill and flakey only
 */
public record CrashRun(String tier, String policy, String logFormat, long cycles, long desyncs, long lostAcknowledged, long resyncBytes,
                       Map<String, Long> figures, Map<String, Long> workloads, List<String> failures, List<CrashExample> examples) {

    /**
     * Of a tier whose cycles are all of one kind.
     *
     * @param tier             the tier
     * @param policy           the policy, or the mirror if it is not ours
     * @param logFormat        the log's format
     * @param cycles           how many kills or cuts were judged
     * @param desyncs          in how many of them two in-sync legs differed under a bit that says clean
     * @param lostAcknowledged in how many of them something acknowledged was lost that no desync explains
     * @param resyncBytes      how many bytes were to be resynchronised after them, all together
     * @param figures          what else was counted
     * @param failures         what was not as expected, a sentence each
     * @param examples         a few of the desyncs, to be drawn
     */
    public CrashRun(String tier, String policy, String logFormat, long cycles, long desyncs, long lostAcknowledged, long resyncBytes,
                    Map<String, Long> figures, List<String> failures, List<CrashExample> examples) {
        this(tier, policy, logFormat, cycles, desyncs, lostAcknowledged, resyncBytes, figures, Map.of(), failures, examples);
    }

    /** {@return how a user names a format} */
    public static String name(LogFormat format) {
        return format.name().toLowerCase(Locale.ROOT);
    }
}
