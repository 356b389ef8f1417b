package dev.lockstep.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.log.LogContents;
import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.store.Access;
import dev.lockstep.store.FileLeg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of a volume on real files share: where it lies, and what its files hold. */
abstract class OnFiles {
    static final int REGION = 16 << 10;
    /** The last region is short. */
    static final Layout LAYOUT = new Layout(4 * REGION + 1536, REGION, 3, 1);

    @TempDir
    Path folder;
    Path log;
    List<Path> legs;

    @BeforeEach
    void name() {
        log = folder.resolve("log");
        legs = legs(LAYOUT.legs());
    }

    List<Path> legs(int count) {
        return IntStream.range(0, count).mapToObj(leg -> folder.resolve("leg" + leg)).toList();
    }

    FileVolume create(Policy policy) throws IOException {
        return FileVolume.create(log, legs, LAYOUT, policy);
    }

    FileVolume open(Policy policy) throws IOException {
        return FileVolume.open(log, VolumeDescription.of(legs, LAYOUT), policy);
    }

    static ByteBuffer filled(int length, int with) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) with);
        return ByteBuffer.allocateDirect(length).put(bytes).flip();
    }

    static byte[] read(FileVolume volume, long position, int length) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(length);
        volume.read(into, position);
        assertThat(into.hasRemaining()).isFalse();
        return into.array();
    }

    /** Made for dm-mirror: no labels, and a log that says nothing of its volume. */
    FileVolume createForDm(Policy policy) throws IOException {
        return FileVolume.create(log, legs, LAYOUT, policy, LogFormat.DM, false);
    }

    /** The bytes of a leg without its label. */
    static byte[] data(Path leg, Layout layout) throws IOException {
        return Arrays.copyOf(Files.readAllBytes(leg), (int) layout.bytes());
    }

    static byte[] data(Path leg) throws IOException {
        return data(leg, LAYOUT);
    }

    void assertLegsHold(byte[] expected) throws IOException {
        for (Path leg : legs) {
            assertThat(Arrays.copyOf(Files.readAllBytes(leg), expected.length)).as(leg.toString()).isEqualTo(expected);
        }
    }

    void assertAllClean(Layout layout) throws IOException {
        try (FileLeg file = FileLeg.open(log, Access.READ_ONLY)) {
            LogContents found = LogContents.read(file, layout.regions());
            assertThat(found.distrust()).isEmpty();
            assertThat(found.image().dirtyCount()).isZero();
        }
    }
}
