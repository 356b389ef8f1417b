package dev.lockstep.scenario;

import dev.lockstep.replay.Difference;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A counterexample as it went on the mirror, over real files.
 *
 * @param policy     the mirror's policy
 * @param divergence the first step that did not go as the counterexample has it; none if each did
 * @param end        what the steps left; none if one of them diverged
 */
public record ForcedRun(String policy, Optional<Divergence> divergence, Optional<End> end) {

    /** Refuses both and neither. */
    public ForcedRun {
        Objects.requireNonNull(policy, "policy");
        if (divergence.isPresent() == end.isPresent()) {
            throw new IllegalArgumentException("a run has either a divergence or an end");
        }
    }

    static ForcedRun diverged(String policy, Divergence divergence) {
        return new ForcedRun(policy, Optional.of(divergence), Optional.empty());
    }

    static ForcedRun ended(String policy, End end) {
        return new ForcedRun(policy, Optional.empty(), Optional.of(end));
    }

    /**
     * A step after which the mirror was not as the counterexample says.
     *
     * @param number      the number of the state that it should have led to; 1 for the initial one
     * @param action      the action and its parameters
     * @param differences what differs, at least one thing
     */
    public record Divergence(int number, String action, List<Difference> differences) {
        /** Keeps a copy. */
        public Divergence {
            differences = List.copyOf(differences);
        }
    }

    /**
     * What the steps left, and what came of it.
     *
     * @param afterSteps what the files held after the last step
     * @param left       what they hold after all that was done to see whether the end is as it should be
     * @param story      what was done and seen, sentences
     * @param wrong      what is not as it should be, sentences; none if it is the harm that the property speaks of
     */
    public record End(Left afterSteps, Left left, List<String> story, List<String> wrong) {
        /** Keeps copies. */
        public End {
            story = List.copyOf(story);
            wrong = List.copyOf(wrong);
        }
    }

    /**
     * What the files hold.
     *
     * @param legs            some bytes of the block on each leg, in hexadecimal, read back from its file
     * @param offset          where in the block they stand
     * @param differingOffset the first byte in which the legs differ, or -1
     * @param bit             what the log file says of the region: {@code clean} or {@code dirty}
     */
    public record Left(List<String> legs, int offset, int differingOffset, String bit) {
        /** Keeps a copy. */
        public Left {
            legs = List.copyOf(legs);
        }

        /** {@return whether the legs hold the same, byte by byte} */
        public boolean legsEqual() {
            return differingOffset < 0;
        }
    }
}
