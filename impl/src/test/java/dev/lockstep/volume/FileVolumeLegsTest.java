package dev.lockstep.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.region.RegionState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Legs are added to a volume on files, and removed from it, while it is in use. */
class FileVolumeLegsTest {
    private static final int REGION = 4096;
    private static final Layout LAYOUT = new Layout(16L * REGION, REGION, 2, 0);
    private static final Policy POLICY = Policy.BOUNCE_COPY;
    private static final int WRITERS = 4;
    private static final int ROUNDS = 40;

    @TempDir
    private Path folder;

    private Path log;
    private List<Path> legs;
    private Path added;

    @BeforeEach
    void files() {
        log = folder.resolve("log");
        legs = List.of(folder.resolve("leg0"), folder.resolve("leg1"));
        added = folder.resolve("added");
    }

    private FileVolume create() throws IOException {
        return FileVolume.create(log, legs, LAYOUT, POLICY);
    }

    private static void resync(FileVolume volume) throws IOException {
        Resyncer resync = new Resyncer(volume, 0);
        resync.start();
        resync.await();
    }

    /** Each writer has regions of its own, and what it writes last stays. */
    private static List<Thread> writers(FileVolume volume, byte[] expected, ConcurrentLinkedQueue<Throwable> thrown) {
        List<Thread> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            int mine = writer;
            writers.add(new Thread(() -> {
                try {
                    for (int round = 0; round < ROUNDS; round++) {
                        int position = (round % (LAYOUT.regions() / WRITERS) * WRITERS + mine) * REGION;
                        byte value = (byte) (1 + round);
                        ByteBuffer memory = ByteBuffer.allocateDirect(REGION);
                        for (int i = 0; i < REGION; i++) {
                            memory.put(i, value);
                        }
                        volume.write(memory, position);
                        Arrays.fill(expected, position, position + REGION, value);
                    }
                } catch (IOException | RuntimeException e) {
                    thrown.add(e);
                }
            }));
        }
        return writers;
    }

    @Test
    void aLegIsAddedAndAnotherRemovedUnderWritersAndTheVolumeIsThoseThatAreLeft() throws Exception {
        byte[] expected = new byte[(int) LAYOUT.bytes()];
        ConcurrentLinkedQueue<Throwable> thrown = new ConcurrentLinkedQueue<>();
        try (FileVolume volume = create()) {
            List<Thread> writers = writers(volume, expected, thrown);
            writers.forEach(Thread::start);
            assertThat(volume.addLeg(added)).isEqualTo(2);
            resync(volume);
            volume.removeLeg(1);
            for (Thread writer : writers) {
                writer.join();
            }
            assertThat(volume.legs()).containsExactly(0, 2);
            assertThat(volume.layout().legs()).isEqualTo(3);
        }
        assertThat(thrown).isEmpty();
        for (Path leg : List.of(legs.get(0), added)) {
            assertThat(Arrays.copyOf(Files.readAllBytes(leg), expected.length)).as(leg.toString()).isEqualTo(expected);
        }
        try (FileVolume volume = FileVolume.open(log, POLICY)) {
            assertThat(volume.legs()).containsExactly(0, 2);
            assertThat(volume.distrust()).isEmpty();
            assertThat(volume.putOutByOpening()).isEmpty();
            assertThat(volume.openedWith().absent()).isEqualTo(2);
            assertThat(Rig.in(volume.volume(), RegionState.CLEAN)).hasSize(LAYOUT.regions());
            assertThat(volume.addLeg(legs.get(1))).as("the lowest number that is free").isEqualTo(1);
        }
    }

    @Test
    void aLegThatIsNotThereCanBeRemoved() throws IOException {
        try (FileVolume volume = create()) {
            volume.addLeg(added);
            resync(volume);
        }
        Files.delete(legs.get(1));
        try (FileVolume volume = FileVolume.open(log, POLICY)) {
            volume.write(ByteBuffer.allocateDirect(512), 0);
            volume.removeLeg(1);
            assertThat(volume.legs()).containsExactly(0, 2);
        }
        try (FileVolume volume = FileVolume.open(log, POLICY)) {
            assertThat(volume.putOutByOpening()).isEmpty();
            assertThat(Rig.in(volume.volume(), RegionState.CLEAN)).as("nothing is kept dirty for it").hasSize(LAYOUT.regions());
        }
    }

    @Test
    void aFileThatWasMadeForALegIsTakenAwayIfTheLegIsRefused() throws IOException {
        try (FileVolume volume = create()) {
            assertThat(volume.volume().putOut(1, new IOException("the other is the last then"))).isTrue();
            assertThatThrownBy(() -> volume.replaceLeg(0, added)).isInstanceOf(IOException.class).hasMessageContaining("cannot be put out of use");
            assertThat(added).doesNotExist();
            Files.write(added, new byte[512]);
            assertThatThrownBy(() -> volume.addLeg(added)).isInstanceOf(IOException.class).hasMessageContaining("is 512 bytes long; expected at least");
            assertThat(added).as("one that was there stays").exists();
            assertThat(volume.legs()).containsExactly(0, 1);
        }
    }

    @Test
    void whatCannotBeIsRefusedAndChangesNothing() throws IOException {
        try (FileVolume volume = create()) {
            assertThatThrownBy(() -> volume.removeLeg(0)).isInstanceOf(IOException.class)
                    .hasMessage("leg0: cannot be removed, as the volume has 2 legs; expected 3 at least");
            assertThatThrownBy(() -> volume.removeLeg(2)).isInstanceOf(IOException.class)
                    .hasMessage("the volume has no leg 2; one of [0, 1] is expected");
            assertThatThrownBy(() -> volume.readmit(-1)).isInstanceOf(IOException.class).hasMessageStartingWith("the volume has no leg -1");
            assertThatThrownBy(() -> volume.addLeg(legs.get(1))).isInstanceOf(IOException.class).hasMessageContaining("are the same file");
            assertThatThrownBy(() -> volume.addLeg(log)).isInstanceOf(IOException.class).hasMessageContaining("are the same file");
            for (int leg = 2; leg < 9; leg++) {
                assertThat(volume.addLeg(folder.resolve("more" + leg))).isEqualTo(leg);
            }
            assertThatThrownBy(() -> volume.addLeg(added)).isInstanceOf(IOException.class)
                    .hasMessage(added + ": cannot be added, as the volume has 9 legs; expected fewer");
            assertThat(added).doesNotExist();
            assertThat(volume.legs()).hasSize(9);
        }
    }

    @Test
    void withoutAPlaceToRecordItNoLegIsAddedOrRemoved() throws IOException {
        try (FileVolume volume = FileVolume.create(log, legs, LAYOUT, POLICY, LogFormat.DM, true)) {
            assertThatThrownBy(() -> volume.addLeg(added)).isInstanceOf(IOException.class)
                    .hasMessageEndingWith("which has no place to say so; expected a hardened log");
            assertThatThrownBy(() -> volume.removeLeg(1)).isInstanceOf(IOException.class)
                    .hasMessageEndingWith("which has no place to say so; expected a hardened log");
        }
        Files.delete(log);
        for (Path leg : legs) {
            Files.delete(leg);
        }
        try (FileVolume volume = FileVolume.create(log, legs, LAYOUT, POLICY, LogFormat.HARDENED, false)) {
            assertThatThrownBy(() -> volume.addLeg(added)).isInstanceOf(IOException.class)
                    .hasMessage(added + ": cannot be added; expected a volume whose legs carry labels");
        }
        assertThat(added).doesNotExist();
    }

    @Test
    void aVolumeThatIsMarkedDirtyAllOverHasAllOfItOutOfSync() throws IOException {
        FileVolume.create(log, legs, LAYOUT, POLICY, LogFormat.DM, false).close();
        VolumeDescription description = VolumeDescription.of(legs, LAYOUT);
        FileVolume.markAllDirty(log, description);
        try (FileVolume volume = FileVolume.open(log, description, POLICY)) {
            assertThat(Rig.in(volume.volume(), RegionState.NOSYNC)).hasSize(LAYOUT.regions());
        }
    }
}
