package dev.lockstep.crash.enumerate;

import dev.lockstep.region.Action;
import dev.lockstep.region.DriverView;
import dev.lockstep.region.RegionState;
import dev.lockstep.region.Step;
import dev.lockstep.volume.Layout;
import dev.lockstep.volume.Volume;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The recovery of a state by the production code: the log is opened, then the volume; every region that is not in sync is
 * resynced, in an order and with its steps in an order that the seed and the state choose; what is in sync is certified; all that
 * goes on until nothing is left to be done. If a change of the legs was cut off it is made again, or a leg that it has put out of use is taken back.
 * Not thread-safe.
 */
final class Recovery {
    private static final int MOST_STEPS = 50_000;
    /** One time in so many something is asked for while steps are still to be run. */
    private static final int ASK_EARLY = 8;
    /** The first recovery opens the volume for the so manieth time; no workload opens it as often. */
    private static final int LIVES = 100;

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
     * @param before how many recoveries were cut off before
     * @param record whether the journal is to be kept
     */
    Result run(DiskState state, int before, boolean record) {
        Journal journal = new Journal();
        List<SimulatedLeg> devices = setting.devices(state, journal);
        if (record) {
            journal.record(devices, () -> null, () -> null);
        }
        return new Result(wrong(state, devices, LIVES + before), journal);
    }

    private Optional<String> wrong(DiskState state, List<SimulatedLeg> devices, int life) {
        try {
            Optional<String> stuck = recover(state, devices, life, new Random(seed ^ state.hashCode()));
            return stuck.isPresent() ? stuck : notConverged(state, devices);
        } catch (IOException | RuntimeException e) {
            return Optional.of("the recovery threw " + e);
        }
    }

    private Optional<String> recover(DiskState state, List<SimulatedLeg> devices, int life, Random random) throws IOException {
        Layout layout = setting.layout();
        QueuedSteps steps = new QueuedSteps();
        // One leg may lag behind the others; with as many as there are legs, none does.
        steps.late(random.nextInt(layout.legs() + 1));
        OpenedVolume opened = OpenedVolume.open(setting, setting.wiring().inRecovery().apply(List.copyOf(devices)),
                setting.standing(state).places(), life, steps);
        Optional<LegChange> change = again(state, opened, random);
        for (int i = 0; i < MOST_STEPS; i++) {
            if (!steps.isEmpty() && random.nextInt(ASK_EARLY) > 0) {
                steps.pick(random).body().run();
                continue;
            }
            boolean atRest = steps.isEmpty();
            if (!ask(opened, change, random) && atRest) {
                return opened.volume().inspect(driver -> unrecovered(driver, layout));
            }
        }
        return Optional.of("the recovery did not end in " + MOST_STEPS + " steps");
    }

    /** The change of the legs that a crash has cut off, if it is to be made after all. */
    private Optional<LegChange> again(DiskState state, OpenedVolume opened, Random random) {
        return setting.change().filter(wanted -> setting.labels() && !wanted.isMade(setting.standing(state)) && random.nextBoolean())
                .map(wanted -> new LegChange(wanted, opened));
    }

    /** Asks for what the recovery needs next; false if it needs nothing, or would not get it. */
    private boolean ask(OpenedVolume opened, Optional<LegChange> change, Random random) throws IOException {
        Volume volume = opened.volume();
        if (change.isPresent() && !change.get().isOver() ? change.get().goOn() : opened.readmit()) {
            return true;
        }
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
        Standing before = setting.standing(state);
        Standing after = setting.standing(now(devices));
        if (after.wrong().isPresent()) {
            return Optional.of("after the recovery " + after.wrong().get());
        }
        BitSet desyncs = setting.desyncs(state);
        int[] wanted = state.now(before.source());
        for (int leg : after.legsInUse()) {
            for (int block = 0; block < setting.blocks(); block++) {
                int holds = devices.get(leg).blocks().visible(block);
                if (holds != wanted[block] && !(desyncs.get(block) && isLeft(state, before, leg, block, holds))) {
                    return Optional.of("after the recovery block " + block + " of leg " + leg
                            + " does not hold what the source held before");
                }
            }
        }
        int dirty = setting.log(now(devices)).dirtyCount();
        return dirty == 0 ? Optional.empty() : Optional.of("after the recovery region " + setting.log(now(devices)).nextDirty(0) + " is dirty in the log");
    }

    /** Whether a desync is what it was: a leg holds what it held, or, if its volume has got another source, what any leg held. */
    private boolean isLeft(DiskState state, Standing before, int leg, int block, int content) {
        return setting.change().isEmpty() ? content == state.now(leg)[block]
                : before.legsInUse().stream().anyMatch(each -> content == state.now(each)[block]);
    }

    private static DiskState now(List<SimulatedLeg> devices) {
        return DiskState.afterCut(devices.stream().map(device -> IntStream.range(0, device.blocks().length())
                .map(device.blocks()::visible).toArray()).toArray(int[][]::new));
    }
}
