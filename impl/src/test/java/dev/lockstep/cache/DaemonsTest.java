package dev.lockstep.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.region.Policy;
import dev.lockstep.region.RegionState;
import dev.lockstep.volume.Completion;
import dev.lockstep.volume.FileVolume;
import dev.lockstep.volume.Layout;
import dev.lockstep.volume.Rig;
import dev.lockstep.volume.SyncHook;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Daemons over a volume on files, and time that goes by as the test says. */
@Timeout(120)
class DaemonsTest {
    static final List<Policy> POLICIES = Policy.all();
    private static final int PAGE = 4096;
    private static final Layout LAYOUT = new Layout(4 * (16 << 10), 16 << 10, 2, 0);
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    private Path folder;
    private final Clockwork clockwork = new Clockwork();
    private FileVolume volume;
    private PageCache cache;
    private Daemons daemons;

    private void start(Policy policy) throws IOException {
        volume = FileVolume.create(files().log(), files().legs(), LAYOUT, policy);
        cache = new PageCache(volume, PAGE, 2, clockwork::nanos);
        daemons = Daemons.start(volume, cache, Periods.USUAL, clockwork, clockwork);
    }

    @AfterEach
    void close() throws IOException {
        Thread.interrupted();
        if (volume != null) {
            volume.close();
        }
    }

    private FilesSeen files() {
        return new FilesSeen(folder, LAYOUT);
    }

    private static ByteBuffer filled(int with) {
        return FilesSeen.filled(PAGE, with);
    }

    private byte[] onLeg(int leg, long page) throws IOException {
        return files().onLeg(leg, page * PAGE, PAGE);
    }

    /** What was asked of the volume so far is done when a flush that is asked for after it is. */
    private void settle() throws IOException {
        cache.sync();
        volume.flush();
    }

    private void awaitState(RegionState state) throws IOException {
        while (!Rig.in(volume.volume(), state).contains(0)) {
            volume.flush();
        }
    }

