package dev.lockstep.report;

import java.util.List;
import java.util.Optional;

/**
 * What {@code validate} found.
 *
 * @param killed  in how many recordings the process was killed
 * @param crashes what the kills left, next to what the specification allows
 */
record ValidateResult(String commit, long recordings, long events, long rejected, long cutShort, long killed, Optional<Outcomes> crashes) {
    static ValidateResult of(Entry json) {
        return new ValidateResult(json.text("commit"), json.number("recordings"), json.number("events"), json.number("rejected"),
                json.maybeNumber("cutShort").orElse(0), json.maybeNumber("killed").orElse(0), json.maybe("crashes", Outcomes::of));
    }

    /**
     * What crashes left.
     *
     * @param contents how many contents of all devices the specification allows after them
     * @param allowed  how many outcomes it allows
     * @param found    how many of those were found
     */
    record Outcomes(long crashes, long contents, long allowed, long found, List<Kind> kinds) {
        static Outcomes of(Entry json) {
            return new Outcomes(json.number("crashes"), json.number("contents"), json.number("allowed"), json.number("found"),
                    json.list("kinds", Kind::of));
        }
    }

    /** Crashes in which something was under way to the same devices. */
    record Kind(String underWay, long crashes, long allowed, List<String> found, List<String> never) {
        static Kind of(Entry json) {
            return new Kind(json.text("underWay"), json.number("crashes"), json.number("allowed"), json.texts("found"), json.texts("never"));
        }
    }
}
