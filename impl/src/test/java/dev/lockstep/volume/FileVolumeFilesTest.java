package dev.lockstep.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.region.Policy;
import dev.lockstep.region.RegionState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files can be a volume, and what is said of those that cannot. */
class FileVolumeFilesTest extends OnFiles {
    @ParameterizedTest
    @ValueSource(ints = {2, 9})
    void twoToNineLegsOfAnyLengthThatIsWholeSectors(int count) throws IOException {
        legs = legs(count);
        for (long bytes : new long[] {512, 4096 + 512, (1 << 20) + 512}) {
            Layout layout = Layout.of(bytes, count);
            try (FileVolume volume = FileVolume.create(log, legs, layout, Policy.COMPARE_LEGS)) {
                volume.write(filled(512, 7), bytes - 512);
                assertThat(read(volume, bytes - 512, 512)).containsOnly(7);
            }
            assertLegsHold(data(legs.get(count - 1), layout));
            try (FileVolume volume = FileVolume.open(log, VolumeDescription.of(legs), Policy.NEVER_CLEAN)) {
                assertThat(volume.layout()).as("found from the legs alone").isEqualTo(layout);
                assertThat(volume.distrust()).isEmpty();
            }
            removeAll();
        }
    }

    private void removeAll() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void legsOfDifferentLengthsAreRefusedUnlessTheVolumesLengthIsKnown() throws IOException {
        createForDm(Policy.ORIGINAL).close();
        Files.write(legs.get(2), new byte[512], StandardOpenOption.APPEND);
        byte[] logBefore = Files.readAllBytes(log);
        assertThatThrownBy(() -> FileVolume.open(log, new VolumeDescription(legs, OptionalLong.empty(), OptionalInt.of(REGION), 1),
                Policy.ORIGINAL)).isInstanceOf(IOException.class)
                .hasMessage(legs.get(0) + ": is " + LAYOUT.bytes() + " bytes long; expected " + (LAYOUT.bytes() + 512) + ", as "
                        + legs.get(2) + " is");
        assertThatThrownBy(() -> FileVolume.open(log, VolumeDescription.of(legs,
                new Layout(LAYOUT.bytes() + 512, REGION, 3, 0)), Policy.ORIGINAL)).isInstanceOf(IOException.class)
                .hasMessage("leg " + legs.get(0) + " has " + LAYOUT.bytes() + " bytes; at least " + (LAYOUT.bytes() + 512)
                        + " are expected");
        assertThat(Files.readAllBytes(log)).isEqualTo(logBefore);
        try (FileVolume volume = open(Policy.ORIGINAL)) {
            volume.write(filled((int) LAYOUT.bytes(), 3), 0);
        }
        assertThat(Files.readAllBytes(legs.get(2))).hasSize((int) LAYOUT.bytes() + 512).endsWith(new byte[512]);
        assertThat(Arrays.copyOf(Files.readAllBytes(legs.get(2)), (int) LAYOUT.bytes())).containsOnly(3);
    }

    @Test
    void aLogThatDoesNotFitMakesEveryRegionOutOfSyncAndThatIsSaid() throws IOException {
        createForDm(Policy.ORIGINAL).close();
        Files.write(legs.get(0), new byte[] {1}, StandardOpenOption.WRITE);
        Files.write(log, new byte[512], StandardOpenOption.WRITE);
        try (FileVolume volume = open(Policy.ORIGINAL)) {
            assertThat(volume.distrust().orElseThrow()).startsWith(log + ": begins with the number 0x00000000");
            assertThat(Rig.in(volume.volume(), RegionState.NOSYNC)).hasSize(LAYOUT.regions());
            assertThat(read(volume, 0, 512)).as("from the source, leg 1").containsOnly(0);
            for (int region = 0; region < LAYOUT.regions(); region++) {
                volume.resync(region);
                int asked = region;
                while (volume.volume().inspect(driver -> driver.state(asked)) != RegionState.CLEAN) {
                    Thread.onSpinWait();
                }
            }
        }
        assertLegsHold(new byte[(int) LAYOUT.bytes()]);
        assertAllClean(LAYOUT);
    }

    @Test
    void whatCannotBeMadeLeavesNothingAndWhatIsThereUntouched() throws IOException {
        Files.write(legs.get(2), new byte[] {1, 2, 3});
        assertThatThrownBy(() -> create(Policy.ORIGINAL)).isInstanceOf(IOException.class)
                .hasMessage(legs.get(2) + ": cannot be created: it exists already");
        assertThat(Files.readAllBytes(legs.get(2))).containsExactly(1, 2, 3);
        assertThat(folder.toFile().list()).containsExactly("leg2");
        assertThatThrownBy(() -> FileVolume.create(log, legs(2), LAYOUT, Policy.ORIGINAL)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 legs are given; 3 are expected");
        List<Path> twice = List.of(folder.resolve("a"), folder.resolve("b"), folder.resolve("x/../a"));
        assertThatThrownBy(() -> FileVolume.create(log, twice, LAYOUT, Policy.ORIGINAL)).isInstanceOf(IOException.class)
                .hasMessage(twice.get(0) + " and " + twice.get(2) + " are the same file; a file of its own is expected for the log and "
                        + "for each leg");
        assertThat(folder.toFile().list()).containsExactly("leg2");
    }

    @Test
    void oneFileUnderTwoNamesIsRefused() throws IOException {
        createForDm(Policy.ORIGINAL).close();
        Path link = Files.createSymbolicLink(folder.resolve("link"), legs.get(0));
        VolumeDescription twice = VolumeDescription.of(List.of(legs.get(0), legs.get(1), link), LAYOUT);
        assertThatThrownBy(() -> FileVolume.open(log, twice, Policy.ORIGINAL)).isInstanceOf(IOException.class)
                .hasMessageContaining("are the same file");
        VolumeDescription missing = VolumeDescription.of(List.of(legs.get(0), folder.resolve("none")), new Layout(512, 4096, 2, 0));
        assertThatThrownBy(() -> FileVolume.open(log, missing, Policy.ORIGINAL)).isInstanceOf(IOException.class)
                .hasMessage(folder.resolve("none") + ": cannot be opened for reading and writing: no such file or folder");
    }
}
