package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.LongTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@LongTest
class ValidateVerbTest {
    @TempDir
    private Path folder;

    private Run validate(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "validate";
        all[1] = "--out";
        all[2] = folder.toString();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return Run.lockstep(all);
    }

    private JsonNode result() throws IOException {
        return Json.MAPPER.readTree(Files.readString(folder.resolve("validate.json")));
    }

    @Test
    void whatIsRecordedIsJudgedAndCounted() throws IOException {
        Run run = validate("--recordings", "2", "--killed", "1", "--events", "60", "--policy", "MaybeDirty", "--policy", "BounceCopy", "--seed", "3");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("3 recordings of ", " 0 rejected, 0 cut short; TLC found ",
                "3 kills of its process, after which the specification allows ");
        assertThat(run.exitCode()).isEqualTo(ExitCode.AS_EXPECTED);
        assertThat(result().path("recordings").asInt()).isEqualTo(3);
        assertThat(result().path("killed").asInt()).isEqualTo(1);
        assertThat(result().path("crashes").path("crashes").asInt()).isEqualTo(3);
        assertThat(result().path("crashes").path("contents").asInt()).isGreaterThanOrEqualTo(3);
        assertThat(result().path("events").asInt()).isGreaterThanOrEqualTo(120);
        assertThat(result().path("rejected").asInt()).isZero();
        assertThat(result().path("seed").asLong()).isEqualTo(3);
    }

    private String accepted() throws IOException {
        return new String(getClass().getResourceAsStream("/dev/lockstep/validate/accepted.json").readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void aRecordingThatIsNoBehaviourOfTheSpecificationIsAFindingThatSaysWhy() throws IOException {
        // A leg was not written.
        Path doctored = Files.writeString(folder.resolve("doctored.json"), accepted().replaceFirst("\\[\"LegWrite\"[^\\n]*\\n", ""));
        Run run = validate("--recording", doctored.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.FINDING);
        assertThat(run.out()).contains("1 recordings of ", " 1 rejected", "the first that no step of the specification explains:\n    EndWrite(",
                "what the specification could do here", "LegWrite(", "validate --recording " + doctored);
        assertThat(result().path("rejected").asInt()).isEqualTo(1);
        assertThat(result().path("findings").path(0).path("rejection").path("event").asText()).startsWith("EndWrite(");
    }

    @Test
    void aMirrorThatHangsIsAFindingThatSaysWhereAlthoughItDidNothingWrong() throws IOException {
        Path hangs = Files.writeString(folder.resolve("hangs.json"), accepted().replaceFirst("\\{", "{\"cutShort\":\"it hangs: here\","));
        Run run = validate("--recording", hangs.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.FINDING);
        assertThat(run.out()).contains(" 0 rejected, 1 cut short", "cut short: ", "it hangs: here", "as far as it goes it is a behaviour of the specification");
        assertThat(result().path("cutShort").asInt()).isEqualTo(1);
        assertThat(result().path("rejected").asInt()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', value = {
        "--recordings~0~--recordings 0 is not possible: at least 1 was expected",
        "--killed~-1~--killed -1 is not possible: at least 0 was expected",
        "--events~9~--events 9 is not possible: at least 10 was expected",
        "--jobs~0~--jobs 0 is not possible: at least 1 was expected",
        "--policy~Nice~there is no policy Nice: Original, LockBuffers, NeverClean, FlushPeriod, MaybeDirty, BounceCopy, CompareLegs was expected",
        "--files~/nowhere~the mirror's files cannot be in /nowhere: a folder that can be written was expected"
    })
    void whatCannotBeIsAMistakeThatNamesIt(String option, String value, String sentence) {
        assertThat(validate(option, value)).isEqualTo(new Run(ExitCode.USAGE, "", "lockstep: " + sentence + "\n"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFileThatIsNoRecordingIsAMistakeThatNamesIt() throws IOException {
        Path file = Files.writeString(folder.resolve("not.json"), "{\"policy\":\"Nice\",\"size\":\"1x1x2\",\"slots\":4}");
        assertThat(validate("--recording", file.toString()))
                .isEqualTo(new Run(ExitCode.USAGE, "", "lockstep: " + file + " is no recording: there is no policy \"Nice\"\n"));
        assertThat(validate("--recording", folder.resolve("none.json").toString()).exitCode()).isEqualTo(ExitCode.USAGE);
    }
}
