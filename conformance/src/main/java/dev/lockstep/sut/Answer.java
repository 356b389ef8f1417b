package dev.lockstep.sut;

import java.util.List;
import java.util.Set;

/**
 * What a driven mirror says to an event: all that it wants now, and where a user may read.
 *
 * @param wants everything that it wants; what was wanted before and is not in it is not wanted any more
 * @param reads for each region the legs that a read of it may be served from
 */
public record Answer(Set<Want> wants, List<Set<Integer>> reads) {
    /** Of a mirror that is not open. */
    public static final Answer NOTHING = new Answer(Set.of(), List.of());

    /** Keeps copies. */
    public Answer {
        wants = Set.copyOf(wants);
        reads = reads.stream().map(Set::copyOf).toList();
    }
}
