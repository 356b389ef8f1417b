package dev.lockstep.crash;

import dev.lockstep.crash.inside.CycleResult;
import dev.lockstep.log.LogFormat;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Adds up the cycles of one policy, those on a log of each format apart. Not thread-safe. */
final class FormatSums {
    private final List<LogFormat> formats;
    private final Map<LogFormat, CycleSum> sums = new EnumMap<>(LogFormat.class);

    FormatSums(List<LogFormat> formats) {
        this.formats = formats;
        formats.forEach(format -> sums.put(format, new CycleSum()));
    }

    void add(LogFormat format, CycleResult cycle, long seed) {
        sums.get(format).add(cycle, seed);
    }

    /** Something is not as expected, on whatever log. */
    void fail(String sentence, long seed) {
        sums.get(formats.get(0)).fail(sentence, seed);
    }

    long crashes() {
        return sums.values().stream().mapToLong(CycleSum::crashes).sum();
    }

    long desyncs() {
        return sums.values().stream().mapToLong(CycleSum::desyncs).sum();
    }

    long voidCuts() {
        return sums.values().stream().mapToLong(CycleSum::voidCuts).sum();
    }

    /** {@return why a void cut was void, if there was one} */
    String lastVoid() {
        return sums.values().stream().map(CycleSum::lastVoid).filter(why -> !why.isEmpty()).findFirst().orElse("");
    }

    boolean failed() {
        return sums.values().stream().anyMatch(CycleSum::failed);
    }

    /** What came of all, for each format that there were cycles of. */
    List<CrashRun> runs(String tier, String policy, CrashSettings settings) {
        boolean caught = desyncs() > 0;
        return formats.stream().filter(format -> sums.get(format).cycles() > 0 || sums.get(format).failed() || formats.size() == 1)
                .map(format -> sums.get(format).run(tier, policy, format, settings, caught)).toList();
    }
}
