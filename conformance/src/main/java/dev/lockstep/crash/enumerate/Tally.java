package dev.lockstep.crash.enumerate;

import java.util.LinkedHashMap;
import java.util.Map;

/** What was counted. Not thread-safe. */
final class Tally {
    long points;
    /** Crash states, of a first crash. */
    long states;
    /** Those of which no other has the same bytes and the same promise. */
    long distinct;
    /** States of a second crash, in the midst of a recovery. */
    long secondCrashStates;
    long recoveries;
    /** States of either crash in which legs differ under a bit that says clean. */
    long desyncs;
    long lostAcknowledged;
    long resyncBytes;
    private final Map<String, Long> workloads = new LinkedHashMap<>();
    private long before;

    /** A workload has ended: the states since the last one are of this. */
    void ended(String workload) {
        workloads.merge(workload, states + secondCrashStates - before, Long::sum);
        before = states + secondCrashStates;
    }

    /** How many states there were, of either crash, by what the workload was about. */
    Map<String, Long> workloads() {
        return workloads;
    }

    /** The figures, in the order in which they are shown. */
    Map<String, Long> figures(double seconds) {
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("points", points);
        figures.put("states", states);
        figures.put("distinct", distinct);
        figures.put("secondCrashStates", secondCrashStates);
        figures.put("recoveries", recoveries);
        figures.put("statesPerSecond", Math.round((states + secondCrashStates) / seconds));
        return figures;
    }
}
