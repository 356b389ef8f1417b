package dev.lockstep.crash.inside;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class BlockHistoryTest {
    private final BlockHistory block = new BlockHistory(Set.of(0L));

    private void store(long content) {
        block.storeBegun(content);
        block.storeEnded(content);
    }

    private void write() {
        block.writeEnded(block.writeBegun());
    }

    private void flush() {
        block.flushEnded(block.flushBegun());
    }

    @Test
    void aStoreThatIsNotWrittenReachesNoDevice() {
        store(1);
        assertThat(block.afterKill()).containsExactly(0L);
        assertThat(block.afterCut()).containsExactly(0L);
    }

    @Test
    void aWriteThatHasEndedSurvivesAKillAndMayBeLostByACut() {
        store(1);
        write();
        assertThat(block.afterKill()).containsExactly(1L);
        assertThat(block.afterCut()).containsExactlyInAnyOrder(0L, 1L);
    }

    @Test
    void aFlushedWriteSurvivesACut() {
        store(1);
        write();
        flush();
        assertThat(block.afterCut()).containsExactly(1L);
    }

    @Test
    void aFlushCoversNothingThatEndedAfterItBegan() {
        store(1);
        Object write = block.writeBegun();
        long flush = block.flushBegun();
        block.writeEnded(write);
        block.flushEnded(flush);
        assertThat(block.afterCut()).containsExactlyInAnyOrder(0L, 1L);
    }

    @Test
    void aWriteTakesWhatItsMemoryHeldMeanwhile() {
        store(1);
        Object write = block.writeBegun();
        block.storeBegun(2);
        block.writeEnded(write);
        block.storeEnded(2);
        store(3);
        assertThat(block.afterKill()).containsExactlyInAnyOrder(1L, 2L);
    }

    @Test
    void aWriteUnderWayMayOrMayNotBeThere() {
        store(1);
        write();
        store(2);
        block.writeBegun();
        assertThat(block.afterKill()).containsExactlyInAnyOrder(1L, 2L);
    }

    @Test
    void aDirectWriteHasMemoryOfItsOwn() {
        store(1);
        block.writeEnded(block.writeBegun(7));
        assertThat(block.afterKill()).containsExactly(7L);
    }

    @Test
    void overlappingWritesThatHaveEndedMayBothBeThere() {
        Object one = block.writeBegun(1);
        Object two = block.writeBegun(2);
        block.writeEnded(one);
        block.writeEnded(two);
        assertThat(block.afterKill()).containsExactlyInAnyOrder(1L, 2L);
        block.writeEnded(block.writeBegun(3));
        assertThat(block.afterKill()).containsExactly(3L);
        flush();
        assertThat(block.afterCut()).containsExactly(3L);
    }
}
