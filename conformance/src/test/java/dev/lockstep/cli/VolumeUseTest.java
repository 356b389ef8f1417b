package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.region.Policy;
import dev.lockstep.volume.FileVolume;
import dev.lockstep.volume.VolumeDescription;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A volume is used by the commands, and by a process that is killed. */
@Timeout(300)
class VolumeUseTest {
    private static final long SEED = 20081110;

    @TempDir
    private Path temporary;

    private VolumeFolder folder;

    @BeforeEach
    void aVolume() throws IOException {
        folder = VolumeFolder.with(Files.createDirectory(temporary.resolve("volume")), hardened());
    }

    /** Whether the log is hardened and the legs have labels. */
    boolean hardened() {
        return false;
    }

    VolumeFolder folder() {
        return folder;
    }

    /** Makes the log one that cannot be trusted. */
    void spoilLog() throws IOException {
        folder.overwrite(VolumeFolder.LOG, 0, 0xBAD);
    }

    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(SEED).nextBytes(bytes);
        return bytes;
    }

    CommandLineRun run(String command, String... more) {
        return CommandLineRun.of(folder.use(command, more));
    }

    JsonNode result() throws IOException {
        return Json.MAPPER.readTree(Files.readString(folder.out().resolve("volume.json")));
    }

    private void damage(String leg, long position) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(folder.file(leg).toFile(), "rw")) {
            file.seek(position);
            int was = file.read();
            file.seek(position);
            file.write(was ^ 0xFF);
        }
    }

    /** What a leg holds but its label. */
    byte[] dataOf(String leg) throws IOException {
        return Arrays.copyOf(Files.readAllBytes(folder.file(leg)), (int) VolumeFolder.BYTES);
    }

    byte[] readBack(String... more) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CommandLineRun run = CommandLineRun.of(folder.use("read", more), new byte[0], bytes);
        assertThat(run).isEqualTo(new CommandLineRun(0, "", ""));
        return bytes.toByteArray();
    }

    @Test
    void whatIsWrittenIsReadBackFromEitherLeg() throws IOException {
        byte[] data = random(1 << 20);
        Path file = Files.write(folder.file("data"), data);

        assertThat(run("write", "--from", file.toString(), "--at", "4KiB", "--flush")).isEqualTo(new CommandLineRun(0,
                "wrote 1048576 bytes (1 MiB) at 4096, and flushed\n", ""));
        assertThat(result().get("flushed").booleanValue()).isTrue();
        assertThat(result().get("counters").get("bytesWritten").longValue()).isEqualTo(1 << 20);
        assertThat(readBack("--at", "4KiB", "--length", "1MiB")).isEqualTo(data);
        Path copy = folder.file("copy");
        assertThat(run("read", "--at", "4KiB", "--length", "1MiB", "--to", copy.toString()).exitCode()).isZero();
        assertThat(copy).hasBinaryContent(data);
        assertThat(dataOf(VolumeFolder.LEG_0)).isEqualTo(dataOf(VolumeFolder.LEG_1));
        assertThat(run("status").out()).contains("clean    4\n");
    }

    @Test
    void standardInputIsWrittenAsFarAsIsAskedFor() {
        byte[] data = random(2048);

        CommandLineRun run = CommandLineRun.of(folder.use("write", "--at", "512", "--length", "1KiB"), data, OutputStream.nullOutputStream());

        assertThat(run).isEqualTo(new CommandLineRun(0, "wrote 1024 bytes (1 KiB) at 512; --flush was not given, so a power cut may still "
                + "take it back\n", ""));
        assertThat(readBack("--at", "512", "--length", "1536")).startsWith(Arrays.copyOf(data, 1024))
                .endsWith(new byte[512]);
    }

    @Test
    void whatIsDiscardedIsZeros() throws IOException {
        Path file = Files.write(folder.file("data"), random(4096));
        assertThat(run("write", "--from", file.toString()).exitCode()).isZero();

        assertThat(run("discard", "--at", "0", "--length", "4KiB")).isEqualTo(
                new CommandLineRun(0, "discarded 4096 bytes (4 KiB) at 0, which are zeros now\n", ""));
        assertThat(run("flush").out()).isEqualTo("flushed: what was written is on stable storage, on each of the 2 legs\n");
        assertThat(readBack("--length", "4KiB")).containsOnly(0);
    }

    @Test
    void aScrubNamesWhatDiffersAndRepairsFromTheLegThatIsNamed() throws IOException {
        damage(VolumeFolder.LEG_1, 5000);

        CommandLineRun found = run("scrub");
        assertThat(found).isEqualTo(new CommandLineRun(ExitCode.FINDING, """
                sector 9, region 0, which is CLEAN, from byte 392 on
                  leg 0  00000000000000000000000000000000
                  leg 1  ff000000000000000000000000000000
                compared 4 regions; 1 sectors differ in clean regions, 0 in others
                """, ""));
        assertThat(result().get("differences").get(0).get("desync").booleanValue()).isTrue();

        CommandLineRun repaired = run("scrub", "--repair-from", "1");
        assertThat(repaired.exitCode()).isEqualTo(ExitCode.FINDING);
        assertThat(repaired.out()).endsWith("repaired 1 regions\n");
        assertThat(run("scrub")).isEqualTo(new CommandLineRun(0,
                "compared 4 regions; 0 sectors differ in clean regions, 0 in others\n", ""));
        assertThat(readBack("--at", "4608", "--length", "512")[392]).isEqualTo((byte) 0xFF);
    }

    @Test
    void whatHappensIsAddedToTheEventsALineEach() throws IOException {
        Path events = folder.file("events");
        spoilLog();

        assertThat(run("resync", "--new-log", "--events", events.toString()).out())
                .isEqualTo("resynced 4 of 4 regions from leg 0: 2097152 bytes (2 MiB)\n");
        assertThat(run("flush", "--events", events.toString()).exitCode()).isZero();

        List<String> kinds = new ArrayList<>();
        for (String line : Files.readAllLines(events)) {
            JsonNode json = Json.MAPPER.readTree(line);
            assertThat(json.get("time").textValue()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
            kinds.add(json.has("counters") ? "counters" : json.get("event").textValue());
        }
        assertThat(kinds).containsExactly("OPENED", "LOG_DISTRUSTED", "RESYNC_BEGUN", "REGION_RESYNCED", "REGION_RESYNCED",
                "REGION_RESYNCED", "REGION_RESYNCED", "RESYNC_ENDED", "CLOSED", "counters", "OPENED", "CLOSED", "counters");
    }

    @Test
    void aVolumeThatIsOpenIsLeftAloneAndItsHolderNamed() throws IOException {
        List<Path> legs = List.of(folder.file(VolumeFolder.LEG_0), folder.file(VolumeFolder.LEG_1));
        try (FileVolume open = FileVolume.open(folder.file(VolumeFolder.LOG), VolumeDescription.of(legs), Policy.MAYBE_DIRTY)) {
            open.write(ByteBuffer.allocateDirect(512), 0);
            Map<String, Object> before = VolumeFolder.contents(folder.path());
            for (List<String> command : List.of(List.of("read"), List.of("write", "--length", "512"), List.of("flush"), List.of("scrub"),
                    List.of("resync"), List.of("discard", "--at", "0", "--length", "512"))) {
                CommandLineRun run = CommandLineRun.of(folder.use(command.get(0), command.subList(1, command.size())
                        .toArray(String[]::new)), new byte[512], OutputStream.nullOutputStream());
                assertThat(run.exitCode()).as(command.get(0)).isEqualTo(ExitCode.USAGE);
                assertThat(run.err()).startsWith("lockstep: " + folder.file(VolumeFolder.LOG) + ": is in use by this very process "
                        + ProcessHandle.current().pid() + " (").hasLineCount(1);
            }
            assertThat(run("status").out()).contains("dirty    1\n", "in use   by process " + ProcessHandle.current().pid());
            assertThat(VolumeFolder.contents(folder.path())).isEqualTo(before);
        }
    }

    /** The whole story: a process has it open and is killed, and what it had in use is resynced. */
    @Test
    void aKillLeavesAVolumeThatIsResyncedAndThenClean() throws IOException {
        try (VolumeWriter writer = VolumeWriter.of(folder)) {
            CommandLineRun refused = run("write", "--from", Files.write(folder.file("data"), random(512)).toString());
            assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(refused.err()).contains("is in use by process " + writer.pid() + " (");
            assertThat(run("status").out()).contains("dirty    2\n", "in use   by process " + writer.pid());
        }
        assertThat(run("status").out()).contains("clean    2\n", "dirty    2\n").doesNotContain("in use   by");
        // A crash of the machine could have left a leg without a write that was under way: any content is possible there.
        damage(VolumeFolder.LEG_1, 100);

        assertThat(run("scrub")).isEqualTo(new CommandLineRun(0, """
                sector 0, region 0, which is NOSYNC, from byte 100 on
                  leg 0  01010101010101010101010101010101
                  leg 1  fe010101010101010101010101010101
                compared 4 regions; 0 sectors differ in clean regions, 1 in others
                2 of 4 regions are out of sync: until volume resync has made the legs equal, they are read from leg 0 and written to it alone
                """, ""));
        assertThat(run("resync").out()).isEqualTo("resynced 2 of 4 regions from leg 0: 1048576 bytes (1 MiB)\n");
        assertThat(run("resync").out()).isEqualTo("nothing was out of sync\n");
        assertThat(run("status").out()).contains("clean    4\n", "dirty    0\n");
        assertThat(run("scrub").exitCode()).isZero();
        assertThat(readBack("--length", "512")).containsOnly(1);
    }
}
