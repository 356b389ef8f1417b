package dev.lockstep.crash.enumerate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.crash.inside.Stamp;
import dev.lockstep.store.Flush;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Epochs that are made by hand, and the states that a crash may leave of them. A state is written as its blocks' contents. */
class CrashStatesTest {
    private static final int BLOCKS = 3;

    private final BlockPool pool = new BlockPool();
    private final Journal journal = new Journal();
    private final List<SimulatedLeg> devices = new ArrayList<>();
    private final List<Point> inMiddle = new ArrayList<>();
    private SimulatedLeg leg;
    private SimulatedLeg other;

    @BeforeEach
    void twoDevicesOfZeros() {
        for (int device = 0; device < 2; device++) {
            int[] zeros = new int[BLOCKS];
            devices.add(new SimulatedLeg(device, pool, new VolatileBlocks(zeros, VolatileBlocks.durable(zeros)), journal,
                    (at, block) -> {
                        journal.point();
                        inMiddle.add(last());
                    }));
        }
        leg = devices.get(0);
        other = devices.get(1);
        journal.record(devices, () -> null, () -> null);
    }

    private Point last() {
        return journal.points().get(journal.points().size() - 1);
    }

    private static void write(SimulatedLeg device, int block, long... contents) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(contents.length * Stamp.BLOCK);
        for (int i = 0; i < contents.length; i++) {
            Stamp.put(block + i, contents[i], bytes);
        }
        device.write(bytes.flip(), (long) block * Stamp.BLOCK);
    }

    private String contents(DiskState state, int device) {
        ByteBuffer bytes = ByteBuffer.allocate(BLOCKS * Stamp.BLOCK);
        for (int content : state.now(device)) {
            pool.put(content, bytes);
        }
        StringBuilder text = new StringBuilder();
        for (int block = 0; block < BLOCKS; block++) {
            text.append(Stamp.read(block, bytes, block * Stamp.BLOCK));
        }
        return text.toString();
    }

    private List<String> all(CrashStates states) {
        List<String> all = new ArrayList<>();
        states.forEach(Long.MAX_VALUE, 0, new Random(0), state -> all.add(contents(state, 0) + " " + contents(state, 1)));
        assertThat(states.count()).isEqualTo(all.size());
        assertThat(all).doesNotHaveDuplicates();
        return all;
    }

    private List<String> cut() {
        return all(CrashStates.afterCut(last()));
    }

    private List<String> kill() {
        return all(CrashStates.afterKill(last()));
    }

    @Test
    void aPowerCutLeavesOfEachBlockAnyContentSinceTheFlush() throws IOException {
        write(leg, 0, 1, 2);
        write(leg, 0, 3);
        assertThat(cut()).containsExactlyInAnyOrder("000 000", "100 000", "300 000", "020 000", "120 000", "320 000");
        assertThat(kill()).containsExactly("320 000");
    }

    @Test
    void eachDeviceIsOnItsOwn() throws IOException {
        write(leg, 2, 5);
        write(other, 1, 6);
        assertThat(cut()).containsExactlyInAnyOrder("000 000", "005 000", "000 060", "005 060");
        leg.beginFlush().await();
        assertThat(cut()).containsExactlyInAnyOrder("005 000", "005 060");
    }

    @Test
    void aFlushCoversNothingBeforeItHasEnded() throws IOException {
        write(leg, 0, 1);
        Flush flush = leg.beginFlush();
        assertThat(cut()).containsExactlyInAnyOrder("000 000", "100 000");
        flush.await();
        assertThat(cut()).containsExactly("100 000");
        flush.await();
        assertThat(cut()).containsExactly("100 000");
    }

    @Test
    void whatIsWrittenDuringAFlushIsNotCovered() throws IOException {
        write(leg, 0, 1);
        Flush flush = leg.beginFlush();
        write(leg, 0, 2, 3);
        assertThat(cut()).hasSize(6);
        flush.await();
        assertThat(cut()).containsExactlyInAnyOrder("100 000", "200 000", "130 000", "230 000");
    }

    @Test
    void aFlushThatWasBegunLaterAndEndedBeforeHasTakenMoreAway() throws IOException {
        write(leg, 0, 1);
        Flush first = leg.beginFlush();
        write(leg, 0, 2);
        leg.beginFlush().await();
        assertThat(cut()).containsExactly("200 000");
        first.await();
        assertThat(cut()).containsExactly("200 000");
    }

    @Test
    void aWriteUnderWayLeavesAnyOfItsBlocks() throws IOException {
        write(leg, 0, 1);
        write(leg, 0, 2, 3);
        Point underWay = journal.points().get(journal.points().size() - 2);
        assertThat(all(CrashStates.afterKill(underWay))).containsExactlyInAnyOrder("100 000", "200 000", "130 000", "230 000");
        assertThat(all(CrashStates.afterCut(underWay))).containsExactlyInAnyOrder("000 000", "100 000", "200 000", "030 000",
                "130 000", "230 000");
        assertThat(kill()).containsExactly("230 000");
        assertThat(inMiddle).hasSize(3);
        assertThat(all(CrashStates.afterKill(inMiddle.get(2)))).containsExactlyInAnyOrder("100 000", "200 000");
    }

    @Test
    void aWriteThatIsUnderWayWhenAFlushBeginsIsNotCovered() {
        VolatileBlocks blocks = new VolatileBlocks(new int[2], VolatileBlocks.durable(new int[2]));
        blocks.captured(0, 7);
        Object flush = blocks.flushBegun();
        blocks.captured(1, 8);
        blocks.written(0);
        blocks.written(1);
        blocks.flushEnded(flush);
        assertThat(blocks.epoch().may()).isDeepEqualTo(new int[][] {{0, 7}, {0, 8}});
        blocks.flushEnded(blocks.flushBegun());
        assertThat(blocks.epoch().may()).isDeepEqualTo(new int[][] {{7}, {8}});
        blocks.captured(0, 9);
        assertThatThrownBy(() -> blocks.captured(0, 10)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatAKillLeavesIsAsVolatileAsItWas() throws IOException {
        write(leg, 0, 1);
        write(leg, 1, 2);
        Point underWay = journal.points().get(journal.points().size() - 2);
        List<DiskState> states = new ArrayList<>();
        CrashStates.afterKill(underWay).forEach(9, 0, new Random(0), states::add);
        int one = pool.stamped(0, 1);
        int two = pool.stamped(1, 2);
        assertThat(states).hasSize(2).allMatch(DiskState::isVolatile);
        for (DiskState state : states) {
            assertThat(state.may(0, 0)).containsExactly(0, one);
            boolean written = state.now(0)[1] == two;
            assertThat(state.may(0, 1)).containsExactly(written ? new int[] {0, two} : new int[] {0});
        }
        leg.beginFlush().await();
        CrashStates.afterKill(last()).forEach(9, 0, new Random(0), state -> assertThat(state.isVolatile()).isFalse());
    }

    @Test
    void ofManyStatesASampleIsTakenThatTheSeedChooses() throws IOException {
        for (int content = 1; content < 8; content++) {
            write(leg, 0, content, content, content);
            write(other, 0, content, content, content);
        }
        CrashStates states = CrashStates.afterCut(last());
        assertThat(states.count()).isEqualTo(8 * 8 * 8 * 8 * 8 * 8);
        assertThat(sample(states, 1)).hasSize(50).isEqualTo(sample(states, 1)).isNotEqualTo(sample(states, 2));
        assertThat(sample(states, 1).stream().map(each -> each.substring(0, BLOCKS)).collect(Collectors.toSet()))
                .contains("000", "777").hasSizeGreaterThan(4);
        assertThat(states.same(CrashStates.afterCut(last()))).isTrue();
        write(leg, 0, 9);
        assertThat(states.same(CrashStates.afterCut(last()))).isFalse();
    }

    private List<String> sample(CrashStates states, long seed) {
        List<String> sample = new ArrayList<>();
        states.forEach(100, 50, new Random(seed), state -> sample.add(contents(state, 0) + " " + contents(state, 1)));
        return sample;
    }

    @Test
    void statesAreToldApartByBytesAndByWhatIsVolatile() {
        DiskState durable = DiskState.afterCut(new int[][] {{1, 2}, {3}});
        DiskState stillVolatile = DiskState.afterKill(new int[][] {{1, 2}, {3}}, new int[][][] {{{1}, {4, 2}}, {{3}}});
        DiskState turned = DiskState.afterKill(new int[][] {{1, 2}, {3}}, new int[][][] {{{1}, {2, 4}}, {{3}}});
        assertThat(stillVolatile).isEqualTo(turned).isNotEqualTo(durable);
        assertThat(stillVolatile.bytes()).isEqualTo(durable.bytes());
        assertThat(Set.of(durable, stillVolatile)).contains(DiskState.afterKill(new int[][] {{1, 2}, {3}},
                new int[][][] {{{1}, {2}}, {{3}}}));
        assertThat(Arrays.asList(durable.may(0, 1))).hasSize(1);
    }
}
