package dev.lockstep.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.region.Policy;
import dev.lockstep.volume.Layout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MirrorTargetTest {
    private static final Layout LAYOUT = new Layout(1 << 20, 64 << 10, 2, 0);

    @TempDir
    private Path folder;

    private void write(Target target, int with, int position) throws IOException {
        ByteBuffer from = ByteBuffer.allocateDirect(4096);
        while (from.hasRemaining()) {
            from.put((byte) with);
        }
        target.write(from.flip(), position);
    }

    /** A volume that wrote to one of its legs alone, as one whose regions are out of sync does, would be twice as fast. */
    @Test
    void twoVolumesOnTheSameLegsBothWriteToEach() throws IOException {
        List<Path> legs = MirrorTarget.make(folder, Policy.COMPARE_LEGS, LAYOUT);
        try (Target mirror = MirrorTarget.open(folder, Policy.COMPARE_LEGS, LAYOUT);
                Target neverClean = MirrorTarget.openNeverCleanOn(folder, Policy.COMPARE_LEGS, LAYOUT)) {
            assertThat(mirror.name()).isEqualTo("CompareLegs");
            assertThat(neverClean.name()).isEqualTo("NeverClean");
            Costs ofMirror = mirror.costs();
            Costs ofNeverClean = neverClean.costs();
            write(mirror, 1, 0);
            write(neverClean, 2, 0);
            write(neverClean, 3, 64 << 10);
            write(mirror, 4, 128 << 10);
            for (Path leg : legs) {
                byte[] bytes = Files.readAllBytes(leg);
                assertThat(new int[] {bytes[4095], bytes[64 << 10], bytes[128 << 10]}).as(leg.toString()).containsExactly(2, 3, 4);
            }
            assertThat(Arrays.mismatch(Files.readAllBytes(legs.get(0)), Files.readAllBytes(legs.get(1)))).isEqualTo(-1);
            assertThat(neverClean.costs().since(ofNeverClean).logWrites()).as("a log of its own").isEqualTo(2);
            assertThat(mirror.costs().since(ofMirror).logWrites()).isEqualTo(2);
        }
    }
}
