package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.LongTest;
import dev.lockstep.crash.RecordedCrashes;
import dev.lockstep.validate.RecordingJson;
import dev.lockstep.validate.Validator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said and kept of the recordings of a tier. */
@LongTest
class RecordedTierTest {
    private static final List<RecordedCrashes.Kind> KINDS = List.of(new RecordedCrashes.Kind("leg 0, leg 1", 12, 4, 2, List.of("leg 0 and leg 1", "leg 1")),
            new RecordedCrashes.Kind("log", 3, 9, 7, List.of()), new RecordedCrashes.Kind("nothing", 6, 1, 1, List.of()));

    @TempDir
    private Path folder;

    @Test
    void whatIsAllowedAndFoundIsToldAndWhatWasNeverFoundToo() {
        RecordedTier recorded = RecordedTier.of(CrashTier.ENUMERATE, new RecordedCrashes(List.of(), 21, 1200, 14, 10, KINDS), new ResultFolder(folder));
        assertThat(recorded.neverFound()).isEqualTo(4);
        assertThat(recorded.text(CrashTier.ENUMERATE)).isEqualTo("""

                recorded: 0 recordings of 0 events, 0 rejected; each of 1,200 states that a power cut may leave, at 21 instants of them, was judged.
                Of 14 outcomes that the specification allows there 10 were found, 4 never
                under way to  crashes  allowed  found  never found
                leg 0, leg 1       12        4      2  leg 0 and leg 1; leg 1
                log                 3        9      7  2
                nothing             6        1      1  -
                """);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aRecordingThatIsRejectedIsKeptAndShownAndJudgedAgainByTheCommand() throws IOException {
        String accepted = new String(getClass().getResourceAsStream("/dev/lockstep/validate/accepted.json").readAllBytes(), StandardCharsets.UTF_8);
        // A leg was not written.
        Path doctored = Files.writeString(folder.resolve("doctored.json"), accepted.replaceFirst("\\[\"LegWrite\"[^\\n]*\\n", ""));
        Validator.Judged judged;
        try (Validator validator = new Validator(Path.of("../spec"), Duration.ofMinutes(5))) {
            judged = validator.judge(List.of(RecordingJson.read(doctored)), Files.createDirectory(folder.resolve("spec")));
        }
        Path out = folder.resolve("out");
        RecordedTier recorded = RecordedTier.of(CrashTier.ENUMERATE, RecordedCrashes.of(judged.verdicts(), 0, judged.cuts()), new ResultFolder(out));
        assertThat(recorded.rejected()).isEqualTo(1);
        assertThat(recorded.findings()).singleElement().satisfies(each -> {
            assertThat(each.rejection().event()).startsWith("EndWrite(");
            String command = each.command().substring("java -jar conformance/target/lockstep.jar ".length());
            assertThat(Run.lockstep((command + " --out " + folder.resolve("again")).split(" ")).exitCode()).isEqualTo(ExitCode.FINDING);
        });
        assertThat(out.resolve("rejected-enumerate-" + judged.verdicts().get(0).recording().settings().policy().name() + "-"
                + judged.verdicts().get(0).recording().settings().seed() + ".json")).content().isEqualTo(RecordingJson.write(judged.verdicts().get(0).recording()));
        assertThat(recorded.text(CrashTier.ENUMERATE)).contains("1 recordings of ", ", 1 rejected;", "rejected: ", "the first that no step of the specification explains:\n    EndWrite(");
    }

    @Test
    void whatCannotBeRecordedIsAMistakeThatNamesIt() {
        assertThat(Run.lockstep("crash", "--tier", "kernel", "--recordings", "2", "--out", folder.toString())).isEqualTo(new Run(ExitCode.USAGE, "",
                "lockstep: nothing can be recorded of the tier kernel: --recordings 0 was expected\n"));
        assertThat(Run.lockstep("crash", "--tier", "enumerate", "--recordings", "-1", "--out", folder.toString())).isEqualTo(new Run(ExitCode.USAGE, "",
                "lockstep: --recordings -1 is not possible: at least 0 was expected\n"));
        assertThat(folder).isEmptyDirectory();
    }
}
