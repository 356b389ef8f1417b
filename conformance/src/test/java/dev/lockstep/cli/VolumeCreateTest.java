package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.LegLabel;
import dev.lockstep.log.LogContents;
import dev.lockstep.log.Superblock;
import dev.lockstep.store.Access;
import dev.lockstep.store.FileLeg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeCreateTest {
    /** Longer than any file system takes; only the system that is asked to make the file says so. */
    private static final String TOO_LONG = "x".repeat(300);

    @TempDir
    private Path temporary;

    private VolumeFolder folder;

    @BeforeEach
    void aFolder() throws IOException {
        folder = new VolumeFolder(Files.createDirectory(temporary.resolve("volume")));
    }

    @Test
    void makesLegsOfZerosAndALogThatCallsThemClean() throws IOException {
        CommandLineRun run = CommandLineRun.of(folder.createOf("3MiB", "v.log", "v.0", "v.1", "v.2"));

        assertThat(run).isEqualTo(new CommandLineRun(0, """
                size     3145728 bytes (3 MiB)
                regions  6 of 524288 bytes (512 KiB)
                clean    6
                dirty    0
                log      %1$s/v.log: dm-log version 2
                leg 0    %1$s/v.0: 3145728 bytes (3 MiB), in use, the source
                leg 1    %1$s/v.1: 3145728 bytes (3 MiB), in use
                leg 2    %1$s/v.2: 3145728 bytes (3 MiB), in use
                """.formatted(folder.path()), ""));
        for (String leg : List.of("v.0", "v.1", "v.2")) {
            assertThat(Files.readAllBytes(folder.file(leg))).as(leg).isEqualTo(new byte[3 << 20]);
        }
        assertThat(read("v.log", 6).image().cleanCount()).isEqualTo(6);
        assertThat(names()).containsExactlyInAnyOrder("v.log", "v.0", "v.1", "v.2");
    }

    @Test
    void theLogIsWholeBlocksInTheFormatOfDmMirror() throws IOException {
        CommandLineRun.of(folder.create("v.log", "v.0", "v.1"));

        byte[] log = Files.readAllBytes(folder.file("v.log"));
        assertThat(log).hasSize(4096);
        assertThat(Arrays.copyOf(log, 16)).isEqualTo(
                new byte[] {0x72, 0x52, 0x69, 0x4d, 2, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0});
        assertThat(log[1024]).isEqualTo((byte) 0x0F);
    }

    @Test
    void aLogOfManyRegionsIsWholeBlocksToo() throws IOException {
        // 1024 + 32000 / 8 bytes are used: more than one block.
        CommandLineRun run = CommandLineRun.of(
                with(folder.createOf("125MiB", "v.log", "v.0", "v.1"), "--region-size", "4KiB"));

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(Files.size(folder.file("v.log"))).isEqualTo(8192);
        assertThat(read("v.log", 32000).image().cleanCount()).isEqualTo(32000);
    }

    @Test
    void dirtyMakesEveryRegionDirtyAndTheLogTrusted() throws IOException {
        JsonNode json = json(CommandLineRun.of(with(folder.create("v.log", "v.0", "v.1"), "--dirty", "--json")));

        assertThat(json.get("clean").intValue()).isZero();
        assertThat(json.get("dirty").intValue()).isEqualTo(4);
        LogContents found = read("v.log", 4);
        assertThat(found.distrust()).isEmpty();
        assertThat(found.image().dirtyCount()).isEqualTo(4);
    }

    @Test
    void theResultIsKept() throws IOException {
        CommandLineRun run = CommandLineRun.of(with(folder.create("v.log", "v.0", "v.1"), "--json"));

        JsonNode json = json(run);
        assertThat(Files.readString(folder.out().resolve("volume.json"))).isEqualTo(run.out());
        assertThat(json.fieldNames()).toIterable().containsExactly("verb", "commit", "seconds", "seed", "result",
                "command", "log", "format", "identity", "generation", "source", "legs", "bytes", "regionBytes", "regions", "clean", "dirty",
                "trusted", "distrust", "inUse");
        assertThat(json.get("verb").textValue()).isEqualTo("volume");
        assertThat(json.get("command").textValue()).isEqualTo("create");
        assertThat(json.get("legs").get(1).get("file").textValue()).isEqualTo(folder.file("v.1").toString());
        assertThat(json.get("legs").get(1).get("bytes").longValue()).isEqualTo(VolumeFolder.BYTES);
        assertThat(json.get("trusted").booleanValue()).isTrue();
        assertThat(json.get("distrust").isNull()).isTrue();
    }

    @Test
    void aVolumeNeedNotFillItsLastRegion() throws IOException {
        JsonNode json = json(CommandLineRun.of(with(folder.createOf("524800", "v.log", "v.0", "v.1"), "--json")));

        assertThat(json.get("regions").intValue()).isEqualTo(2);
        assertThat(Files.size(folder.file("v.1"))).isEqualTo(524800);
    }

    @Test
    void aLegThatCannotBeMadeTakesTheOthersWithIt() throws IOException {
        CommandLineRun run = CommandLineRun.of(folder.create("v.log", "v.0", "v.1", TOO_LONG));

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).startsWith("lockstep: " + folder.file(TOO_LONG) + ": cannot be created").hasLineCount(1);
        assertThat(names()).isEmpty();
    }

    @Test
    void aLogThatCannotBeMadeTakesTheLegsWithIt() throws IOException {
        Files.writeString(folder.file("other"), "stays");

        CommandLineRun run = CommandLineRun.of(folder.create(TOO_LONG, "v.0", "v.1"));

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(names()).containsExactly("other");
    }

    @Test
    void theLogOpensAsItWasMade() throws IOException {
        CommandLineRun.of(folder.create("v.log", "v.0", "v.1"));

        try (FileLeg leg = FileLeg.open(folder.file("v.log"), Access.READ_ONLY)) {
            assertThat(DirtyRegionLog.open(leg, 4).distrust()).isEmpty();
        }
    }

    @Test
    void byDefaultTheLogIsHardenedAndNamesTheLegsWhichHaveLabels() throws IOException {
        VolumeFolder hardened = new VolumeFolder(folder.path(), true);
        assertThat(CommandLineRun.of(hardened.create("v.log", "v.0", "v.1")).exitCode()).isZero();

        try (FileLeg log = FileLeg.open(folder.file("v.log"), Access.READ_ONLY); FileLeg leg = FileLeg.open(folder.file("v.1"), Access.READ_ONLY)) {
            Superblock volume = Superblock.find(log).orElseThrow();
            assertThat(volume.bytes()).isEqualTo(VolumeFolder.BYTES);
            assertThat(volume.legs()).extracting(Superblock.LegEntry::path).containsExactly("v.0", "v.1");
            assertThat(LegLabel.find(leg, VolumeFolder.BYTES).orElseThrow().volume()).isEqualTo(volume.volume());
        }
    }

    @Test
    void theLogsFormatAndTheLabelsAreChosenEachForItself() throws IOException {
        VolumeFolder hardened = new VolumeFolder(folder.path(), true);
        for (String format : List.of("hardened", "dm")) {
            assertThat(CommandLineRun.of(with(hardened.create(format + ".log", format + ".0", format + ".1"), "--log-format", format,
                    "--no-labels")).exitCode()).isZero();
            assertThat(Files.size(folder.file(format + ".1"))).isEqualTo(VolumeFolder.BYTES);
        }
        assertThat(CommandLineRun.of(with(hardened.create("l.log", "l.0", "l.1"), "--log-format", "dm")).exitCode()).isZero();
        assertThat(Files.size(folder.file("l.1"))).isEqualTo(LegLabel.legBytes(VolumeFolder.BYTES));
        JsonNode json = json(CommandLineRun.of(with(folder.status("l.log", "l.0", "l.1"), "--json")));
        assertThat(json.get("bytes").longValue()).isEqualTo(VolumeFolder.BYTES);
        assertThat(json.get("format").textValue()).isEqualTo("dm-log version 2");
    }

    @Test
    void dirtyMakesEveryRegionOfAHardenedLogDirtyToo() throws IOException {
        JsonNode json = json(CommandLineRun.of(with(new VolumeFolder(folder.path(), true).create("v.log", "v.0", "v.1"), "--dirty", "--json")));

        assertThat(json.get("dirty").intValue()).isEqualTo(4);
        assertThat(json.get("trusted").booleanValue()).isTrue();
    }

    private static List<String> with(List<String> arguments, String... more) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of(more));
        return all;
    }

    private static JsonNode json(CommandLineRun run) throws IOException {
        assertThat(run.exitCode()).as(run.err()).isZero();
        return Json.MAPPER.readTree(run.out());
    }

    private LogContents read(String log, int regions) throws IOException {
        try (FileLeg leg = FileLeg.open(folder.file(log), Access.READ_ONLY)) {
            return LogContents.read(leg, regions);
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder.path())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
