package dev.lockstep.crash;

import dev.lockstep.validate.CrashOutcome;
import dev.lockstep.validate.CrashOutcomes;
import dev.lockstep.validate.CutOutcomes;
import dev.lockstep.validate.Validator;
import java.util.List;

/**
 * What TLC says of the recordings of a tier, and how much of what the specification allows crashes to leave they were found to leave. What is found and is
 * not allowed is a rejected recording, and is not counted beside that.
 *
 * @param verdicts what TLC says of each recording
 * @param crashes  how many crashes there were, or instants at which one was looked at, in the recordings that are accepted
 * @param judged   how many outcomes of them were judged: one of each real crash, many of an instant at which crashes are simulated
 * @param allowed  how many different outcomes the specification allows
 * @param found    how many of those were found
 * @param kinds    crashes with something under way to the same devices
 */
public record RecordedCrashes(List<Validator.Verdict> verdicts, long crashes, long judged, long allowed, long found, List<Kind> kinds) {
    /** Keeps copies. */
    public RecordedCrashes {
        verdicts = List.copyOf(verdicts);
        kinds = List.copyOf(kinds);
    }

    /**
     * Crashes with something under way to the same devices, or not durable on them.
     *
     * @param underWay   the devices
     * @param crashes    how many crashes, or instants
     * @param allowed    how many different outcomes the specification allows
     * @param found      how many of those were found
     * @param neverFound the others in words, where they are told by the devices on which there is something else than is known to have been written; else empty, and
     *                   counted only
     */
    public record Kind(String underWay, long crashes, long allowed, long found, List<String> neverFound) {
        /** Keeps a copy. */
        public Kind {
            neverFound = List.copyOf(neverFound);
        }
    }

    /**
     * {@return those of simulated power cuts, of which many are looked at at one instant}
     *
     * @param verdicts what TLC says of each recording
     * @param judged   how many states were judged in those that are accepted
     * @param cuts     what was found in these
     */
    public static RecordedCrashes of(List<Validator.Verdict> verdicts, long judged, CutOutcomes cuts) {
        return new RecordedCrashes(verdicts, cuts.instants(), judged, cuts.allowed(), cuts.found(), cuts.kinds().stream()
                .map(each -> new Kind(each.underWay(), each.instants(), each.allowed(), each.found(), List.of())).toList());
    }

    /**
     * {@return those of real crashes}
     *
     * @param verdicts what TLC says of each recording
     * @param outcomes what each crash left, in those that are accepted
     */
    public static RecordedCrashes of(List<Validator.Verdict> verdicts, List<CrashOutcome> outcomes) {
        CrashOutcomes all = CrashOutcomes.of(outcomes);
        return new RecordedCrashes(verdicts, all.crashes(), all.crashes(), all.allowed(), all.found(), all.kinds().stream()
                .map(each -> new Kind(each.underWay(), each.crashes(), each.allowed(), each.found().size(), each.never())).toList());
    }
}
