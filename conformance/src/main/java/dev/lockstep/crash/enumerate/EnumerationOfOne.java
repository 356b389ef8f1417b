package dev.lockstep.crash.enumerate;

import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The tier on one policy and one plan, of whatever mirror this class is loaded with: strings in, its failures out. */
public final class EnumerationOfOne implements Function<List<String>, List<String>> {
    private static final int WORKLOADS = 6;

    /** Nothing is known yet. */
    public EnumerationOfOne() {
        // What it needs it is given.
    }

    /** What it is given: policy, plan, seed, the folder for images, and the log's format. */
    @Override
    public List<String> apply(List<String> given) {
        // More than are shown would change nothing of what this says, and take most of the time.
        Limits limits = new Limits(Collections.nCopies(WORKLOADS, Plan.valueOf(given.get(1))), 8, 4, 2, 1, 4, Findings.SHOWN);
        try {
            return new EnumerateTier(List.of(Policy.named(given.get(0)).orElseThrow()),
                    List.of(LogFormat.valueOf(given.get(4))), Set.of(), 1,
                    Long.parseLong(given.get(2)), Path.of(given.get(3)), line -> { }, limits, Wiring.DIRECT).run().get(0).failures();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
