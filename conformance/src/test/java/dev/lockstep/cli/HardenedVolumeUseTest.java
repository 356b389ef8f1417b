package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.region.Policy;
import dev.lockstep.volume.FileVolume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The same of a volume that its log names, and what only labels make possible. */
class HardenedVolumeUseTest extends VolumeUseTest {
    /** Behind both copies of the superblock. */
    private static final long BITS = 8192;

    @Override
    boolean hardened() {
        return true;
    }

    @Override
    void spoilLog() throws IOException {
        Path log = folder().file(VolumeFolder.LOG);
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate((int) (Files.size(log) - BITS)), BITS);
        }
        CommandLineRun status = run("status");
        assertThat(status.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(status.err()).contains("neither copy of page 1 of its bits is whole", "counts as dirty").hasLineCount(1);
    }

    private String writeData() throws IOException {
        String data = Files.write(folder().file("data"), random(1 << 20)).toString();
        CommandLineRun run = run("write", "--from", data);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.out();
    }

    @Test
    void aMissingLegIsDoneWithoutAndTakenBackWhenItIsThere() throws IOException {
        Path leg = folder().file(VolumeFolder.LEG_1);
        Path away = folder().file("away");
        Files.move(leg, away);
        assertThat(run("status").out()).contains("leg 1    " + leg + ": missing\n", "dirty    0\n");

        assertThat(writeData()).endsWith("leg 1, " + leg + ": is not there; the volume is used without it\n");
        Files.move(away, leg);

        assertThat(run("status").out()).contains("leg 1    " + leg + ": 2105344 bytes (2056 KiB), out of use\n", "dirty    2\n");
        assertThat(run("readmit", "--number", "1")).isEqualTo(new CommandLineRun(0, "leg 1, " + leg + ", is in use again\n"
                + "resynced 2 of 4 regions: 1048576 bytes (1 MiB)\n", ""));
        assertThat(run("status").out()).contains("leg 1    " + leg + ": 2105344 bytes (2056 KiB), in use\n", "clean    4\n");
        assertThat(dataOf(VolumeFolder.LEG_1)).isEqualTo(dataOf(VolumeFolder.LEG_0)).startsWith(random(1 << 20));
    }

    @Test
    void anOlderCopyOfALegIsToldAndNotUsed() throws IOException {
        Path leg = folder().file(VolumeFolder.LEG_1);
        byte[] old = Files.readAllBytes(leg);
        writeData();
        Files.write(leg, old);

        CommandLineRun status = CommandLineRun.of(folder().use("status", "--json"));
        assertThat(status.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(status.err()).contains(leg + ": is of generation ", "it has been put back").hasLineCount(1);
        assertThat(Json.MAPPER.readTree(status.out()).get("legs").get(1).get("state").textValue()).isEqualTo("stale");
        assertThat(run("readmit", "--number", "1").out()).contains("resynced 4 of 4 regions: ");
        assertThat(dataOf(VolumeFolder.LEG_1)).startsWith(random(1 << 20));
    }

    @Test
    void aLegIsReplacedAndHasEverything() throws IOException {
        writeData();
        Path other = folder().file("other");

        assertThat(run("replace-leg", "--number", "0", other.toString())).isEqualTo(new CommandLineRun(0, other + " is leg 0 now, in the place of "
                + folder().file(VolumeFolder.LEG_0) + "\nresynced 4 of 4 regions: 2097152 bytes (2 MiB)\n", ""));

        assertThat(run("status").out()).contains("leg 0    " + other + ": 2105344 bytes (2056 KiB), in use", "clean    4\n");
        assertThat(dataOf("other")).isEqualTo(dataOf(VolumeFolder.LEG_1)).startsWith(random(1 << 20));
    }

    @Test
    void theLogIsConvertedThereAndBack() throws IOException {
        writeData();
        Path log = folder().file(VolumeFolder.LOG);
        String[] legs = {VolumeFolder.LEG_0, VolumeFolder.LEG_1};

        assertThat(run("convert-log", "--to", "dm").out()).isEqualTo(log + " was hardened, version 2, and is dm-log version 2 now\n");
        assertThat(CommandLineRun.of(folder().volume("status", VolumeFolder.LOG, legs)).out()).contains("clean    4\n",
                log + ": dm-log version 2\n");
        CommandLineRun back = CommandLineRun.of(folder().volume("convert-log", VolumeFolder.LOG, legs, "--to", "hardened"));
        assertThat(back.out()).as(back.err()).isEqualTo(log + " was dm-log version 2, and is hardened, version 2 now\n");

        assertThat(run("status").out()).contains("clean    4\n", "leg 1    " + folder().file(VolumeFolder.LEG_1));
        assertThat(readBack("--length", "1MiB")).isEqualTo(random(1 << 20));
    }

    @Test
    void aLegIsAddedAndAnotherRemovedAndEachKeepsItsNumber() throws IOException {
        writeData();
        Path added = folder().file("added");

        assertThat(run("add-leg", added.toString())).isEqualTo(new CommandLineRun(0, added + " is leg 2 now\nresynced 4 of 4 regions: 2097152 "
                + "bytes (2 MiB)\n", ""));
        assertThat(run("status").out()).contains("leg 2    " + added + ": 2105344 bytes (2056 KiB), in use\n", "clean    4\n");
        assertThat(dataOf("added")).isEqualTo(dataOf(VolumeFolder.LEG_0)).startsWith(random(1 << 20));

        Path removed = folder().file(VolumeFolder.LEG_0);
        assertThat(run("remove-leg", "--number", "0")).isEqualTo(new CommandLineRun(0, "leg 0, " + removed + ", is no leg of the volume any "
                + "more\n", ""));
        assertThat(removed).exists();
        assertThat(run("status").out()).contains("leg 0    no leg\n", "leg 1    ", "in use, the source\n", "leg 2    " + added, "clean    4\n");
        Files.delete(removed);
        assertThat(readBack("--length", "1MiB")).isEqualTo(random(1 << 20));
        writeData();
        assertThat(run("status").out()).as("what is not there keeps nothing dirty").contains("clean    4\n");

        assertThat(run("add-leg", removed.toString()).out()).startsWith(removed + " is leg 0 now\n");
        assertThat(dataOf(VolumeFolder.LEG_0)).isEqualTo(dataOf("added"));
    }

    @Test
    void aLegThatWasRemovedIsAnyFile() throws IOException {
        run("add-leg", folder().file("a.leg2").toString());
        writeData();
        assertThat(run("remove-leg", "--number", "1").exitCode()).isZero();
        assertThat(run("replace-leg", "--number", "2", folder().file(VolumeFolder.LEG_1).toString()).out()).contains(" is leg 2 now");
        assertThat(dataOf(VolumeFolder.LEG_1)).startsWith(random(1 << 20));
    }

    @Test
    void aLegThatIsElsewhereIsToldByItsLabelAndTheLogNamesItSoFromThenOn() throws IOException {
        writeData();
        Path moved = folder().file("moved");
        Files.move(folder().file(VolumeFolder.LEG_1), moved);
        assertThat(run("status").out()).contains("leg 1    " + folder().file(VolumeFolder.LEG_1) + ": missing\n");

        CommandLineRun named = CommandLineRun.of(folder().volume("read", VolumeFolder.LOG, new String[] {"moved"}, "--length", "512", "--to",
                folder().file("read").toString()));

        assertThat(named.exitCode()).as(named.err()).isZero();
        assertThat(run("status").out()).contains("leg 1    " + moved + ": 2105344 bytes (2056 KiB), in use\n", "clean    4\n");
    }

    /** Each time that a leg goes or comes the record is written, on the log and on the labels; what is read in the middle of that is not told. */
    @Test
    void statusBesideAUserTellsOfNoLegThatWasPutBackAsNoneWas() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        AtomicReference<Exception> thrown = new AtomicReference<>();
        try (FileVolume open = FileVolume.open(folder().file(VolumeFolder.LOG), Policy.BOUNCE_COPY)) {
            Thread changing = new Thread(() -> {
                try {
                    while (!enough.get()) {
                        open.volume().putOut(1, new IOException("it is to go"));
                        open.readmit(1);
                    }
                } catch (IOException | RuntimeException e) {
                    thrown.set(e);
                }
            });
            changing.start();
            for (int asked = 0; asked < 12; asked++) {
                CommandLineRun status = run("status");
                if (status.exitCode() == ExitCode.AS_EXPECTED) {
                    assertThat(status.out()).containsPattern("leg 1 .*, (in use|out of use)\n").contains("dirty    0\n", "in use   by ");
                } else {
                    assertThat(status.err()).endsWith("the same twice in a row was expected, so ask again\n");
                }
            }
            enough.set(true);
            changing.join();
        }
        assertThat(thrown.get()).isNull();
    }

    @Test
    void aVolumeWhoseFolderWasMovedFindsItsLegs() throws IOException {
        writeData();
        Path moved = Files.move(folder().path(), folder().path().resolveSibling("moved"));

        CommandLineRun status = CommandLineRun.of(List.of("volume", "status", "--log", moved.resolve(VolumeFolder.LOG).toString(), "--out",
                folder().out().toString()));

        assertThat(status.out()).as(status.err()).contains("leg 0    " + moved.resolve(VolumeFolder.LEG_0));
    }
}
