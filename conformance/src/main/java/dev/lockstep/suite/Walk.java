package dev.lockstep.suite;

import java.util.Arrays;
import java.util.Objects;

/**
 * A way through the graph, from a down state on. A crash edge on it is a fork: it is taken where the walk is, and
 * leaves the walk there. Any other edge moves the walk to its target; one into a down state ends it.
 *
 * @param start a down state: an initial state, or one that an edge earlier in the suite leads to
 * @param edges the edges in order; neither copied nor to be changed, since a suite holds millions
 */
public record Walk(int start, int[] edges) {
    /** Refuses null. */
    public Walk {
        Objects.requireNonNull(edges, "edges");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Walk that && start == that.start && Arrays.equals(edges, that.edges);
    }

    @Override
    public int hashCode() {
        return 31 * start + Arrays.hashCode(edges);
    }

    @Override
    public String toString() {
        return "Walk[start=" + start + ", edges=" + Arrays.toString(edges) + "]";
    }
}
