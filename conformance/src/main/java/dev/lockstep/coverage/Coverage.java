package dev.lockstep.coverage;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a suite covers.
 *
 * @param edges edges that the suite is to take: those of the graph, or fewer
 * @param covered edges that the suite takes where they are
 * @param steps steps of the suite, wrong ones included
 * @param stepsPerAction steps by name of the action, 0 for one that is never taken; unmodifiable, by ascending name
 * @param errors a sentence for each thing that is wrong, an edge that is not covered being one; the first
 *     {@link CoverageChecker#MAX_ERRORS} of them, then how many more there are; unmodifiable
 */
public record Coverage(
        long edges, long covered, long steps, Map<String, Long> stepsPerAction, List<String> errors) {
    /** Copies map and list. */
    public Coverage {
        stepsPerAction = Collections.unmodifiableMap(new TreeMap<>(stepsPerAction));
        errors = List.copyOf(errors);
    }

    /** Says whether the suite can be walked and takes every edge. */
    public boolean isComplete() {
        return errors.isEmpty();
    }

    /** Returns the steps for each edge that is to be taken, 0 without edges. */
    public double stepsPerEdge() {
        return edges == 0 ? 0 : (double) steps / edges;
    }
}
