package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a user gives that cannot be used ends in one sentence, which names it and what was expected, and in exit
 * code 2; and nothing on the disk has changed.
 */
class BadInputTest {
    @TempDir
    private Path temporary;

    static Stream<BadInput> badInput() {
        return Stream.of(BadVolumes.all(), BadUses.all(), BadHardened.all(), BadLegChanges.all(), BadArguments.all()).flatMap(each -> each);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badInput")
    void isRefused(BadInput input) throws IOException {
        VolumeFolder folder = VolumeFolder.with(Files.createDirectory(temporary.resolve("volume")));
        List<String> arguments = input.arrangement().in(folder);
        Map<String, Object> before = VolumeFolder.contents(temporary);

        CommandLineRun run = CommandLineRun.of(arguments);

        assertThat(run.exitCode()).as("%s: exit code after %s", input, run.err()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).as("%s: the sentence", input).startsWith("lockstep: ").endsWith("\n").hasLineCount(1)
                .contains(input.sentence(folder)).doesNotContain("Exception");
        assertThat(run.out()).as("%s: printed", input).isEmpty();
        assertThat(VolumeFolder.contents(temporary)).as("%s: what is on the disk", input).isEqualTo(before);
    }
}
