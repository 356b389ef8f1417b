package dev.lockstep.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a tier of {@code crash} found of one policy, or in one experiment on the kernel's mirror.
 *
 * @param policy the policy, or the experiment
 * @param logFormat the log's format: "hardened" or "dm"
 * @param cycles how many crashes were judged
 * @param desyncs in how many of them the legs differed under a bit that says clean
 * @param lostAcknowledged in how many of them something acknowledged was lost that no desync explains
 * @param resyncBytes how many bytes were to be resynchronised after them, all together
 * @param figures what else was counted
 * @param workloads how many of the crashes there were of each kind of workload; empty where all are of one kind
 * @param failures what was not as expected, a sentence each
 * @param examples desyncs that can be drawn
 */
record CrashFigures(String policy, String logFormat, long cycles, long desyncs, long lostAcknowledged, long resyncBytes,
        Map<String, Long> figures, Map<String, Long> workloads, List<String> failures, List<CrashExample> examples) {
    static CrashFigures of(Entry json) {
        return new CrashFigures(json.text("policy"), json.text("logFormat"), json.number("cycles"), json.number("desyncs"),
                json.number("lostAcknowledged"), json.number("resyncBytes"), json.at("figures").members(Entry::asLong),
                json.maybe("workloads", found -> found.members(Entry::asLong)).orElse(Map.of()), json.texts("failures"), json.list("examples", CrashExample::of));
    }

    /** Returns this and what was found with a log of another format as one. */
    CrashFigures and(CrashFigures other) {
        List<String> failed = new ArrayList<>(failures);
        failed.addAll(other.failures);
        List<CrashExample> drawn = new ArrayList<>(examples);
        drawn.addAll(other.examples);
        return new CrashFigures(policy, logFormat + ", " + other.logFormat, cycles + other.cycles, desyncs + other.desyncs,
                lostAcknowledged + other.lostAcknowledged, resyncBytes + other.resyncBytes, sum(figures, other.figures),
                sum(workloads, other.workloads), failed, drawn);
    }

    /** Returns figures of the same names added up, in the order in which they first come. */
    static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
        Map<String, Long> all = new LinkedHashMap<>(one);
        other.forEach((name, more) -> all.merge(name, more, Long::sum));
        return all;
    }

    /** Returns a figure's name as words: a result has it as one. */
    static String inWords(String name) {
        return name.replaceAll("(?<!^)(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    /** Returns the bytes that were to be resynchronised after a crash, on average. */
    long resyncedPerCrash() {
        return cycles == 0 ? 0 : Math.round((double) resyncBytes / cycles);
    }
}
