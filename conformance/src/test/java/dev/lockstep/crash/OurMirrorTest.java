package dev.lockstep.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.region.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OurMirrorTest {
    private static final int REGION = 16 << 10;

    @TempDir
    Path folder;
    private MirrorFiles files;

    static List<Policy> policies() {
        return Policy.all();
    }

    private static SortedSet<Integer> regions(Integer... some) {
        return new TreeSet<>(List.of(some));
    }

    @BeforeEach
    void createFiles() throws IOException {
        files = new MirrorFiles("m", folder, 8, REGION).create();
        OurMirror.createLog(files);
    }

    @ParameterizedTest
    @MethodSource("policies")
    void whatWasUnderWayIsDirtyAndIsResyncedAndNothingElse(Policy policy) throws IOException {
        try (OurMirror mirror = OurMirror.open(files, policy)) {
            assertThat(mirror.distrust()).isEmpty();
            mirror.write(regions(1), 'd');
            mirror.writeButForLeg(regions(4, 6), 'e', 1);
        }
        assertThat(files.differing()).containsExactly(4, 6);
        assertThat(files.dirty()).containsExactly(1, 4, 6);
        assertThat(files.desynced()).isEmpty();
        for (int region : files.allBut(regions(4, 6))) {
            files.spoil(region);
        }
        assertThat(files.differing()).hasSize(8);
        try (OurMirror mirror = OurMirror.open(files, policy)) {
            assertThat(mirror.outOfSync()).containsExactly(1, 4, 6);
            mirror.recoverAndUnmount();
        }
        assertThat(files.dirty()).isEmpty();
        assertThat(files.differing()).containsExactly(0, 2, 3, 5, 7);
        assertThat(files.bytes(1, 4L * REGION, REGION)).containsOnly('e');
    }

    @Test
    void whatIsCertifiedIsClean() throws IOException {
        try (OurMirror mirror = OurMirror.open(files, Policy.BOUNCE_COPY)) {
            mirror.writeAndCertify(regions(2, 3), 'c');
        }
        assertThat(files.dirty()).isEmpty();
        assertThat(files.bytes(0, 2L * REGION, 2 * REGION)).containsOnly('c');
    }

    @Test
    void aDesyncIsADifferenceUnderACleanBit() throws IOException {
        files.copy("copy").spoil(5);
        assertThat(files.desynced()).isEmpty();
        assertThat(new MirrorFiles("copy", folder, 8, REGION).desynced()).containsExactly(5);
    }
}
