package dev.lockstep.crash.enumerate;

import dev.lockstep.region.Action;
import dev.lockstep.region.RegionState;
import dev.lockstep.region.Step;
import dev.lockstep.region.Sweep;
import java.io.IOException;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * What the directed plans do, a turn at a time. A turn writes a region at a moment that matters, and has the writes to one leg come
 * late, or to none: a leg that lags behind is what a mirror has to reckon with, and steps that are all equally likely seldom make
 * one. Not thread-safe.
 */
final class Turns {
    /** So many steps bring a region that is written to rest, if anything does. */
    private static final int MOST_STEPS = 100;
    private static final int A_FEW = 6;
    private static final int MOSTLY = 4;

    private final Setting setting;
    private final UsedVolume used;
    private final boolean marksAtOnce;
    private final Random random;
    private int taken;

    /**
     * Turns of a workload.
     *
     * @param setting     the volume's
     * @param used        the volume
     * @param marksAtOnce whether a page is marked page-dirty with the store that changes it
     * @param random      decides everything
     */
    Turns(Setting setting, UsedVolume used, boolean marksAtOnce, Random random) {
        this.setting = setting;
        this.used = used;
        this.marksAtOnce = marksAtOnce;
        this.random = random;
    }

    /** Takes a turn of a plan. */
    void take(Plan plan) throws IOException {
        switch (plan) {
            case RESYNC -> resync();
            case MARK -> mark();
            default -> throw new IllegalArgumentException("a plan for " + plan + " has no turns");
        }
    }

    /** A region is resynced, and is written: in one turn before that, in the next meanwhile, in the next when it is to be marked. */
    private void resync() throws IOException {
        int moment = taken++ % 3;
        int region = any(state -> state == RegionState.NOSYNC);
        // Before the resync a write goes to the source alone, so that is the leg that has to lag behind.
        used.late(moment == 0 ? setting.layout().source() : anyLegOrNone());
        until(() -> used.enabled(Step.of(Action.RESYNC_BEGIN, region)));
        if (moment == 0) {
            write(region);
            someOrAll();
        }
        used.volume().resync(region);
        if (moment == 1) {
            some(A_FEW);
            write(region);
        }
        until(() -> used.state(region) == RegionState.CLEAN);
        used.volume().certify();
        if (moment == 2) {
            until(() -> used.chosen(region));
            write(region);
        }
        all();
    }

    /** A region that has drained is written while it is about to be marked clean: in one turn in a sweep, in the next in a round. */
    private void mark() throws IOException {
        int region = any(state -> state != RegionState.NOSYNC);
        used.late(UsedVolume.NO_LEG);
        write(region);
        until(() -> used.enabled(Step.of(Action.NOMINATE)) || used.enabled(Step.of(Action.CERTIFY_BEGIN)));
        if (random.nextInt(MOSTLY) == 0) {
            // Then the sync() of a sweep takes some time.
            used.store(used.anyPageOf((region + 1) % setting.layout().regions()), marksAtOnce);
        }
        used.late(random.nextInt(setting.layout().legs()));
        if (used.enabled(Step.of(Action.NOMINATE))) {
            used.volume().sweep();
        } else {
            used.volume().certify();
        }
        boolean swept = taken++ % 2 == 0;
        until(() -> swept && used.sweep() != Sweep.IDLE || used.chosen(region));
        some(A_FEW / 2);
        // A write that does not go through the cache is submitted at once, and no sync() waits for it.
        write(region, random.nextInt(MOSTLY) > 0);
        all();
        used.volume().certify();
        if (random.nextBoolean()) {
            used.flush();
        }
        all();
    }

    /** Something is written, and has come some way. */
    void write() throws IOException {
        write(random.nextInt(setting.layout().regions()));
        some(A_FEW);
    }

    /** A region of which something holds, if there is any, else another. */
    private int any(Predicate<RegionState> wanted) {
        int regions = setting.layout().regions();
        int from = random.nextInt(regions);
        return used.volume().inspect(driver -> {
            for (int i = 0; i < regions; i++) {
                if (wanted.test(driver.state((from + i) % regions))) {
                    return (from + i) % regions;
                }
            }
            return from;
        });
    }

    /** A leg that is to lag behind, or none. */
    int anyLegOrNone() {
        int leg = random.nextInt(setting.layout().legs() + 1);
        return leg == setting.layout().legs() ? UsedVolume.NO_LEG : leg;
    }

    /** Writes into a region: through the page cache, or directly. */
    private void write(int region) throws IOException {
        write(region, random.nextBoolean());
    }

    /** What is in the cache cannot be written directly; what is being written directly is not written again. */
    private void write(int region, boolean directly) throws IOException {
        long page = used.anyPageOf(region);
        if (!directly || !used.writeDirectly(page)) {
            used.store(page, marksAtOnce);
            used.markOne();
            used.cache().writeBack(page);
        }
    }

    /** Runs less than so many steps, and none that is late. */
    private void some(int most) throws IOException {
        for (int steps = random.nextInt(most); steps > 0 && used.prompt(); steps--) {
            used.runStep();
        }
    }

    private void someOrAll() throws IOException {
        if (random.nextBoolean()) {
            some(A_FEW);
        } else {
            all();
        }
    }

    /** Runs all that is not late. */
    private void all() throws IOException {
        until(() -> false);
    }

    /** Runs steps, and none that is late, until something holds, or for some time. */
    void until(BooleanSupplier holds) throws IOException {
        for (int i = 0; i < MOST_STEPS && used.prompt() && !holds.getAsBoolean(); i++) {
            used.runStep();
        }
    }
}
