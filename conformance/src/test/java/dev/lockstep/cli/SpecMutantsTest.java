package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.LongTest;
import dev.lockstep.mutants.SurvivorRecords;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@LongTest
class SpecMutantsTest {
    private static final String MIRROR = """
            ---- MODULE Mirror ----
            EXTENDS Naturals
            VARIABLES x, y
            Init == x = 0 /\\ y = 0
            Up ==
              /\\ x < 3
              /\\ x >= 0
              /\\ x' = x + 1
              /\\ y' = y
            Down == x = 3 /\\ x' = 0 /\\ y' = IF x < 3 THEN 7 ELSE 0
            Look ==
              /\\ (CHOOSE i \\in {j \\in {0, 1, 2, 3} : j = x} : TRUE) = x
              /\\ x \\in {0, 1, 2} /\\ [i \\in {0, 1, 2} |-> i][x] = 1
              /\\ UNCHANGED <<x, y>>
            Next == Up \\/ Down \\/ Look
            Spec == Init /\\ [][Next]_<<x, y>>
            Calm == Init /\\ [][Next /\\ x' < 3]_<<x, y>>
            Small == x <= 3
            ====
            """;

    @TempDir
    private Path temporary;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        OwnFolders.assertNone();
    }

    private int mutants(Map<String, SurvivorRecords.Entry> records, String... arguments) {
        PrintWriter writer = new PrintWriter(err, true);
        List<String> all = new ArrayList<>(List.of("--spec", "--out", temporary.resolve("out").toString()));
        all.addAll(Arrays.asList(arguments));
        MutantsVerb verb = new MutantsVerb(new Console(new PrintWriter(out), writer, false), List.of(), new SurvivorRecords(records));
        return new CommandLine(verb)
                .setExecutionExceptionHandler((failure, line, given) -> Failures.tell(failure, writer))
                .execute(all.toArray(String[]::new));
    }

    private JsonNode result() throws IOException {
        return Json.MAPPER.readTree(Files.readString(temporary.resolve("out/mutants-spec.json")));
    }

    private static Pin pin(String model, int states) {
        return new Pin(model, "MCMirror", "", "Small", "A claim.", Map.of(), "holds", null, states, states + 2, states, List.of());
    }

    private Path tiny() throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("spec"));
        Files.writeString(folder.resolve("Mirror.tla"), MIRROR);
        Files.writeString(folder.resolve("MCMirror.tla"), "---- MODULE MCMirror ----\nEXTENDS Mirror\n====\n");
        Files.writeString(folder.resolve("MCMirror_Small.cfg"), "SPECIFICATION Spec\nINVARIANT Small\n");
        Files.writeString(folder.resolve(Pins.FILE), Json.text(new Pins(List.of(pin("MCMirror_Small", 4)))));
        return folder;
    }

    @Test
    void aPropertyKillsAndASurvivorNeedsARecordedReasonAndARecordASurvivor() throws IOException {
        String folder = tiny().toString();
        Map<String, SurvivorRecords.Entry> records = Map.of(
                "Up.guard2.drop", new SurvivorRecords.Entry("x >= 0", "It is never negative."),
                "Up.guard1.drop", new SurvivorRecords.Entry("x < 3", "This is killed."),
                "Down.guard1.drop", new SurvivorRecords.Entry("x = 4", "This is about another conjunct."),
                "Sideways.guard1.drop", new SurvivorRecords.Entry("x", "There is none."));
        assertThat(mutants(records, "--from", folder, "--by", "models")).as(err.toString()).isEqualTo(ExitCode.FINDING);
        JsonNode result = result();
        assertThat(result.path("kills").path(0).path("id").asText()).isEqualTo("Up.guard1.drop");
        assertThat(result.path("kills").path(0).path("property").asText()).isEqualTo("Small");
        assertThat(result.path("kills").path(0).path("model").asText()).isEqualTo("MCMirror_Small");
        assertThat(result.path("kills").path(0).path("steps").asInt()).isEqualTo(5);
        assertThat(result.path("survivors").findValuesAsText("id")).contains("Up.guard2.drop", "Up.update.x.drop", "Down.update.y.drop");
        assertThat(result.path("survivors")).filteredOn(each -> each.path("id").asText().equals("Up.guard2.drop")).singleElement()
                .satisfies(each -> assertThat(each.path("reason").asText()).isEqualTo("It is never negative."));
        assertThat(result.path("notASpec").findValuesAsText("id")).contains("Look.guard2.drop");
        assertThat(result.path("stale").findValuesAsText("id"))
                .containsExactlyInAnyOrder("Up.guard1.drop", "Down.guard1.drop", "Sideways.guard1.drop");
        assertThat(result.path("killed").asInt() + result.path("survivors").size() + result.path("notASpec").size())
                .isEqualTo(result.path("mutants").asInt());
        assertThat(out.toString()).contains("  guard1.drop  Small in MCMirror_Small, 5 states\n",
                "survives    Up.guard2.drop, line 7: x >= 0  ->  TRUE\n            It is never negative.\n",
                "SURVIVED    Up.update.x.drop", "STALE       what is recorded of Sideways.guard1.drop: there is no such mutant\n");
    }

    /** What a guard allows that is turned round is allowed where it is dropped; but that may be what TLC cannot evaluate. */
    @Test
    void aGuardThatIsTurnedRoundIsJudgedByItselfWhereTlcCannotEvaluateTheSpecWithoutIt() throws IOException {
        Path folder = tiny();
        // A smaller model, which comes first, and in which it can be evaluated: there each is judged by itself.
        Files.writeString(folder.resolve("MCMirror_Calm.cfg"), "SPECIFICATION Calm\nINVARIANT Small\n");
        Files.writeString(folder.resolve(Pins.FILE), Json.text(new Pins(List.of(pin("MCMirror_Small", 4), pin("MCMirror_Calm", 3)))));
        assertThat(mutants(Map.of(), "--from", folder.toString(), "--by", "models", "--jobs", "1", "Look.guard2")).as(err.toString()).isZero();
        assertThat(result().path("notASpec").findValuesAsText("id")).containsExactlyInAnyOrder("Look.guard2.drop", "Look.guard2.negate");
        assertThat(result().path("survivors")).isEmpty();
    }

    @Test
    void badInputEndsInOneSentence() throws IOException {
        String folder = tiny().toString();
        assertThat(mutants(Map.of(), "--from", folder, "Sideways")).isEqualTo(ExitCode.USAGE);
        assertThat(mutants(Map.of(), "--from", folder, "Up.guard")).isEqualTo(ExitCode.USAGE);
        assertThat(mutants(Map.of(), "--from", folder, "--shard", "3/2")).isEqualTo(ExitCode.USAGE);
        assertThat(mutants(Map.of(), "--from", folder, "--by", "luck")).isEqualTo(ExitCode.USAGE);
        assertThat(Run.lockstep("mutants", "--shard", "1/2").exitCode()).isEqualTo(ExitCode.USAGE);
        Files.delete(Path.of(folder, "Mirror.tla"));
        assertThat(mutants(Map.of(), "--from", folder)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString().lines()).containsExactly(
                "lockstep: there is no mutant Sideways of the spec: an id such as Up.guard1.drop, or the beginning of one such as Up, "
                        + "was expected",
                "lockstep: there is no mutant Up.guard of the spec: an id such as Up.guard1.drop, or the beginning of one such as Up, "
                        + "was expected",
                "lockstep: --shard 3/2 is not possible: I/N was expected, such as 1/4, with I from 1 to N",
                "lockstep: --by luck is not possible: replay or models was expected",
                "lockstep: there is no " + folder + "/Mirror.tla: the module of which the mutants are was expected");
    }
}
