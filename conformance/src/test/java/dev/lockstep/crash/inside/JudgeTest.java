package dev.lockstep.crash.inside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.log.LogImage;
import dev.lockstep.store.FileLeg;
import dev.lockstep.volume.Layout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgeTest {
    private static final Layout LAYOUT = new Layout(12288, 4096, 3, 1);
    private static final long BLOCK = 9;

    @TempDir
    private Path folder;
    private final List<FileLeg> legs = new ArrayList<>();
    private final LogImage log = LogImage.allClean(LAYOUT.regions());
    private final Map<Long, Set<Long>> allowed = new HashMap<>();

    @BeforeEach
    void makeLegs() throws IOException {
        for (int leg = 0; leg < LAYOUT.legs(); leg++) {
            legs.add(FileLeg.create(folder.resolve("leg" + leg), LAYOUT.bytes()));
        }
    }

    @AfterEach
    void closeLegs() throws IOException {
        for (FileLeg leg : legs) {
            leg.close();
        }
    }

    private void put(int leg, long content) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Stamp.BLOCK);
        Stamp.put(BLOCK, content, bytes);
        legs.get(leg).write(bytes.flip(), BLOCK * Stamp.BLOCK);
    }

    private Judgement judge() throws IOException {
        return new Judge(LAYOUT).judge(legs, log, block -> allowed.getOrDefault(block, Set.of(Stamp.ZEROS)));
    }

    @Test
    void equalLegsWithWhatMayBeThereAreRight() throws IOException {
        for (int leg = 0; leg < LAYOUT.legs(); leg++) {
            put(leg, 5);
        }
        allowed.put(BLOCK, Set.of(4L, 5L));
        assertThat(judge().right()).isTrue();
    }

    @Test
    void legsThatDifferUnderAClearBitAreADesyncWhicheverLegItIs() throws IOException {
        put(2, 5);
        allowed.put(BLOCK, Set.of(0L, 5L));
        Judgement found = judge();
        assertThat(found.desyncs()).singleElement().extracting(BadBlock::block).isEqualTo(BLOCK);
        assertThat(found.desyncs().get(0).toString()).contains("region 1").contains("clean").contains("content 5");
        assertThat(found.lost()).isEmpty();
    }

    @Test
    void legsThatDifferUnderADirtyBitAreNoneAndTheSourceIsLookedAtAlone() throws IOException {
        put(0, 5);
        log.markDirty(1);
        Judgement found = judge();
        assertThat(found.right()).isTrue();
        assertThat(found.dirtyRegions()).isOne();
    }

    @Test
    void whatMayNotBeOnTheSourceIsLost() throws IOException {
        log.markDirty(1);
        allowed.put(BLOCK, Set.of(6L));
        assertThat(judge().lost()).singleElement().extracting(BadBlock::block).isEqualTo(BLOCK);
    }

    @Test
    void aMixtureOfWhatMayBeThereIsCounted() throws IOException {
        ByteBuffer mixed = ByteBuffer.allocate(Stamp.BLOCK);
        Stamp.put(BLOCK, 5, mixed);
        ByteBuffer other = ByteBuffer.allocate(Stamp.BLOCK);
        Stamp.put(BLOCK, 6, other);
        mixed.put(0, other, 0, Long.BYTES);
        for (FileLeg leg : legs) {
            leg.write(mixed.clear(), BLOCK * Stamp.BLOCK);
        }
        allowed.put(BLOCK, Set.of(5L, 6L));
        assertThat(judge().mixtures()).isOne();
        allowed.put(BLOCK, Set.of(5L));
        assertThat(judge().lost()).hasSize(1);
    }
}
