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
        return mutant(id, null, from, to);
    }

    private static Mutant mutant(String id, String size, String from, String to) {
        return new Mutant(id, "Nothing is wrong with it.", "none", Mutant.Killer.REPLAY, "LockBuffers", List.of(), size, null, "ResyncBegin", null, null,
                List.of(new Mutant.Edit(RESYNC, from, to)));
    }

    private static Mutant kept(String id) {
        return Mutant.kept().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
    }

    private int hunt(List<Mutant> mutants) {
        PrintWriter writer = new PrintWriter(err, true);
        return new CommandLine(new MutantsVerb(new Console(new PrintWriter(new StringWriter()), writer, false), mutants))
                .setExecutionExceptionHandler((failure, line, given) -> Failures.tell(failure, writer))
                .execute("--out", temporary.toString());
    }

    /** Some of those that are kept, of each kind, and two in which nothing is wrong: if those were found, the hunt could not fail. */
    @Test
    void keptOnesAreFoundByTheActionAtFaultAndOneThatChangesNothingSurvives() throws IOException {
        int exitCode = hunt(List.of(mutant("equivalent", "resync.begin(region, ", "resync.begin(region + 0, "),
                mutant("equivalent-at-two-regions", "2x1x2", "resync.begin(region, ", "resync.begin(region + 0, "), kept("end-after-one-leg"),
                kept("resync-copies-nothing"), kept("off-by-one-region"), kept("third-leg-not-copied")));
        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isEqualTo(ExitCode.FINDING);
        JsonNode result = Json.MAPPER.readTree(Files.readString(temporary.resolve("mutants.json")));
        assertThat(result.path("mutants").asInt()).isEqualTo(6);
        assertThat(result.path("killed").asInt()).as(result.toPrettyString()).isEqualTo(4);
        assertThat(result.path("kills").findValuesAsText("id"))
                .containsExactly("end-after-one-leg", "resync-copies-nothing", "off-by-one-region", "third-leg-not-copied");
        assertThat(result.path("kills").findValuesAsText("action").stream().map(label -> label.replaceAll("\\(.*", "")))
                .containsExactly("LegWrite", "ResyncCopy", "LogWrite", "");
        assertThat(result.path("kills").findValuesAsText("trace")).allMatch(trace -> !trace.isEmpty());
        assertThat(result.path("survivors").findValuesAsText("id")).containsExactly("equivalent", "equivalent-at-two-regions");
        assertThat(result.path("survivors").findValuesAsText("reason")).containsExactly("nothing was found", "nothing was found");
    }

    private static Mutant onlyThreads(String id, Mutant.Edit... edits) {
        return new Mutant(id, "It is no race.", "none", Mutant.Killer.VALIDATE, "LockBuffers", List.of(), null, null, null, null, ".", List.of(edits));
    }

    /** A race, a mirror that hangs, one in which nothing is wrong, and one that needs no threads to be seen. */
    @Test
    void whatOnlyThreadsShowIsFoundByRecordingsAndWhatTheReplaySeesIsNone() throws IOException {
        Mutant seen = kept("end-after-one-leg");
        int exitCode = hunt(List.of(onlyThreads("no-race", new Mutant.Edit(RESYNC, "resync.begin(region, ", "resync.begin(region + 0, ")),
                onlyThreads("seen", seen.edits().toArray(Mutant.Edit[]::new)), kept("found-and-cleared-under-two-holds"), kept("wakeup-lost")));
        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isEqualTo(ExitCode.FINDING);
        JsonNode result = Json.MAPPER.readTree(Files.readString(temporary.resolve("mutants.json")));
        assertThat(result.path("kills").findValuesAsText("id")).as(result.toPrettyString())
                .containsExactly("found-and-cleared-under-two-holds", "wakeup-lost");
        assertThat(result.path("kills").path(0).path("trace").asText()).startsWith("recording ");
        assertThat(result.path("kills").path(1).path("found").path(0).asText())
                .contains("it hangs: while it was unmounted nothing was seen of it", "its user waits in Awaited.awaitTelling");
        assertThat(result.path("survivors").findValuesAsText("id")).containsExactly("no-race", "seen");
        assertThat(result.path("survivors").findValuesAsText("reason")).containsExactly("nothing was found", "what was found is not what it leaves");
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
        assertThat(run).isEqualTo(new Run(ExitCode.USAGE, "", "lockstep: there is no mutant no-such: "
                + String.join(", ", Mutant.kept().stream().map(Mutant::id).toList()) + " was expected\n"));
    }
}
