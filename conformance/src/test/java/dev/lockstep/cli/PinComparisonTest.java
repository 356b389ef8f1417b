package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.tlc.Counterexample;
import dev.lockstep.tlc.CounterexampleStep;
import dev.lockstep.tlc.ModelResult;
import dev.lockstep.tlc.Verdict;
import dev.lockstep.trace.Value;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PinComparisonTest {
    private static final CounterexampleStep STATE =
            new CounterexampleStep(1, Optional.empty(), true, "", Map.of("x", Value.of(0)), List.of());

    private static Pin pin(Integer length, String... off) {
        return new Pin("M_P", "M", "", "P", "A claim.", Map.of(), length == null ? "holds" : "violated", length,
                1000, 2000, 30, List.of(off));
    }

    private static ModelResult holds(long distinct, long total, int depth, Map<String, Long> fired) {
        return new ModelResult("M_P", Verdict.HOLDS, Optional.empty(), Optional.empty(), distinct, total, depth, fired,
                1, "TLC");
    }

    private static ModelResult violated(int length, long distinct) {
        return violated(length, distinct, Optional.empty());
    }

    private static ModelResult violated(int length, long distinct, Optional<Counterexample.Loop> loop) {
        return new ModelResult("M_P", Verdict.VIOLATED, Optional.of("P"),
                Optional.of(new Counterexample(Collections.nCopies(length, STATE), loop)),
                distinct, 2000, 30, Map.of("Never", 0L), 1, "TLC");
    }

    @Test
    void whatIsAsPinnedNeedsNoWord() {
        assertThat(PinComparison.of(pin(null, "Off"), holds(1000, 2000, 30, Map.of("On", 7L, "Off", 0L)), true))
                .isEmpty();
        assertThat(PinComparison.of(pin(3), violated(3, 1000), true)).isEmpty();
    }

    @Test
    void anotherVerdictOutweighsEverythingElse() {
        assertThat(PinComparison.of(pin(null), violated(3, 7), true))
                .containsExactly("M_P was expected to hold, but P is violated in 3 states");
        assertThat(PinComparison.of(pin(3), holds(7, 7, 7, Map.of("Never", 0L)), true))
                .containsExactly("M_P was expected to be violated, but P holds");
    }

    @Test
    void everyFigureIsCompared() {
        assertThat(PinComparison.of(pin(null), holds(1001, 2002, 31, Map.of()), true)).containsExactly(
                "M_P has 1,001 distinct states, where 1,000 were expected",
                "M_P has 2,002 generated states, where 2,000 were expected",
                "M_P has 31 states at most on a shortest path, where 30 were expected");
        assertThat(PinComparison.of(pin(3), violated(4, 1000), true))
                .containsExactly("M_P has a counterexample of 4 states, where one of 3 was expected");
    }

    /** One model, one TLC: a loop after 18, after 21 and after 25 states, as others were judged in the same process before it. */
    @Test
    void aLoopIsNoShortestOneButItsStatesAreCompared() {
        Optional<Counterexample.Loop> loop = Optional.of(new Counterexample.Loop(1, Optional.empty()));
        assertThat(PinComparison.of(pin(3), violated(4, 1000, loop), true)).isEmpty();
        assertThat(PinComparison.of(pin(3), violated(4, 7, loop), true))
                .containsExactly("M_P has 7 distinct states, where 1,000 were expected");
        assertThat(PinComparison.of(pin(null), violated(4, 1000, loop), true)).hasSize(1);
    }

    @Test
    void howFarAnotherTlcSearchesBeforeAViolationIsItsOwnAffair() {
        assertThat(PinComparison.of(pin(3), violated(3, 7), true)).hasSize(1);
        assertThat(PinComparison.of(pin(3), violated(3, 7), false)).isEmpty();
        assertThat(PinComparison.of(pin(3), violated(4, 7), false)).hasSize(1);
        assertThat(PinComparison.of(pin(null), holds(7, 2000, 30, Map.of()), false)).hasSize(1);
    }

    @Test
    void everyActionFiresButThoseTurnedOff() {
        assertThat(PinComparison.of(pin(null, "Off", "Gone"), holds(1000, 2000, 30, Map.of("On", 0L, "Off", 1234L)),
                true))
                .containsExactlyInAnyOrder("M_P has the action On, but it never fired",
                        "M_P has the action Off turned off, but it fired 1,234 times",
                        "M_P is pinned to have the action Gone turned off, but has no such action");
    }
}
