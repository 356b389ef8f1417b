package dev.lockstep.volume;

import dev.lockstep.region.Action;
import dev.lockstep.region.RegionState;
import dev.lockstep.region.Step;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The shell's part that serves tasks: resync, scrub and repair, which take up one region after another beside the users. Thread-safe; the
 * methods that make a step are called under the shell's lock.
 */
final class RegionTasks {
    private final Core core;
    private final Writes writes;
    private final Reads reads;

    RegionTasks(Core core, Writes writes, Reads reads) {
        this.core = core;
        this.writes = writes;
        this.reads = reads;
    }

    /**
     * Has new writes to a region wait until it is {@linkplain #release released}, and tells when those before have ended and no
     * resync of it is under way.
     */
    void hold(int region, Completion drained) throws IOException {
        List<Completion> told;
        core.lock.lock();
        try {
            core.requireOpen();
            core.work.hold(region, drained);
            told = core.work.drained(core.machine);
        } finally {
            core.lock.unlock();
        }
        told.forEach(Completion::ended);
    }

    /** Lets the writes that have waited go. */
    void release(int region) {
        List<Step> next = new ArrayList<>();
        core.lock.lock();
        try {
            for (int number : core.work.release(region)) {
                if (!core.stopped()) {
                    next.addAll(writes.submit(number, region));
                }
            }
        } finally {
            core.lock.unlock();
        }
        core.offer(next);
    }

    /** Suspects a region that is held and has drained; told of a failure if it is being resynced, and so was out of sync. */
    void suspect(int region, Completion suspected) throws IOException {
        core.lock.lock();
        try {
            core.requireOpen();
            core.work.forSuspect(region, suspected);
        } finally {
            core.lock.unlock();
        }
        core.offer(Step.of(Action.SUSPECT, region));
    }

    /** Begins to watch a region whose legs are to be read. */
    RegionWatch watch(int region) throws IOException {
        core.lock.lock();
        try {
            core.requireOpen();
            core.machine.quiescePutOff();
            RegionWatch watch = new RegionWatch(region, core.machine.state(region), core.machine.bit(region),
                    core.machine.pending(region));
            core.work.watch(watch);
            return watch;
        } finally {
            core.lock.unlock();
        }
    }

    /** Ends a watch; whether the region was written or resynced meanwhile, or may have been. */
    boolean unwatch(RegionWatch watch) {
        core.lock.lock();
        try {
            core.work.unwatch(watch);
            return watch.touched();
        } finally {
            core.lock.unlock();
        }
    }

    boolean outOfSync(int region) {
        core.lock.lock();
        try {
            return core.machine.state(region) == RegionState.NOSYNC;
        } finally {
            core.lock.unlock();
        }
    }

    /** The leg that a region out of sync is read and resynced from. */
    int source() {
        core.lock.lock();
        try {
            return core.machine.source();
        } finally {
            core.lock.unlock();
        }
    }

    /** The legs that are written and may be read, ascending. */
    List<Integer> legsInUse() {
        core.lock.lock();
        try {
            return IntStream.range(0, core.devices.legs()).filter(leg -> (core.machine.out() & 1 << leg) == 0).boxed().toList();
        } finally {
            core.lock.unlock();
        }
    }

    /** Reads from a leg, whatever the region's state: for those who look at the legs, and not for users. */
    void look(ByteBuffer into, long position, int leg) throws IOException {
        core.lock.lock();
        try {
            core.requireOpen();
        } finally {
            core.lock.unlock();
        }
        reads.look(into, position, leg);
    }

    /** Has a region resynced as soon as that can be; one that is in sync is told of at once. */
    void resync(int region, Completion ended) throws IOException {
        List<Step> next = new ArrayList<>();
        boolean outOfSync;
        core.lock.lock();
        try {
            core.requireOpen();
            RegionState state = core.machine.state(region);
            outOfSync = state == RegionState.NOSYNC || state == RegionState.RECOVERING;
            if (outOfSync) {
                core.work.forResync(region, ended);
                core.work.resyncSteps(core.machine, next);
            }
        } finally {
            core.lock.unlock();
        }
        core.offer(next);
        if (!outOfSync) {
            ended.ended();
        }
    }

    // ---- steps

    Change suspected(int region) {
        List<Step> next = core.machine.suspect(region);
        Completion told = core.work.suspected(region);
        return told == null ? Change.of(next) : new Change(told::ended, next);
    }

    Change suspectMissed(int region) {
        Completion told = core.work.suspected(region);
        return told == null ? Change.NONE
                : new Change(() -> told.failed(new IOException("region " + region + " is out of sync")), List.of());
    }

    Change resyncBegin(int region) {
        core.work.touched(region);
        return Change.of(core.machine.resyncBegin(region));
    }

    Change resyncEnd(int region) {
        List<Step> next = core.machine.resyncEnd(region);
        List<Completion> told = new ArrayList<>(core.work.resynced(region));
        told.addAll(core.work.drained(core.machine));
        return new Change(() -> {
            core.meter.regionsResynced.increment();
            core.tell(VolumeEvent.ofRegion(VolumeEvent.Kind.REGION_RESYNCED, region, "region " + region + " is resynced"));
            told.forEach(Completion::ended);
        }, withResyncs(next).next());
    }

    /** Adds the resync that somebody waits for, if it has become possible. */
    Change withResyncs(List<Step> possible) {
        List<Step> next = new ArrayList<>(possible);
        core.work.resyncSteps(core.machine, next);
        return Change.of(next);
    }
}
