package dev.lockstep.tlc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.trace.Label;
import dev.lockstep.trace.Value;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ResultReaderTest {
    private static final String VERSION = message(2262, 0, "TLC2 Version 2.20 of Day Month 20??");
    private static final String STATS = message(2199, 0,
            "1,605 states generated, 1,060 distinct states found, 0 states left on queue.");

    @Test
    void aLaterTlcPrintsArguments() {
        ModelResult result = read("INVARIANT Same", 12, VERSION, message(2110, 1, "Invariant Same is violated."),
                message(2121, 1, "The behavior up to this point is:"),
                message(2217, 4, "1: <Initial predicate>\n/\\ mode = \"up\"\n/\\ data = (0 :> 0 @@\n  1 :> 0)\n"),
                message(2217, 4, "2: <Write(1, \"a\") line 13, col 16 to line 16, col 42 of module Small>\n"
                        + "/\\ mode = \"up\"\n/\\ data = (0 :> 0 @@ 1 :> 1)\n"),
                message(2217, 4, "3: <Odd(whatever |) line 1, col 1 to line 1, col 2 of module Small>\n"
                        + "/\\ mode = \"/\\\\ x = 1\"\n/\\ data = <<>>\n"),
                STATS, message(2200, 0, "Progress(7) at 2026-01-01 00:00:00: 1 states generated"));

        assertThat(result.counterexample().orElseThrow().steps()).extracting(CounterexampleStep::label)
                .containsExactly(Optional.empty(),
                Optional.of(Label.of("Write", Value.of(1), Value.of("a"))), Optional.of(Label.of("Odd")));
        assertThat(result.counterexample().orElseThrow().steps()).extracting(CounterexampleStep::argumentsKnown)
                .containsExactly(true, true, false);
        assertThat(result.counterexample().orElseThrow().steps().get(2).state())
                .containsEntry("mode", Value.of("/\\ x = 1"));
        assertThat(result.totalStates()).isEqualTo(1605);
        assertThat(result.distinctStates()).isEqualTo(1060);
        assertThat(result.depth()).isEqualTo(7);
    }

    @Test
    void stutteringAndLoopsAreTold() {
        String first = message(2217, 4, "1: <Initial predicate>\nx = 0\n");
        String second = message(2217, 4, "2: <Next line 5, col 9 to line 5, col 24 of module M>\nx = 1\n");
        String violation = message(2116, 1, "Temporal properties were violated.\n");

        Counterexample stutters = read("PROPERTY Fills", 13, violation, first, second,
                message(2218, 4, "3: Stuttering"), STATS)
                .counterexample().orElseThrow();
        assertThat(stutters.loop()).contains(new Counterexample.Loop(2, Optional.empty()));

        ModelResult loops = read("PROPERTIES Fills", 13, violation, first, second,
                message(2122, 4, "1: Back to state: <Restart line 31, col 12 to line 31, col 101 of module M>\n"),
                STATS);
        assertThat(loops.violated()).contains("Fills");
        assertThat(loops.counterexample().orElseThrow().loop())
                .contains(new Counterexample.Loop(1, Optional.of(Label.of("Restart"))));
    }

    /** What TLC 2.18 printed when its two threads had read one file at once. */
    @Test
    void aCounterexampleThatTlcDidNotReadBackIsAskedForAgain() {
        String violation = message(2116, 1, "Temporal properties were violated.\n");
        String broken = message(1000, 1, "TLC threw an unexpected exception.\n: Read past end of file (increase with setLength)?\n");
        String first = message(2217, 4, "1: <Initial predicate>\nx = 0\n");
        List<Supplier<ModelResult>> answers = List.of(() -> read("PROPERTY Fills", 1, violation, broken),
                () -> read("PROPERTY Fills", 1, violation, first, broken),
                () -> read("PROPERTY Fills", 13, violation, first, message(2218, 4, "2: Stuttering"), STATS));

        Iterator<Supplier<ModelResult>> each = answers.iterator();
        assertThat(LostAnswer.askAgainIfLost(() -> each.next().get()).verdict()).isEqualTo(Verdict.VIOLATED);

        assertThatThrownBy(() -> LostAnswer.askAgainIfLost(answers.get(0))).isInstanceOf(LostAnswer.class)
                .hasMessageContaining("TLC ended without a verdict (exit code 1");
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(() -> LostAnswer.askAgainIfLost(() -> {
            asked.incrementAndGet();
            return read("PROPERTY Fills", 137, first);
        })).isExactlyInstanceOf(TlcException.class);
        assertThat(asked).hasValue(1);
    }

    @Test
    void theLastReportOfCoverageCounts() {
        ModelResult result = read("INVARIANT Same", 0, message(2201, 0, "The coverage statistics at …"),
                message(2772, 0, "<Write line 1, col 1 to line 1, col 5 of module Small>: 1:10"),
                message(2201, 0, "again"),
                message(2772, 0, "<Write line 1, col 1 to line 1, col 5 of module Small>: 2:20"),
                message(2772, 0, "<Kill line 2, col 1 to line 2, col 4 of module Small (3 6 3 9)>: 1:7"),
                message(2772, 0, "<Kill line 2, col 1 to line 2, col 4 of module Small (4 6 4 9)>: 1:5"),
                STATS, message(2194, 0, "The depth of the complete state graph search is 8."),
                message(2193, 0, "Model checking completed."));

        assertThat(result.fired()).containsOnlyKeys("Write", "Kill").containsEntry("Write", 20L)
                .containsEntry("Kill", 12L);
        assertThat(result.depth()).isEqualTo(8);
    }

    @Test
    void aViolationThatNobodyAskedAboutIsNoVerdict() {
        assertThatThrownBy(() -> read("INVARIANT Same", 12, message(2110, 1, "Invariant Other is violated.")))
                .isInstanceOf(TlcException.class)
                .hasMessage("model TheSmall: TLC says \"Invariant Other is violated.\", "
                        + "which TheSmall.cfg does not ask for by one name");
    }

    @Test
    void aKilledTlcGivesNoVerdict() {
        assertThatThrownBy(() -> read("INVARIANT Same", 137, VERSION, "@!@!@STARTMSG 2110:1 @!@!@\nInvariant Sa"))
                .isInstanceOf(TlcException.class).isNotInstanceOf(SpecException.class)
                .hasMessageStartingWith("model TheSmall: TLC ended without a verdict (exit code 137")
                .hasMessageEndingWith("\"TLC2 Version 2.20 of Day Month 20??\"");
        assertThatThrownBy(() -> read("INVARIANT Same", 0)).hasMessageContaining("the last that it printed is nothing");
    }

    @Test
    void successWithAnotherExitCodeIsNoVerdict() {
        assertThatThrownBy(() -> read("INVARIANT Same", 1, STATS,
                message(2193, 0, "Model checking completed. No error has been found.")))
                .isInstanceOf(TlcException.class).hasMessageContaining("exit code 1");
    }

    private static ModelResult read(String judged, int exitCode, String... messages) {
        return new ResultReader(Specs.small(judged), exitCode, String.join("\n", messages).lines().toList()).read(1.5);
    }

    private static String message(int code, int severity, String text) {
        return "@!@!@STARTMSG " + code + ":" + severity + " @!@!@\n" + text + "\n@!@!@ENDMSG " + code + " @!@!@";
    }

    @Test
    void messagesMayStandInsideOthers() {
        List<Message> messages = Message.parse(List.of("plain", "@!@!@STARTMSG 1000:1 @!@!@", "outer",
                ": @!@!@STARTMSG 5006:0 @!@!@",
                "inner", "@!@!@ENDMSG 5006 @!@!@", "@!@!@ENDMSG 1000 @!@!@", "more"));

        assertThat(messages).containsExactly(new Message(Message.PLAIN, 0, "plain"), new Message(5006, 0, "inner"),
                new Message(1000, 1, "outer\n: \ninner"), new Message(Message.PLAIN, 0, "more"));
    }
}
