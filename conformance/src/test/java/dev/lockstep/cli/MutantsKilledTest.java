package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.LongTest;
import dev.lockstep.mutants.Mutant;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@LongTest
class MutantsKilledTest {
    private static final String RESYNC = "dev/lockstep/region/ResyncSteps.java";

    @TempDir
    private Path temporary;
    private final StringWriter err = new StringWriter();

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        OwnFolders.assertNone();
        assertThat(ProcessHandle.current().children().filter(child -> child.info().commandLine().orElse("").contains("lockstep-mutant-")))
                .as("processes that were left behind").isEmpty();
    }

    private static Mutant mutant(String id, String from, String to) {
        return new Mutant(id, "Nothing is wrong with it.", "none", "Original", List.of(), "ResyncBegin",
                List.of(new Mutant.Edit(RESYNC, from, to)));
    }

    private int hunt(List<Mutant> mutants) {
        PrintWriter writer = new PrintWriter(err, true);
        return new CommandLine(new MutantsVerb(new Console(new PrintWriter(new StringWriter()), writer, false), mutants))
                .setExecutionExceptionHandler((failure, line, given) -> Failures.tell(failure, writer))
                .execute("--out", temporary.toString());
    }

    /** The six that are kept, and one in which nothing is wrong: if that one were found, the hunt could not fail. */
    @Test
    void theKeptOnesAreFoundByTheActionAtFaultAndOneThatChangesNothingSurvives() throws IOException {
        List<Mutant> mutants = new ArrayList<>();
        mutants.add(mutant("equivalent", "resync.begin(region, ", "resync.begin(region + 0, "));
        mutants.addAll(Mutant.kept());
        int exitCode = hunt(mutants);
        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isEqualTo(ExitCode.FINDING);
        JsonNode result = Json.MAPPER.readTree(Files.readString(temporary.resolve("mutants.json")));
        assertThat(result.path("mutants").asInt()).isEqualTo(7);
        assertThat(result.path("killed").asInt()).as(result.toPrettyString()).isEqualTo(6);
        assertThat(result.path("kills").findValuesAsText("id"))
                .containsExactly("legs-not-flushed", "log-not-flushed", "clean-before-copy", "not-kicked-out", "suspect-not-marked",
                        "blank-before-dirty");
        assertThat(result.path("kills").findValuesAsText("action").stream().map(label -> label.replaceAll("\\(.*", "")))
                .containsExactly("CertifyBegin", "Issue", "ResyncBegin", "Submit", "Suspect", "Readmit");
        assertThat(result.path("survivors")).singleElement().satisfies(survivor -> {
            assertThat(survivor.path("id").asText()).isEqualTo("equivalent");
            assertThat(survivor.path("reason").asText()).isEqualTo("nothing was found");
        });
    }

    @Test
    void aMutantThatDoesNotFitTheSourceOrDoesNotCompileEndsTheHunt() {
        assertThat(hunt(List.of(mutant("gone", "this stands nowhere", "")))).isEqualTo(ExitCode.INTERNAL);
        assertThat(err.toString()).contains("mutant gone: its piece of " + RESYNC + " has to stand there exactly once, and does not");
        assertThat(hunt(List.of(mutant("broken", "resync.begin(region, ", "resync.begin(region + , ")))).isEqualTo(ExitCode.INTERNAL);
        assertThat(err.toString()).contains("mutant broken does not compile");
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void aMutantThatThereIsNotIsAMistake() {
        Run run = Run.lockstep("mutants", "no-such", "--out", temporary.toString());
        assertThat(run).isEqualTo(new Run(ExitCode.USAGE, "", "lockstep: there is no mutant no-such: legs-not-flushed, log-not-flushed, "
                + "clean-before-copy, not-kicked-out, suspect-not-marked, blank-before-dirty was expected\n"));
    }
}
