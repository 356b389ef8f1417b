package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeStatusTest {
    /** Where the bits begin; region 0 is the lowest. */
    private static final long BITS = 1024;

    @TempDir
    private Path temporary;

    private VolumeFolder folder;

    @BeforeEach
    void aVolume() throws IOException {
        folder = VolumeFolder.with(Files.createDirectory(temporary.resolve("volume")));
    }

    @Test
    void saysWhatTheDiskSays() throws IOException {
        folder.overwrite(VolumeFolder.LOG, BITS, 0b1101);

        assertThat(CommandLineRun.of(folder.status())).isEqualTo(new CommandLineRun(0, """
                size     2097152 bytes (2 MiB)
                regions  4 of 524288 bytes (512 KiB)
                clean    3
                dirty    1
                log      %1$s/a.log: dm-log version 2
                leg 0    %1$s/a.leg0: 2097152 bytes (2 MiB), in use, the source
                leg 1    %1$s/a.leg1: 2097152 bytes (2 MiB), in use
                """.formatted(folder.path()), ""));
    }

    @Test
    void changesNothing() throws IOException {
        for (String file : List.of(VolumeFolder.LOG, VolumeFolder.LEG_0, VolumeFolder.LEG_1)) {
            Files.setLastModifiedTime(folder.file(file), FileTime.fromMillis(1_000_000_000_000L));
        }
        Map<String, Object> before = VolumeFolder.contents(folder.path());

        assertThat(CommandLineRun.of(folder.status()).exitCode()).isZero();

        assertThat(VolumeFolder.contents(folder.path())).isEqualTo(before);
    }

    @Test
    void theResultIsKept() throws IOException {
        CommandLineRun run = CommandLineRun.of(withJson(folder.status()));

        assertThat(Files.readString(folder.out().resolve("volume.json"))).isEqualTo(run.out());
        JsonNode json = Json.MAPPER.readTree(run.out());
        assertThat(json.get("command").textValue()).isEqualTo("status");
        assertThat(json.get("log").textValue()).isEqualTo(folder.file(VolumeFolder.LOG).toString());
        assertThat(json.get("legs")).hasSize(2);
        assertThat(json.get("bytes").longValue()).isEqualTo(VolumeFolder.BYTES);
        assertThat(json.get("regionBytes").intValue()).isEqualTo(VolumeFolder.REGION_BYTES);
        assertThat(json.get("clean").intValue()).isEqualTo(4);
    }

    @Test
    void bitsBeyondTheLastRegionDoNotCount() throws IOException {
        folder.overwrite(VolumeFolder.LOG, BITS, -1);

        assertThat(CommandLineRun.of(folder.status()).out()).contains("clean    4\n", "dirty    0\n");
    }

    @Test
    void ofALogThatCannotBeTrustedAProgramSeesWhyAndThatAllIsDirty() throws IOException {
        Files.delete(folder.out().resolve("volume.json"));
        folder.overwrite(VolumeFolder.LOG, 0, 0xBAD);

        CommandLineRun run = CommandLineRun.of(withJson(folder.status()));

        String why = folder.file(VolumeFolder.LOG) + ": begins with the number 0x00000BAD; expected 0x4D695272, as in "
                + "a log of dm-mirror";
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).isEqualTo("lockstep: " + why
                + "; so every one of the 4 regions of 524288 bytes counts as dirty\n");
        JsonNode json = Json.MAPPER.readTree(run.out());
        assertThat(json.get("verb").textValue()).isEqualTo("volume");
        assertThat(json.get("result").textValue()).isEqualTo("bad input");
        assertThat(json.get("trusted").booleanValue()).isFalse();
        assertThat(json.get("distrust").textValue()).isEqualTo(why);
        assertThat(json.get("clean").intValue()).isZero();
        assertThat(json.get("dirty").intValue()).isEqualTo(4);
        assertThat(folder.out()).isEmptyDirectory();
    }

    private static List<String> withJson(List<String> arguments) {
        List<String> all = new ArrayList<>(arguments);
        all.add("--json");
        return all;
    }
}
