package dev.lockstep.crash.enumerate;

import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.LogImage;
import dev.lockstep.region.Action;
import dev.lockstep.region.DriverView;
import dev.lockstep.region.RegionState;
import dev.lockstep.region.Step;
import dev.lockstep.store.Leg;
import dev.lockstep.volume.Layout;
import dev.lockstep.volume.Volume;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The recovery of a state by the production code: the log is opened, then the volume; every region that is not in sync is
 * resynced, in an order and with its steps in an order that the seed and the state choose; what is in sync is certified; all that
 * goes on until nothing is left to be done. Not thread-safe.
 */
final class Recovery {
    private static final int MOST_STEPS = 50_000;
    /** One time in so many something is asked for while steps are still to be run. */
    private static final int ASK_EARLY = 8;

    private final Setting setting;
    private final long seed;

    Recovery(Setting setting, long seed) {
        this.setting = setting;
        this.seed = seed;
    }

    /**
     * What came of it.
     *
     * @param wrong   what is wrong with it, as a sentence
     * @param journal what happened on the devices, if that was asked for
     */
    record Result(Optional<String> wrong, Journal journal) {
    }

    /**
     * Recovers a state.
     *
     * @param state  what a crash left
     * @param record whether the journal is to be kept
     */
    Result run(DiskState state, boolean record) {
        Journal journal = new Journal();
        List<SimulatedLeg> devices = setting.devices(state, journal);
        if (record) {
            journal.record(devices, () -> null, () -> null);
        }
        return new Result(wrong(state, devices), journal);
    }

    private Optional<String> wrong(DiskState state, List<SimulatedLeg> devices) {
        try {
            Optional<String> stuck = recover(devices, new Random(seed ^ state.hashCode()));
            return stuck.isPresent() ? stuck : notConverged(state, devices);
        } catch (RuntimeException e) {
            return Optional.of("the recovery threw " + e);
        }
    }

    private Optional<String> recover(List<SimulatedLeg> devices, Random random) {
        Layout layout = setting.layout();
        List<Leg> wired = setting.wiring().inRecovery().apply(List.copyOf(devices));
        QueuedSteps steps = new QueuedSteps();
        // One leg may lag behind the others; with as many as there are legs, none does.
        steps.late(random.nextInt(layout.legs() + 1));
        DirtyRegionLog log = setting.open(wired.get(layout.legs()));
        Volume volume = Volume.open(layout, wired.subList(0, layout.legs()), log, setting.policy(), steps);
        for (int i = 0; i < MOST_STEPS; i++) {
            if (!steps.isEmpty() && random.nextInt(ASK_EARLY) > 0) {
                steps.pick(random).body().run();
                continue;
            }
            boolean atRest = steps.isEmpty();
            if (!ask(volume, random) && atRest) {
                return volume.inspect(driver -> unrecovered(driver, layout));
            }
        }
        return Optional.of("the recovery did not end in " + MOST_STEPS + " steps");
    }

    /** Asks for what the recovery needs next; false if it needs nothing, or would not get it. */
    private boolean ask(Volume volume, Random random) {
        int regions = setting.layout().regions();
        int from = random.nextInt(regions);
        for (int i = 0; i < regions; i++) {
            int region = (from + i) % regions;
            if (volume.inspect(driver -> driver.enabled(Step.of(Action.RESYNC_BEGIN, region)))) {
                volume.resync(region);
                return true;
            }
        }
        if (volume.inspect(driver -> driver.enabled(Step.of(Action.CERTIFY_BEGIN)))) {
            volume.certify();
            return true;
        }
        return false;
    }

    private static Optional<String> unrecovered(DriverView driver, Layout layout) {
        for (int region = 0; region < layout.regions(); region++) {
            if (driver.state(region) != RegionState.CLEAN || !driver.bit(region)) {
                return Optional.of("the recovery has come to rest, and region " + region + " is " + driver.state(region)
                        + (driver.bit(region) ? "" : " and not marked clean"));
            }
        }
        return Optional.empty();
    }

    /** What was a desync before stays one, as nobody can know of it; all else is to be equal, and as it was on the source. */
    private Optional<String> notConverged(DiskState state, List<SimulatedLeg> devices) {
        Layout layout = setting.layout();
        BitSet desyncs = setting.desyncs(state);
        int[] wanted = state.now(layout.source());
        for (int leg = 0; leg < layout.legs(); leg++) {
            for (int block = 0; block < setting.blocks(); block++) {
                boolean kept = leg == layout.source() || !desyncs.get(block);
                if (devices.get(leg).blocks().visible(block) != (kept ? wanted[block] : state.now(leg)[block])) {
                    return Optional.of("after the recovery block " + block + " of leg " + leg
                            + " does not hold what the source held before");
                }
            }
        }
        VolatileBlocks log = devices.get(layout.legs()).blocks();
        LogImage image = setting.log(IntStream.range(0, log.length()).map(log::visible).toArray());
        return image.dirtyCount() == 0 ? Optional.empty()
                : Optional.of("after the recovery region " + image.nextDirty(0) + " is dirty in the log");
    }
}
