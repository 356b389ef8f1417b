package dev.lockstep.coverage;

import java.util.Arrays;
import java.util.Objects;

/**
 * One walk of a suite, as plain data.
 *
 * @param start the state that it claims to start at
 * @param edges the edges that it claims to take, in order; neither copied nor changed
 */
public record PlainWalk(int start, int[] edges) {
    /** Refuses null. */
    public PlainWalk {
        Objects.requireNonNull(edges, "edges");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PlainWalk that && start == that.start && Arrays.equals(edges, that.edges);
    }

    @Override
    public int hashCode() {
        return 31 * start + Arrays.hashCode(edges);
    }

    @Override
    public String toString() {
        return "PlainWalk[start=" + start + ", edges=" + Arrays.toString(edges) + "]";
    }
}
