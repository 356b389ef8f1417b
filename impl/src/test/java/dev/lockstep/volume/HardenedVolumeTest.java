package dev.lockstep.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.log.LegLabel;
import dev.lockstep.log.LogFormat;
import dev.lockstep.log.Membership;
import dev.lockstep.log.Superblock;
import dev.lockstep.region.Policy;
import dev.lockstep.region.RegionState;
import dev.lockstep.store.Access;
import dev.lockstep.store.FileLeg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A volume with a hardened log and labelled legs: named by its log, and what is stale, lost or foreign is not trusted. */
class HardenedVolumeTest {
    private static final Layout LAYOUT = new Layout(40_960 - 512, 4096, 2, 0);
    private static final Policy POLICY = Policy.ORIGINAL;

    @TempDir
    private Path folder;

    private Path file(String name) {
        return folder.resolve("volume").resolve(name);
    }

    private Path log() {
        return file("log");
    }

    private List<Path> legs() {
        return List.of(file("leg0"), file("leg1"));
    }

    private void make() throws IOException {
        Files.createDirectories(folder.resolve("volume"));
        FileVolume.create(log(), legs(), LAYOUT, POLICY).close();
    }

    private void write(int with) throws IOException {
        try (FileVolume volume = FileVolume.open(log(), POLICY)) {
            volume.write(ByteBuffer.allocateDirect(512).put(0, (byte) with), 0);
        }
    }

    private LegLabel label(int leg) throws IOException {
        try (FileLeg file = FileLeg.open(legs().get(leg), Access.READ_ONLY)) {
            return LegLabel.find(file, LAYOUT.bytes()).orElseThrow();
        }
    }

