package dev.lockstep.crash;

import dev.lockstep.log.LogFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One experiment on the kernel's mirror. It knows what has to come out; what does not come out is a failure of the run, and
 * nothing that the run would pass over. Run once, by one thread.
 */
abstract class KernelTrial {
    private final String name;
    private final Map<String, Long> figures = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();
    private long cuts;
    private long desyncs;
    private long lost;
    private long resyncBytes;

    KernelTrial(String name) {
        this.name = name;
    }

    /** {@return what the run shows in the place of a policy} */
    final String name() {
        return name;
    }

    /**
     * Carries the experiment out.
     *
     * @throws IOException if it cannot be carried out
     */
    abstract void carryOut(KernelLab lab) throws IOException;

    /** Counts a power cut, and whether legs differed under a clean bit after it. */
    final void cut(boolean desynced) {
        cuts++;
        if (desynced) {
            desyncs++;
        }
    }

    final void resynced(long bytes) {
        resyncBytes += bytes;
    }

    final void lost(long acknowledged) {
        lost += acknowledged;
    }

    /** Adds to a figure; its first mention gives it its place. */
    final void count(String figure, long more) {
        figures.merge(figure, more, Long::sum);
    }

    /** Notes a failure unless something is so. */
    final void expect(boolean so, String otherwise) {
        if (!so) {
            failures.add(name + ": " + otherwise);
        }
    }

    /** Notes a failure unless two things are equal. */
    final void expectEqual(Object found, Object expected, String what) {
        expect(found.equals(expected), what + ": found " + found + "; expected " + expected);
    }

    /** {@return whether anything was not as expected so far} */
    final boolean failed() {
        return !failures.isEmpty();
    }

    /** {@return what came of it} */
    final CrashRun result() {
        return new CrashRun("kernel", name, CrashRun.name(LogFormat.DM), cuts, desyncs, lost, resyncBytes, new LinkedHashMap<>(figures),
                List.copyOf(failures), List.of());
    }
}
