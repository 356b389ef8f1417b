package dev.lockstep.tlc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.trace.PartialGraph.End;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphSessionTest {
    private static final Duration LONGEST = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    /** A number that goes up by one, or by what is given instead. */
    private Model model(String up) throws IOException {
        return model(up, "Up");
    }

    private Model model(String up, String next) throws IOException {
        Files.writeString(folder.resolve("Up.tla"), """
                ---- MODULE Up ----
                EXTENDS Naturals
                VARIABLE x
                Init == x = 0
                Up == x < 100 /\\ x' = %s
                Down == x > 0 /\\ x' = x - 1
                Next == %s
                Spec == Init /\\ [][Next]_x
                ====
                """.formatted(up, next));
        return new Model("Up", folder, "Up", "SPECIFICATION Spec\n");
    }

    @Test
    void oneSessionFindsInTurnWhatEachSpecHasAndAFailureHarmsNothing() throws IOException {
        try (GraphSession session = new GraphSession()) {
            assertThat(session.explore(model("x + 1"), LONGEST, 10)).satisfies(begun -> {
                assertThat(begun.failure()).isEmpty();
                assertThat(begun.found().end()).isEqualTo(End.CUT);
                assertThat(begun.found().graph().edgeCount()).isEqualTo(10);
                assertThat(begun.found().expanded()).isEqualTo(9);
            });
            assertThat(session.explore(model("x + 2"), LONGEST, 1000).found()).satisfies(found -> {
                assertThat(found.whole()).isTrue();
                assertThat(found.graph().stateCount()).isEqualTo(51);
                assertThat(found.expanded()).isEqualTo(51);
            });
            assertThat(session.explore(model("IF x = 7 THEN [i \\in {1} |-> i][x] ELSE x + 1"), LONGEST, 1000)).satisfies(begun -> {
                assertThat(begun.failure()).get().isInstanceOf(SpecException.class);
                assertThat(begun.found().end()).isEqualTo(End.BROKEN);
                assertThat(begun.found().graph().stateCount()).isEqualTo(8);
                assertThat(begun.found().expanded()).isLessThanOrEqualTo(7);
            });
            Model broken = model("x +");
            assertThatThrownBy(() -> session.explore(broken, LONGEST, 1000)).isInstanceOf(SpecException.class);
            assertThat(session.explore(model("x + 1"), LONGEST, 1000).found().graph().stateCount()).isEqualTo(101);
        }
    }

    /** TLC visits the state once more, to say where it fails, and comes to the steps that are before the failure again. */
    @Test
    void ofAStateOfWhichAStepFailsTheStepsBeforeItAreFoundOnce() throws IOException {
        try (GraphSession session = new GraphSession()) {
            assertThat(session.explore(model("IF x = 7 THEN [i \\in {1} |-> i][x] ELSE x + 1", "Down \\/ Up"), LONGEST, 1000)).satisfies(begun -> {
                assertThat(begun.failure()).get().isInstanceOf(SpecException.class);
                assertThat(begun.found().end()).isEqualTo(End.BROKEN);
                assertThat(begun.found().graph().stateCount()).isEqualTo(8);
                assertThat(begun.found().graph().edgeCount()).as("seven up, and seven down").isEqualTo(14);
            });
        }
    }
}