    private Superblock superblock() throws IOException {
        try (FileLeg file = FileLeg.open(log(), Access.READ_ONLY)) {
            return Superblock.find(file).orElseThrow();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private void damage(Path file, long position, int length) throws IOException {
        try (FileLeg leg = FileLeg.open(file, Access.READ_WRITE)) {
            leg.write(ByteBuffer.allocate(length), position);
        }
    }

    @Test
    void aVolumeIsOpenedByItsLogAloneAndItsFolderCanBeMoved() throws IOException {
        make();
        write(7);
        assertThat(superblock().legs()).extracting(Superblock.LegEntry::path).containsExactly("leg0", "leg1");
        Path moved = Files.move(folder.resolve("volume"), folder.resolve("elsewhere"));
        try (FileVolume volume = FileVolume.open(moved.resolve("log"), POLICY)) {
            assertThat(volume.layout()).isEqualTo(LAYOUT);
            assertThat(volume.distrust()).isEmpty();
            ByteBuffer into = ByteBuffer.allocate(512);
            volume.read(into, 0);
            assertThat(into.get(0)).isEqualTo((byte) 7);
        }
    }

    @Test
    void everyOpeningIsANewGenerationOnTheLogAndOnEachLeg() throws IOException {
        make();
        assertThat(label(0).generation().number()).isEqualTo(2);
        write(1);
        assertThat(superblock().generation().number()).isEqualTo(3);
        assertThat(superblock().legs()).extracting(leg -> leg.generation().number()).containsExactly(3L, 3L);
        assertThat(label(0).generation().number()).isEqualTo(3);
        assertThat(label(1).generation().number()).isEqualTo(3);
        assertThat(label(1).membership().within(2)).isEqualTo(Membership.whole(0));
        assertThat(label(1).volume()).isEqualTo(superblock().volume());
        assertThat(label(1).leg()).isOne();
    }

    @Test
    void aLabelLiesBehindTheDataAndOneDamagedCopyDoesNoHarm() throws IOException {
        make();
        assertThat(LegLabel.position(LAYOUT.bytes())).isEqualTo(40_960);
        assertThat(Files.size(legs().get(0))).isEqualTo(40_960 + 2 * 4096);
        for (int copy = 0; copy < 2; copy++) {
            damage(legs().get(0), LegLabel.position(LAYOUT.bytes()) + copy * 4096L, 512);
            write(copy);
            try (FileVolume volume = FileVolume.open(log(), POLICY)) {
                assertThat(volume.distrust()).isEmpty();
            }
        }
    }

    @Test
    void aLogThatIsPutBackMakesEveryRegionDirty() throws IOException {
        make();
        copy(log(), file("old"));
        write(1);
        copy(file("old"), log());
        try (FileVolume volume = FileVolume.open(log(), POLICY)) {
            assertThat(volume.distrust().orElseThrow()).startsWith("the log is of generation 2, and a leg of 3");
        }
    }

    @Test
    void aLogThatIsLostIsMadeAgainFromTheLabelsWithEveryRegionDirty() throws IOException {
        make();
        var identity = superblock().volume();
        damage(log(), 0, 8192);
        assertThatThrownBy(() -> FileVolume.open(log(), POLICY)).isInstanceOf(IOException.class)
                .hasMessageContaining("does not say which legs its volume has");
        try (FileVolume volume = FileVolume.open(log(), VolumeDescription.of(legs()), POLICY)) {
            assertThat(volume.layout()).isEqualTo(LAYOUT);
            assertThat(volume.distrust()).isPresent();
        }
        assertThat(superblock().volume()).isEqualTo(identity);
        assertThat(superblock().generation().number()).isEqualTo(3);
    }

    @Test
    void aLegOfAnotherVolumeAndLegsInEachOthersPlaceAreRefused() throws IOException {
        make();
        Path other = folder.resolve("other");
        FileVolume.create(folder.resolve("otherlog"), List.of(other, folder.resolve("other1")), LAYOUT, POLICY).close();
        VolumeDescription swapped = VolumeDescription.of(List.of(legs().get(1), legs().get(0)));
        assertThatThrownBy(() -> FileVolume.open(log(), swapped, POLICY)).isInstanceOf(IOException.class)
                .hasMessage(legs().get(1) + ": is leg 1; expected leg 0");
        copy(other, legs().get(0));
        assertThatThrownBy(() -> FileVolume.open(log(), POLICY)).isInstanceOf(IOException.class)
                .hasMessageStartingWith(legs().get(0) + ": is a leg of volume ");
    }

    @Test
    void aLogOfAnotherVolumeIsDistrustedIfTheLegsAreNamed() throws IOException {
        make();
        var identity = superblock().volume();
        Path foreign = folder.resolve("foreign");
        FileVolume.create(foreign, List.of(folder.resolve("x"), folder.resolve("y")), LAYOUT, POLICY).close();
        copy(foreign, log());
        try (FileVolume volume = FileVolume.open(log(), VolumeDescription.of(legs()), POLICY)) {
            assertThat(volume.distrust().orElseThrow()).contains("is the log of volume ");
        }
        assertThat(superblock().volume()).isEqualTo(identity);
    }

    @Test
    void theSourceIsNotDoneWithoutWhereRegionsAreOutOfSync() throws IOException {
        make();
        // Both copies of the bits.
        damage(log(), 8192, 512);
        damage(log(), 12_288, 512);
        Files.delete(legs().get(0));
        assertThatThrownBy(() -> FileVolume.open(log(), POLICY)).isInstanceOf(IOException.class)
                .hasMessageStartingWith(legs().get(0) + ": is not there or cannot be trusted, and is the only leg");
    }

    @Test
    void aVolumeIsUsedWithoutALegThatIsNotThereAndTheLegIsStaleWhenItReturns() throws IOException {
        make();
        Path away = Files.move(legs().get(1), file("away"));
        try (FileVolume volume = FileVolume.open(log(), POLICY)) {
            assertThat(volume.putOutByOpening()).singleElement().asString().startsWith("leg 1, " + legs().get(1) + ": is not there");
            volume.write(ByteBuffer.allocateDirect(512).put(0, (byte) 9), 0);
        }
        assertThat(label(0).membership().within(2)).isEqualTo(new Membership(2, 0, 0));
        Files.move(away, legs().get(1));
        assertThat(label(1).membership().within(2)).isEqualTo(Membership.whole(0));
        try (FileVolume volume = FileVolume.open(log(), POLICY)) {
            assertThat(volume.openedWith()).isEqualTo(new Membership(2, 0, 0));
            assertThat(volume.distrust()).isEmpty();
            assertThat(volume.readmit(1)).isTrue();
        }
        assertThat(label(1).membership().within(2)).isEqualTo(Membership.whole(0));
        assertThat(superblock().membership().within(2)).isEqualTo(Membership.whole(0));
    }

    @Test
    void theLegThatIsLeftBecomesTheSourceIfEveryRegionIsClean() throws IOException {
        make();
        Files.delete(legs().get(0));
        try (FileVolume volume = FileVolume.open(log(), POLICY)) {
            assertThat(volume.openedWith()).isEqualTo(new Membership(1, 1, 0));
        }
        assertThat(label(1).membership().within(2)).isEqualTo(new Membership(1, 1, 0));
    }

    @Test
    void legsThatWereEachUsedAloneAreRefused() throws IOException {
        make();
        copy(log(), file("old"));
        Path one = Files.move(legs().get(1), file("one"));
        write(1);
        copy(file("old"), log());
        Path zero = Files.move(legs().get(0), file("zero"));
        Files.move(one, legs().get(1));
        write(2);
        Files.move(zero, legs().get(0));
        assertThatThrownBy(() -> FileVolume.open(log(), POLICY)).isInstanceOf(IOException.class).hasMessage(legs().get(0) + " and "
                + legs().get(1) + ": each was used without the other, and has what the other lacks; expected one of them to be taken away");
    }

    @Test
    void aLegThatIsPutBackOrHasNoLabelIsOutAndEveryRegionIsDirty() throws IOException {
        make();
        copy(legs().get(1), file("old"));
        write(1);
        copy(file("old"), legs().get(1));
        try (FileVolume volume = FileVolume.open(log(), POLICY)) {
            assertThat(volume.openedWith()).isEqualTo(new Membership(2, 0, 0));
            assertThat(volume.distrust().orElseThrow()).startsWith(legs().get(1) + ": is of generation 2; expected 3 or later");
        }
        damage(legs().get(1), LegLabel.position(LAYOUT.bytes()), 2 * 4096);
        try (FileVolume volume = FileVolume.open(log(), POLICY)) {
            assertThat(volume.openedWith()).isEqualTo(new Membership(2, 0, 0));
            assertThat(volume.distrust().orElseThrow()).startsWith(legs().get(1) + ": has no label that is whole");
        }
    }

    @Test
    void aVolumeForDmHasNeitherLabelsNorAnythingToSayOfItsLegs() throws IOException {
        Files.createDirectories(folder.resolve("volume"));
        FileVolume.create(log(), legs(), LAYOUT, POLICY, LogFormat.DM, false).close();
        assertThat(Files.size(legs().get(0))).isEqualTo(LAYOUT.bytes());
        assertThatThrownBy(() -> FileVolume.open(log(), POLICY)).isInstanceOf(IOException.class)
                .hasMessage(log() + ": does not say which legs its volume has, as it is a log of dm-log version 2 or its superblock is"
                        + " damaged; expected the legs to be named");
        try (FileVolume volume = FileVolume.open(log(), VolumeDescription.of(legs()), POLICY)) {
            assertThat(volume.layout().bytes()).isEqualTo(LAYOUT.bytes());
        }
    }

    @Test
    void aLabelledVolumeWithALogOfDmsIsFoundByItsLabels() throws IOException {
        Files.createDirectories(folder.resolve("volume"));
        FileVolume.create(log(), legs(), LAYOUT, POLICY, LogFormat.DM, true).close();
        try (FileVolume volume = FileVolume.open(log(), VolumeDescription.of(legs()), POLICY)) {
            assertThat(volume.layout()).isEqualTo(LAYOUT);
            assertThat(volume.distrust()).isEmpty();
        }
        assertThat(label(1).generation().number()).isEqualTo(3);
    }

    @Test
    void aHardenedLogWithoutLabelsIsOpenedByItself() throws IOException {
        Files.createDirectories(folder.resolve("volume"));
        FileVolume.create(log(), legs(), LAYOUT, POLICY, LogFormat.HARDENED, false).close();
        try (FileVolume volume = FileVolume.open(log(), POLICY)) {
            assertThat(volume.distrust()).isEmpty();
        }
        Files.write(log(), new byte[1], StandardOpenOption.APPEND);
        assertThatThrownBy(() -> FileVolume.open(log(), POLICY)).isInstanceOf(IOException.class)
                .hasMessageContaining("expected a positive multiple of 512 bytes");
    }

    @Test
    void aLogIsConvertedToAndFroAndKeepsWhatIsDirtyAndTheGenerations() throws IOException {
        make();
        var identity = superblock().volume();
        assertThat(FileVolume.convertLog(log(), LogFormat.DM, Optional.empty())).isEmpty();
        Optional<VolumeDescription> named = Optional.of(VolumeDescription.of(legs()));
        assertThatThrownBy(() -> FileVolume.convertLog(log(), LogFormat.DM, named)).isInstanceOf(IOException.class)
                .hasMessage(log() + ": is a log in the format dm-log version 2 already; expected the other");
        try (FileVolume volume = FileVolume.open(log(), named.get(), POLICY)) {
            assertThat(volume.distrust()).isEmpty();
            assertThat(Rig.in(volume.volume(), RegionState.NOSYNC)).isEmpty();
        }
        assertThat(FileVolume.convertLog(log(), LogFormat.HARDENED, named)).isEmpty();
        assertThat(superblock().volume()).isEqualTo(identity);
        assertThat(superblock().generation()).isEqualTo(label(1).generation());
        try (FileVolume volume = FileVolume.open(log(), POLICY)) {
            assertThat(volume.distrust()).isEmpty();
            assertThat(Rig.in(volume.volume(), RegionState.NOSYNC)).isEmpty();
        }
        try (var files = Files.list(folder.resolve("volume"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("leg0", "leg1", "log");
        }
    }

    /** A process with little memory opens a volume of 1 TiB, which is all holes. */
    @Test
    void aLongVolumeOpensInASmallHeap() throws Exception {
        Files.createDirectories(folder.resolve("volume"));
        Layout layout = new Layout(1L << 40, 512 << 10, 2, 0);
        FileVolume.create(log(), legs(), layout, Policy.MAYBE_DIRTY).close();
        Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx48m", "-cp",
                System.getProperty("java.class.path"), OpensByItsLog.class.getName(), log().toString()).redirectErrorStream(true).start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(said).isZero();
        assertThat(said).contains("opened 2097152 regions");
    }
}
