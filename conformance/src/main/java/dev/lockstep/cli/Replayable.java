package dev.lockstep.cli;

import dev.lockstep.region.Policy;
import dev.lockstep.tlc.Model;
import java.util.List;
import java.util.stream.Stream;

/**
 * A model whose replay judges mutants of the spec.
 *
 * @param policy the policy
 * @param more   what happens beside what always does: {@link ReplayModel#MORE}
 */
record Replayable(Policy policy, List<String> more) {
    /**
     * Every policy as it is replayed unasked; and where more happens the policy whose graph is the smallest that has it: what is under
     * the driver does not depend on the policy.
     */
    private static final List<Replayable> ALL = Stream.concat(Policy.all().stream().map(policy -> new Replayable(policy, List.of())),
            Stream.of(new Replayable(Policy.BOUNCE_COPY, List.of("direct", "scrub")),
                    new Replayable(Policy.BOUNCE_COPY, List.of("flushFails", "replace")))).toList();

    /** Returns all of them, in the order in which they judge. */
    static List<Replayable> all() {
        return ALL;
    }

    Model model(SpecFolder spec) {
        return ReplayModel.of(spec, policy, SpecReplays.SIZE, more);
    }

    @Override
    public String toString() {
        return policy.name() + (more.isEmpty() ? "" : " with " + String.join(", ", more));
    }
}