    @ParameterizedTest
    @FieldSource("POLICIES")
    void anUnmountWritesBackAndLeavesEveryRegionClean(Policy policy) throws IOException {
        start(policy);
        for (int page = 0; page < 16; page++) {
            cache.storeMapped((long) page * PAGE, filled(page + 1));
        }
        try (PagePin pin = cache.pin(3)) {
            pin.memory().put(0, (byte) 77);
            cache.markDirty(3);
        }
        Thread.currentThread().interrupt();
        daemons.unmount();
        assertThat(Thread.interrupted()).as("the interrupt is pending").isTrue();
        for (int leg = 0; leg < 2; leg++) {
            for (int page = 0; page < 16; page++) {
                byte[] expected = filled(page + 1).array();
                expected[0] = page == 3 ? 77 : expected[0];
                assertThat(onLeg(leg, page)).as("page " + page + " of leg " + leg).isEqualTo(expected);
            }
        }
        assertThat(files().dirtyInLog()).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("POLICIES")
    void pagesAreWrittenBackWhenTheyAreOldEnoughAndRegionsBecomeCleanByThemselves(Policy policy) throws IOException {
        start(policy);
        cache.storeMapped(0, filled(1));
        clockwork.pass(Duration.ofSeconds(29));
        assertThat(cache.view().pageDirty(0)).as("it is young").isTrue();
        clockwork.pass(Duration.ofSeconds(6));
        settle();
        assertThat(cache.view().idle()).isTrue();
        assertThat(onLeg(1, 0)).isEqualTo(filled(1).array());
        assertThat(files().dirtyInLog()).containsExactly(0);
        // A sweep goes on by itself on the volume's threads, and a period ends by the clock.
        for (int period = 0; period < 4; period++) {
            clockwork.pass(Duration.ofMinutes(2));
            settle();
        }
        if (policy.equals(Policy.NEVER_CLEAN)) {
            assertThat(Rig.in(volume.volume(), RegionState.DIRTY)).containsExactly(0);
        } else {
            while (!files().dirtyInLog().isEmpty()) {
                clockwork.pass(Duration.ofMinutes(2));
                settle();
            }
            assertThat(Rig.in(volume.volume(), RegionState.CLEAN)).hasSize(4);
        }
    }

    @Test
    void aPeriodLastsAsLongAsItIsToHoweverSoonItsPassEnds() throws IOException {
        start(Policy.FLUSH_PERIOD);
        cache.storeMapped(0, filled(1));
        settle();
        awaitState(RegionState.MAYBE_DIRTY);
        clockwork.pass(Duration.ofSeconds(30));
        while (clockwork.once() < 2) {
            // The sweep calls its sync() on a thread of the volume: then the period has begun, and the wait for it.
            volume.flush();
        }
        assertThat(Rig.in(volume.volume(), RegionState.CLEAN_CANDIDATE)).containsExactly(0);
        clockwork.pass(Duration.ofSeconds(29));
        settle();
        settle();
        assertThat(Rig.in(volume.volume(), RegionState.CLEAN_CANDIDATE)).as("a second is left").containsExactly(0);
        clockwork.pass(SECOND);
        awaitState(RegionState.CLEAN);
    }

    @Test
    void aSyncThatDoesNotReturnIsGivenUpAndALaterSweepGoesThrough() throws IOException {
        start(Policy.MAYBE_DIRTY);
        AtomicInteger begun = new AtomicInteger();
        List<Completion> givenUp = new ArrayList<>();
        volume.syncWith(new ImpatientSync(new SyncHook() {
            @Override
            public void sync(Completion ended) {
                if (begun.incrementAndGet() > 1) {
                    cache.sync(ended);
                }
            }

            @Override
            public void giveUp(Completion ended) {
                givenUp.add(ended);
            }
        }, Duration.ofMinutes(1), clockwork, volume.volume()::giveUpSync));
        cache.storeMapped(0, filled(1));
        settle();
        awaitState(RegionState.MAYBE_DIRTY);
        volume.sweep();
        awaitState(RegionState.CLEAN_CANDIDATE);
        while (begun.get() == 0) {
            settle();
        }
        clockwork.pass(Duration.ofSeconds(59));
        settle();
        assertThat(Rig.in(volume.volume(), RegionState.CLEAN_CANDIDATE)).containsExactly(0);
        clockwork.pass(SECOND);
        awaitState(RegionState.MAYBE_DIRTY);
        assertThat(givenUp).hasSize(1);
        volume.sweep();
        awaitState(RegionState.CLEAN);
        assertThat(begun).hasValue(2);
    }

    @Test
    void closedDaemonsDoNothingAndLeaveNoThread() throws Exception {
        volume = FileVolume.create(files().log(), files().legs(), LAYOUT, Policy.COMPARE_LEGS);
        cache = new PageCache(volume, PAGE, 2);
        Duration often = Duration.ofNanos(1000);
        ThreadSchedule schedule = new ThreadSchedule();
        daemons = Daemons.start(volume, cache, new Periods(often, often, often, often, often, often, often, 1), schedule, new ThreadSchedule());
        cache.storeMapped(0, filled(1));
        while (!cache.view().idle()) {
            volume.flush();
        }
        CountDownLatch ran = new CountDownLatch(3);
        schedule.every(often, () -> {
            ran.countDown();
            throw new IllegalStateException("a task that throws is run again");
        });
        ran.await();
        Thread.currentThread().interrupt();
        daemons.close();
        daemons.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName).doesNotContain("lockstep-daemons");
        cache.storeMapped(0, filled(2));
        schedule.after(often, () -> {
            throw new AssertionError("it is closed");
        });
        assertThat(cache.view().pageDirty(0)).isTrue();
        daemons.unmount();
        assertThat(onLeg(1, 0)).isEqualTo(filled(2).array());
        assertThat(files().dirtyInLog()).isEmpty();
    }

    @Test
    void whileAPageIsBeingChangedNothingIsUnmounted() throws IOException {
        start(Policy.MAYBE_DIRTY);
        cache.store(0, filled(1));
        assertThatThrownBy(daemons::unmount).isInstanceOf(IllegalStateException.class)
                .hasMessage("a page is being changed, and the volume cannot be unmounted");
        cache.markDirty(0);
        daemons.unmount();
        assertThat(onLeg(1, 0)).isEqualTo(filled(1).array());
    }

    @Test
    void whatCannotBeWrittenIsToldByTheUnmountAndTheVolumeIsClosed() throws IOException {
        start(Policy.MAYBE_DIRTY);
        cache.storeMapped(0, filled(1));
        volume.close();
        assertThatThrownBy(daemons::unmount).isInstanceOf(IOException.class)
                .hasMessageStartingWith("what is page-dirty could not be written: ");
        assertThat(Files.exists(folder.resolve("leg0"))).isTrue();
        clockwork.pass(Duration.ofMinutes(5));
    }

    @Test
    void noPeriodIsNothing() {
        assertThatThrownBy(() -> new Periods(SECOND, SECOND, SECOND, Duration.ZERO, SECOND, SECOND, SECOND, 1))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("a period is PT0S; more than nothing is expected");
        assertThatThrownBy(() -> new Periods(SECOND, SECOND, SECOND, SECOND, SECOND, SECOND, SECOND, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the pace of a resync is 0 bytes a second; more than nothing is expected");
    }
}
