package dev.lockstep.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sut.Labels;
import dev.lockstep.sut.Meaning;
import dev.lockstep.sut.Size;
import dev.lockstep.sut.Surroundings;
import dev.lockstep.sut.Storing;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.TlaValueParser;
import dev.lockstep.trace.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BehaviourTest {
    private static Map<String, Value> state(String... variables) {
        Map<String, Value> state = new TreeMap<>();
        for (String variable : variables) {
            int is = variable.indexOf('=');
            state.put(variable.substring(0, is).strip(), TlaValueParser.parse(variable.substring(is + 1)));
        }
        return state;
    }

    private static Map<String, Value> legs(String first, String second, String... more) {
        Map<String, Value> state = state(more);
        state.put("leg", TlaValueParser.parse("(0 :> [now |-> (0 :> " + first + "), may |-> (0 :> {" + first + "})] @@ 1 :> [now |-> (0 :> "
                + second + "), may |-> (0 :> {0, " + second + "})])"));
        return state;
    }

    @Test
    void whatIsSeenIsWhatIsSoFromThenOn() {
        Behaviour behaviour = new Behaviour(false);
        Map<String, Value> down = legs("0", "0", "mode = \"down\"", "page = (0 :> -1)", "state = (0 :> \"NOSYNC\")",
                "log = [now |-> (0 :> TRUE), may |-> {(0 :> TRUE)}]");
        assertThat(behaviour.next(Optional.empty(), true, down).shows()).as("there is no memory yet").containsExactly(
                new Sight("log", "clean"), new Sight("leg 0", "0"), new Sight("leg 1", "0"));
        Map<String, Value> up = legs("0", "0", "mode = \"up\"", "page = (0 :> -1)", "state = (0 :> \"CLEAN\")", "pageDirty = (0 :> TRUE)",
                "log = [now |-> (0 :> FALSE), may |-> {(0 :> FALSE), (0 :> TRUE)}]");
        assertThat(behaviour.next(Optional.of(Label.of("Restart")), true, up).shows()).containsExactly(new Sight("page cache", "empty"),
                new Sight("page cache", "page-dirty"), new Sight("driver", "CLEAN"), new Sight("log", "dirty (clean)"));
        Behaviour.Seen seen = behaviour.next(Optional.of(Label.of("LegWrite", Value.of(0), Value.of(0), Value.of(1))), true,
                legs("0", "1", "mode = \"up\"", "page = (0 :> -1)", "state = (0 :> \"CLEAN\")", "pageDirty = (0 :> TRUE)", "gone = {0}",
                "out = {0}", "log = [now |-> (0 :> FALSE), may |-> {(0 :> FALSE), (0 :> TRUE)}]"));
        assertThat(seen.shows()).containsExactly(new Sight("leg 0", "gone"), new Sight("leg 0", "out"), new Sight("leg 1", "1 (0)"));
        assertThat(seen.moves()).containsExactly(new Move("page cache", "leg 1"));
        assertThat(seen.changes()).extracting(Behaviour.Part::place).containsExactly("leg[1].may[0]", "leg[1].now[0]");
    }

    @Test
    void aLegReadsTheMemoryOfWhoBeganTheWrite() {
        Label direct = Label.of("DirectWrite", Value.of(0), Value.of(0), Value.of(1));
        Label write = Label.of("LegWrite", Value.of(0), Value.of(0), Value.of(0));
        Map<String, Value> any = legs("0", "0");
        Moves shared = new Moves(false);
        assertThat(shared.of(direct, any, any)).containsExactly(new Move("application", "driver"));
        assertThat(shared.of(write, any, any)).containsExactly(new Move("application", "leg 0"));
        assertThat(shared.of(Label.of("EndWrite", Value.of(0)), any, any)).containsExactly(new Move("driver", "application"));
        shared.of(Label.of("WriteBackClear", Value.of(0), Value.of(0)), any, any);
        assertThat(shared.of(write, any, any)).containsExactly(new Move("page cache", "leg 0"));
        assertThat(shared.of(Label.of("EndWrite", Value.of(0)), any, any)).containsExactly(new Move("driver", "page cache"));
        Moves copied = new Moves(true);
        copied.of(direct, any, any);
        assertThat(copied.of(write, any, any)).containsExactly(new Move("driver", "leg 0"));
    }

    /** Whoever is said to act takes part in what is drawn of it: as the one who gives, or gets, or who does it alone. A resync goes from leg to leg. */
    @Test
    void everyArrowIsOneOfWhoActs() {
        Map<String, Value> state = legs("0", "1", "source = 0", "out = {}", "slot = (0 :> [todo |-> (0 :> {0} @@ 1 :> {})])",
                "legFlush = (0 :> \"busy\" @@ 1 :> \"idle\")");
        for (Label label : Labels.of(Size.SMALLEST, Surroundings.of(Storing.STORE_MARK))) {
            List<Move> moves = new Moves(false).of(label, state, state);
            String lane = Lanes.of(Meaning.of(label).actor());
            boolean told = moves.isEmpty() || lane.equals("crash") || moves.stream().anyMatch(move -> move.from().equals(lane)
                    || move.to().equals(lane)) || label.action().equals("ResyncCopy");
            assertThat(told).as("%s by %s: %s", label, lane, moves).isTrue();
        }
        assertThat(new Moves(false).of(Label.of("Issue", Value.of(0)), state, state)).containsExactly(new Move("driver", "leg 0"));
        assertThat(new Moves(false).of(Label.of("CertifyBegin"), state, state)).containsExactly(new Move("driver", "leg 0"));
    }

    @Test
    void theHarmfulStepIsTheFirstFromWhichOnTheLegsDiffer() {
        Map<String, Value> equal = legs("1", "1");
        Map<String, Value> differ = legs("0", "1");
        assertThat(Harm.legsDiffer(List.of(equal, differ, equal, equal, differ, differ), 1))
                .contains(new Harm(5, "From here to the end the legs differ."));
        assertThat(Harm.legsDiffer(List.of(equal, differ, equal), 1)).isEmpty();
        assertThat(Harm.legsDiffer(List.of(differ, differ), 1)).isEmpty();
        Map<String, Value> out = legs("0", "1", "out = {1}");
        assertThat(Harm.legsDiffer(List.of(equal, out), 1)).as("a leg that is out of use").isEmpty();
    }
}
