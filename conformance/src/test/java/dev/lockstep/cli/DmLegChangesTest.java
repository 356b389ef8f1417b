package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adding and removing legs where nothing is recorded of them: what is done, and what is said. */
class DmLegChangesTest {
    private static final String[] THREE = {VolumeFolder.LEG_0, VolumeFolder.LEG_1, "new"};

    @TempDir
    private Path temporary;

    private VolumeFolder folder;

    @BeforeEach
    void aVolumeWithData() throws IOException {
        folder = VolumeFolder.with(Files.createDirectory(temporary.resolve("volume")));
        byte[] data = new byte[1 << 20];
        new Random(2008).nextBytes(data);
        Path file = Files.write(folder.file("data"), data);
        assertThat(CommandLineRun.of(folder.use("write", "--from", file.toString())).exitCode()).isZero();
    }

    private CommandLineRun add() {
        return CommandLineRun.of(folder.use("add-leg", folder.file("new").toString()));
    }

    @Test
    void aLegThatIsAddedHasEverythingAfterAResync() throws IOException {
        assertThat(add()).isEqualTo(new CommandLineRun(0, folder.file("new") + " can be leg 2: as a log in the format dm-log version 2 does not "
                + "name the legs, every region is dirty, and from now on, volume resync first, the volume is --leg "
                + folder.file(VolumeFolder.LEG_0) + " --leg " + folder.file(VolumeFolder.LEG_1) + " --leg " + folder.file("new") + "\n", ""));
        assertThat(CommandLineRun.of(folder.status(VolumeFolder.LOG, THREE)).out()).contains("dirty    4\n");

        CommandLineRun resync = CommandLineRun.of(folder.volume("resync", VolumeFolder.LOG, THREE));

        assertThat(resync.out()).as(resync.err()).startsWith("resynced 4 of 4 regions");
        assertThat(folder.file("new")).hasSameBinaryContentAs(folder.file(VolumeFolder.LEG_0));
        assertThat(CommandLineRun.of(folder.status(VolumeFolder.LOG, THREE)).out()).contains("clean    4\n");
    }

    @Test
    void ofALegThatIsRemovedItIsOnlySaidHowTheOthersAreNamed() throws IOException {
        add();
        CommandLineRun.of(folder.volume("resync", VolumeFolder.LOG, THREE));
        byte[] before = Files.readAllBytes(folder.file(VolumeFolder.LEG_0));

        CommandLineRun removed = CommandLineRun.of(folder.volume("remove-leg", VolumeFolder.LOG, THREE, "--number", "0"));

        assertThat(removed).isEqualTo(new CommandLineRun(0, "leg 0, " + folder.file(VolumeFolder.LEG_0) + ", can be left out: as a log in the "
                + "format dm-log version 2 does not name the legs, from now on the volume is --leg " + folder.file(VolumeFolder.LEG_1)
                + " --leg " + folder.file("new") + "\n", ""));
        assertThat(folder.file(VolumeFolder.LEG_0)).hasBinaryContent(before);
        assertThat(CommandLineRun.of(folder.volume("scrub", VolumeFolder.LOG, new String[] {VolumeFolder.LEG_1, "new"})).out())
                .contains("0 sectors differ");
    }

    @Test
    void theSourceIsNotLeftOutWhileItAloneHasWhatIsOutOfSync() {
        add();
        CommandLineRun removed = CommandLineRun.of(folder.volume("remove-leg", VolumeFolder.LOG, THREE, "--number", "0"));
        assertThat(removed.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(removed.err()).contains("leg 0, " + folder.file(VolumeFolder.LEG_0) + ", has what no other leg has");
    }
}
