package dev.lockstep.crash.inside;

import dev.lockstep.cache.PageCache;
import dev.lockstep.region.CleanWhen;
import dev.lockstep.region.RegionState;
import dev.lockstep.store.Access;
import dev.lockstep.store.FileLeg;
import dev.lockstep.store.Leg;
import dev.lockstep.volume.Layout;
import dev.lockstep.volume.ThreadSteps;
import dev.lockstep.volume.Volume;
import dev.lockstep.volume.VolumeListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A volume of a child, open over the rig's legs, with a page cache. Thread-safe. */
final class OpenVolume {
    /** As in the kernel. */
    static final int PAGE = 4096;
    /** How many pages may be under write-back at one time. */
    private static final int SLOTS = 8;
    private static final int THREADS = 4;

    private final List<Leg> devices = new ArrayList<>();
    private final ThreadSteps steps = new ThreadSteps(THREADS);
    private final Volume volume;
    private final PageCache cache;

    /**
     * Opens one.
     *
     * @param task   which
     * @param teller told of the cache's writes, and when the point is reached
     * @throws IOException if a leg or the log cannot be opened
     */
    OpenVolume(ChildTask task, Teller teller) throws IOException {
        for (Path leg : task.legs()) {
            devices.add(device(leg, task, teller));
        }
        Leg log = device(task.log(), task, teller);
        Layout layout = task.layout();
        ToldSteps told = new ToldSteps(steps, SLOTS, teller);
        VolumeLog.Opened opened = VolumeLog.open(layout, List.copyOf(devices), log);
        volume = Volume.open(layout, List.copyOf(devices), opened.log(), opened.record(), task.policy(), told, VolumeListener.NONE);
        devices.add(log);
        cache = new PageCache(volume, told, PAGE, SLOTS);
        told.tellOf(cache.view());
        volume.syncWith(task.policy().cleanWhen() == CleanWhen.PERIOD ? cache::pass : cache);
    }

    /** The source and the log are never late: what differs is told by the other legs. */
    private Leg device(Path path, ChildTask task, Teller teller) throws IOException {
        int number = devices.size();
        Optional<Point> point = task.point().filter(where -> where.device() == number);
        boolean late = number != task.layout().source() && number < task.legs().size();
        return new RigLeg(FileLeg.open(path, Access.READ_WRITE), point, late ? task.slowMicros() : 0, teller);
    }

    Volume volume() {
        return volume;
    }

    PageCache cache() {
        return cache;
    }

    /** Waits until nothing is left to be done that was asked for. */
    void rest() {
        steps.await();
    }

    /** {@return whether the legs of a region may differ, and nobody resynchronises it} */
    boolean outOfSync(int region) {
        return volume.inspect(driver -> driver.state(region) == RegionState.NOSYNC);
    }

    /**
     * Writes all that is page-dirty, unmounts and closes.
     *
     * @throws IOException if something fails
     */
    void unmount() throws IOException {
        Waiter synced = new Waiter();
        cache.sync(synced);
        synced.await();
        rest();
        Waiter unmounted = new Waiter();
        volume.unmount(unmounted);
        unmounted.await();
        steps.close();
        for (Leg device : devices) {
            device.close();
        }
    }
}
