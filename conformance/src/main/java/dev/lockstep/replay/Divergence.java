package dev.lockstep.replay;

import dev.lockstep.trace.Label;
import java.util.List;
import java.util.Optional;

/**
 * A step after which the mirror is not as the model says: a finding.
 *
 * @param edge        the step, as an edge of the graph; -1 for the state in which a walk starts
 * @param label       the step's action and parameters; null for the state in which a walk starts
 * @param differences what differs, at least one thing
 * @param start       the state in which the walk started
 * @param edges       the walk up to and including the step
 */
public record Divergence(int edge, Label label, List<Difference> differences, int start, List<Integer> edges) {

    /** Keeps copies. */
    public Divergence {
        differences = List.copyOf(differences);
        edges = List.copyOf(edges);
    }

    /**
     * {@return the action at fault: the step itself if it left something other than it should; if all is as it should be but
     * for what can be done next, the first action of which that is wrong; none for the state in which a walk starts}
     */
    public Optional<Label> fault() {
        Difference first = differences.get(0);
        return first.action().isPresent() ? first.action() : Optional.ofNullable(label);
    }
}
