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
 * @param failures what was not as expected, a sentence each
 * @param examples desyncs that can be drawn
 */
record CrashFigures(String policy, String logFormat, long cycles, long desyncs, long lostAcknowledged, long resyncBytes,
        Map<String, Long> figures, List<String> failures, List<CrashExample> examples) {
    static CrashFigures of(Entry json) {
        return new CrashFigures(json.text("policy"), json.text("logFormat"), json.number("cycles"), json.number("desyncs"),
                json.number("lostAcknowledged"), json.number("resyncBytes"), json.at("figures").members(Entry::asLong),
                json.texts("failures"), json.list("examples", CrashExample::of));
    }

    /** Returns this and what was found with a log of another format as one. */
    CrashFigures and(CrashFigures other) {
        Map<String, Long> all = new LinkedHashMap<>(figures);
        other.figures.forEach((name, more) -> all.merge(name, more, Long::sum));
        List<String> failed = new ArrayList<>(failures);
        failed.addAll(other.failures);
        List<CrashExample> drawn = new ArrayList<>(examples);
        drawn.addAll(other.examples);
        return new CrashFigures(policy, logFormat + ", " + other.logFormat, cycles + other.cycles, desyncs + other.desyncs,
                lostAcknowledged + other.lostAcknowledged, resyncBytes + other.resyncBytes, all, failed, drawn);
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
