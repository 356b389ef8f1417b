package dev.lockstep.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.region.Policy;
import dev.lockstep.region.RegionState;
import dev.lockstep.store.Leg;
import dev.lockstep.volume.Completion;
import dev.lockstep.volume.FileVolume;
import dev.lockstep.volume.Layout;
import dev.lockstep.volume.Rig;
import dev.lockstep.volume.VolumeDescription;
import dev.lockstep.volume.VolumeEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the daemons do about regions that are out of sync, over a volume on files, while time goes by as the test says. */
@Timeout(120)
class DaemonsResyncTest {
    private static final int PAGE = 4096;
    private static final int REGION = 16 << 10;
    private static final Layout LAYOUT = new Layout(4 * REGION, REGION, 2, 0);
    private static final Duration PERIOD = Periods.USUAL.resync();

    @TempDir
    private Path folder;
    private final Clockwork clockwork = new Clockwork();
    private final List<VolumeEvent> events = new CopyOnWriteArrayList<>();
    private FileVolume volume;
    private PageCache cache;

    private void start(Periods periods) {
        volume.listen(events::add);
        cache = new PageCache(volume, PAGE, 2, clockwork::nanos);
        Daemons.start(volume, cache, periods, clockwork, clockwork);
    }

    @AfterEach
    void close() throws IOException {
        if (volume != null) {
            volume.close();
        }
    }

    private FilesSeen files() {
        return new FilesSeen(folder, LAYOUT);
    }

    /** Puts other bytes at the beginning of a region of the second leg, past the volume. */
    private void change(int region) throws IOException {
        files().change(1, (long) region * REGION, FilesSeen.filled(Leg.SECTOR, 77));
    }

    private byte[] onLeg(int leg, int region) throws IOException {
        return files().onLeg(leg, (long) region * REGION, REGION);
    }

    private List<Integer> differing() throws IOException {
        List<Integer> found = new ArrayList<>();
        for (int region = 0; region < LAYOUT.regions(); region++) {
            if (!Arrays.equals(onLeg(0, region), onLeg(1, region))) {
                found.add(region);
            }
        }
        return found;
    }

    private List<VolumeEvent.Kind> told() {
        return events.stream().map(VolumeEvent::kind).filter(kind -> kind.name().startsWith("RESYNC_")).toList();
    }

    /** Files as a crash leaves them while every region is in use, and a volume over them whose second leg differs in all. */
    private void openAfterACrash(Policy policy) throws IOException {
        FilesSeen used = new FilesSeen(Files.createDirectory(folder.resolve("used")), LAYOUT);
        try (FileVolume before = FileVolume.create(used.log(), used.legs(), LAYOUT, policy)) {
            before.write(FilesSeen.filled(4 * REGION, 1), 0);
            for (String name : List.of("log", "leg0", "leg1")) {
                Files.copy(used.folder().resolve(name), folder.resolve(name));
            }
        }
        for (int region = 0; region < LAYOUT.regions(); region++) {
            change(region);
        }
        volume = FileVolume.open(files().log(), VolumeDescription.of(files().legs(), LAYOUT), policy);
        assertThat(Rig.in(volume.volume(), RegionState.NOSYNC)).hasSize(4);
    }

    @Test
    void whatACrashHasLeftOutOfSyncIsResyncedAndMarkedClean() throws IOException {
        openAfterACrash(Policy.BOUNCE_COPY);
        start(Periods.USUAL);
        clockwork.pass(PERIOD.minusNanos(1));
        assertThat(differing()).containsExactly(0, 1, 2, 3);
        clockwork.pass(PERIOD);
        assertThat(differing()).isEmpty();
        assertThat(onLeg(1, 3)).containsOnly(1);
        while (!files().dirtyInLog().isEmpty()) {
            // The log is written when a region is CLEAN already, maybe on a thread of the volume's.
            volume.flush();
        }
        assertThat(Rig.in(volume.volume(), RegionState.CLEAN)).hasSize(4);
        volume.close();
        assertThat(told()).containsExactly(VolumeEvent.Kind.RESYNC_BEGUN, VolumeEvent.Kind.RESYNC_ENDED);
    }

    @Test
    void itGoesNoFasterThanItMay() throws IOException {
        openAfterACrash(Policy.BOUNCE_COPY);
        Periods usual = Periods.USUAL;
        // A region on two legs takes three periods.
        long pace = 2L * REGION / (3 * PERIOD.toSeconds());
        start(new Periods(usual.wakeUp(), usual.expiry(), usual.flushPeriod(), usual.sweep(), usual.patience(), usual.certify(),
                usual.resync(), pace));
        clockwork.pass(PERIOD);
        assertThat(differing()).containsExactly(1, 2, 3);
        clockwork.pass(PERIOD.multipliedBy(3).minusNanos(1));
        assertThat(differing()).containsExactly(1, 2, 3);
        clockwork.pass(PERIOD);
        assertThat(differing()).containsExactly(2, 3);
        clockwork.pass(PERIOD.multipliedBy(7));
        assertThat(differing()).isEmpty();
    }

    /** Without a resync a region whose legs were found to differ would stay so, and be read from one leg, until it is opened again. */
    @Test
    void whatAComparisonFindsDifferentIsMadeEqual() throws IOException {
        volume = FileVolume.create(files().log(), files().legs(), LAYOUT, Policy.COMPARE_LEGS);
        start(Periods.USUAL);
        cache.storeMapped(0, FilesSeen.filled(PAGE, 1));
        cache.storeMapped(2L * REGION, FilesSeen.filled(PAGE, 2));
        cache.sync();
        change(2);
        while (!files().dirtyInLog().isEmpty()) {
            clockwork.pass(Duration.ofMinutes(2));
            cache.sync();
            volume.flush();
        }
        assertThat(differing()).isEmpty();
        assertThat(onLeg(1, 2)).startsWith(FilesSeen.filled(PAGE, 2).array());
        volume.close();
        assertThat(told()).containsExactly(VolumeEvent.Kind.RESYNC_BEGUN, VolumeEvent.Kind.RESYNC_ENDED);
    }

    @Test
    void aVolumeThatIsClosedWithRegionsOutOfSyncIsLeftAlone() throws IOException {
        openAfterACrash(Policy.BOUNCE_COPY);
        start(Periods.USUAL);
        volume.close();
        clockwork.pass(Duration.ofMinutes(5));
        assertThat(differing()).containsExactly(0, 1, 2, 3);
        assertThat(told()).isEmpty();
    }

    @Test
    void aVolumeThatHasStoppedIsLeftAlone() throws IOException {
        openAfterACrash(Policy.BOUNCE_COPY);
        start(Periods.USUAL);
        // What a completion must not do stops the volume, as a failed log does.
        volume.volume().submit(ByteBuffer.allocateDirect(Leg.SECTOR), 0, Completion.of(() -> {
            throw new IllegalArgumentException("a completion that throws");
        }));
        assertThatThrownBy(() -> {
            while (true) {
                volume.flush();
            }
        }).isInstanceOf(IOException.class);
        clockwork.pass(Duration.ofMinutes(5));
        assertThat(differing()).contains(1, 2, 3);
        assertThatThrownBy(volume::close).isInstanceOf(Exception.class);
        assertThat(told()).isEmpty();
    }
}
