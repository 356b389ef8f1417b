package dev.lockstep.crash.enumerate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.crash.inside.Stamp;
import dev.lockstep.log.LogFormat;
import dev.lockstep.log.LogImage;
import dev.lockstep.region.Policy;
import dev.lockstep.store.Leg;
import dev.lockstep.volume.Layout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What looks after a volume whose legs are changed: that it sees what is wrong. */
class OpenedVolumeTest {
    private static final Layout LAYOUT = new Layout(2 * 4096, 4096, 2, 0);
    private static final int BLOCKS = 16;

    private final Setting setting = new Setting(Policy.BOUNCE_COPY, LAYOUT, LogFormat.HARDENED, true,
            Optional.of(new LegChange.Wanted(LegChange.Kind.REPLACE, 1, 2)), Wiring.DIRECT);
    private final QueuedSteps steps = new QueuedSteps();
    private final Told told = new Told();
    private DiskState found;
    private OpenedVolume opened;

    @BeforeEach
    void openTwoLegsAndADeviceThatIsNone() throws IOException {
        long[] content = {0};
        found = Beginning.choose(setting, Plan.REPLACE, new Random(1), told, () -> ++content[0]);
        opened = OpenedVolume.open(setting, List.copyOf(setting.devices(found, new Journal())), List.of(0, 1), 0, steps);
        run();
    }

    private void run() {
        Random random = new Random(0);
        while (!steps.isEmpty()) {
            steps.pick(random).body().run();
        }
    }

    private static Promise nothingBut(long content) {
        return new Promise(0, IntStream.range(0, BLOCKS).mapToObj(block -> Set.of(content)).toList(), false);
    }

    @Test
    void whatIsReadHasToBeWhatTheUserKnowsOf() throws IOException {
        opened.read(told.afterKill());
        assertThatThrownBy(() -> opened.read(nothingBut(999))).isInstanceOf(IOException.class).hasMessageContaining("one of [999] is expected");
    }

    @Test
    void aLegIsNotReadThatIsOutOfUseOrNotTheOneThatHasThePlace() throws IOException {
        ByteBuffer block = ByteBuffer.allocate(Stamp.BLOCK);
        Leg source = opened.leg(0, 0);
        source.read(block, 0);
        assertThatThrownBy(() -> opened.leg(1, 2).read(block.clear(), 0)).hasMessage("region 0 is read from leg 1, device 2, which need not have it");
        for (int region = 0; region < LAYOUT.regions(); region++) {
            opened.volume().resync(region);
            run();
        }
        Leg other = opened.leg(1, 1);
        other.read(block.clear(), 0);
        opened.volume().putOut(1, new IOException("it is to be replaced"));
        assertThatThrownBy(() -> other.read(block.clear(), 0)).hasMessage("region 0 is read from leg 1, device 1, which need not have it");
        other.read(block.clear(), LAYOUT.bytes());
    }

    private static int[] without(int[] blocks, int first) {
        int[] less = blocks.clone();
        Arrays.fill(less, first, less.length, BlockPool.ZEROS);
        return less;
    }

    private Standing standing(int[] other, int[] log) {
        return setting.standing(DiskState.afterCut(new int[][] {found.now(0), other, found.now(2), log}));
    }

    @Test
    void aStandingSaysWhatNoCrashMayBringAbout() {
        int[] log = found.now(setting.logDevice());
        Standing whole = standing(found.now(1), log);
        assertThat(whole.wrong()).isEmpty();
        assertThat(whole.legsInUse()).containsExactly(0, 1);
        assertThat(standing(without(found.now(1), BLOCKS), log).wrong()).hasValueSatisfying(wrong -> assertThat(wrong)
                .isEqualTo("opening does not trust what a crash left: leg1: has no label that is whole; it is out of use until it is rebuilt"));
        assertThat(standing(found.now(1), without(log, 0)).wrong()).contains("the log says nothing of its volume");
    }

    /** A device with the label of the leg in whose place it is named. */
    @Test
    void aLegThatIsNoneAndIsBelievedIsTold() {
        int[] copy = found.now(1).clone();
        int[] log = setting.made(LogImage.allClean(LAYOUT.regions()));
        Standing standing = setting.standing(DiskState.afterCut(new int[][] {found.now(0), found.now(1), copy, log}));
        assertThat(standing.wrong()).contains("leg2, which is no leg of the volume, is named as leg 1: it is believed");
    }
}
