package dev.lockstep.volume;

import dev.lockstep.region.DriverView;
import dev.lockstep.region.RegionState;
import java.io.IOException;
import java.util.function.LongSupplier;

/**
 * Resyncs what is out of sync, one region after another, beside the volume's users: spec actions {@code ResyncBegin} to
 * {@code ResyncEnd} of each region, and a {@code CertifyBegin} now and then.
 *
 * <p>Clean regions are not looked at. A region that gets out of sync meanwhile is resynced too. It ends when no region is out of
 * sync. A write to a region that is being resynced waits until that is over; a pause, or the wait that a pace asks for, comes
 * between two regions, when no write waits. So a region is copied as fast as it goes, whatever the pace: the average is kept.
 *
 * <p>Regions that were resynced are marked clean durably {@value #BYTES_CERTIFIED_TOGETHER} bytes at a time, which takes a flush of
 * each leg and of the log, and at the end. What is marked is not resynced again after a crash; so a crash costs at most that
 * much and a region. A resync that is stopped, or ended by the volume's close or a crash, is gone on with by another
 * {@code Resyncer}, then or when the volume is opened again: there is nothing to be kept of this one.
 *
 * <p>When the volume is closed the region under way is resynced, and no other. Thread-safe.
 */
public final class Resyncer extends PacedTask {
    /** How much is resynced before it is marked clean durably, in bytes. */
    public static final long BYTES_CERTIFIED_TOGETHER = 64L << 20;

    private final TaskVolume volume;
    private final Layout layout;
    private final TaskProgress.Listener listener;
    /** The regions before this one were in sync when they were last looked at. */
    private int from;
    private long uncertified;
    private volatile long regionsDone;
    private volatile long bytesDone;

    /**
     * A resync of a volume, to be {@linkplain #start started}.
     *
     * @param volume         the volume, open
     * @param bytesPerSecond how many bytes it may read and write a second, each leg counted; 0 for no limit
     */
    public Resyncer(FileVolume volume, long bytesPerSecond) {
        this(volume, bytesPerSecond, System::nanoTime, TaskProgress.Listener.NONE);
    }

    /**
     * A resync of a volume, to be {@linkplain #start started} or {@linkplain #step stepped}.
     *
     * @param volume         the volume, open
     * @param bytesPerSecond how many bytes it may read and write a second, each leg counted; 0 for no limit
     * @param nanoTime       the clock: nanoseconds from any origin, never going back
     * @param listener       told after each region, and at the end
     */
    public Resyncer(FileVolume volume, long bytesPerSecond, LongSupplier nanoTime, TaskProgress.Listener listener) {
        this(volume.forTasks(), bytesPerSecond, nanoTime, listener);
    }

    Resyncer(TaskVolume volume, long bytesPerSecond, LongSupplier nanoTime, TaskProgress.Listener listener) {
        super(bytesPerSecond, nanoTime);
        this.volume = volume;
        this.layout = volume.volume().layout();
        this.listener = listener;
    }

    @Override
    long region() throws IOException {
        int region = next();
        if (region < 0) {
            return ENDED;
        }
        if (!volume.attend(ended -> begin(region, ended))) {
            return ENDED;
        }
        long bytes = layout.bytesOf(region);
        from = region + 1;
        regionsDone++;
        bytesDone += bytes;
        uncertified += bytes;
        if (uncertified >= BYTES_CERTIFIED_TOGETHER) {
            certify();
        }
        listener.progressed(progress());
        return bytes * volume.volume().shell().tasks().legsInUse().size();
    }

    /** A volume that has stopped refuses: then no resync has begun. */
    private void begin(int region, Completion ended) throws IOException {
        volume.volume().shell().tasks().resync(region, ended);
        if (regionsDone == 0) {
            volume.tell(VolumeEvent.of(VolumeEvent.Kind.RESYNC_BEGUN, "a resync has begun"));
        }
    }

    private int next() {
        int found = volume.volume().inspect(driver -> driver.nextOutOfSync(from));
        return found >= 0 ? found : volume.volume().inspect(driver -> driver.nextOutOfSync(0));
    }

    private void certify() throws IOException {
        volume.attend(volume.volume().shell().rounds()::certify);
        uncertified = 0;
    }

    @Override
    void atEnd() throws IOException {
        if (regionsDone > 0) {
            if (uncertified > 0) {
                certify();
            }
            volume.tell(VolumeEvent.of(VolumeEvent.Kind.RESYNC_ENDED, "the resync has ended: " + regionsDone + " regions"));
        }
        listener.progressed(progress());
    }

    /** {@return how far it has come; what is left is what is out of sync now, the region under way included} */
    @Override
    public TaskProgress progress() {
        int last = layout.regions() - 1;
        return volume.volume().inspect(driver -> {
            long left = driver.count(RegionState.NOSYNC) + driver.count(RegionState.RECOVERING);
            long cutShort = outOfSync(driver, last) ? layout.regionBytes() - layout.bytesOf(last) : 0;
            return new TaskProgress(regionsDone, left, bytesDone, left * layout.regionBytes() - cutShort);
        });
    }

    private static boolean outOfSync(DriverView driver, int region) {
        return driver.state(region) == RegionState.NOSYNC || driver.state(region) == RegionState.RECOVERING;
    }
}
