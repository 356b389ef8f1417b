package dev.lockstep.crash.enumerate;

import dev.lockstep.region.Action;
import dev.lockstep.region.RegionState;
import dev.lockstep.region.Step;
import java.io.IOException;
import java.util.Random;

/**
 * What the plans do in which a leg is added, removed or replaced. What is written before that may still be on its way, and a leg may lag
 * behind; while it is done something is written; and what is written after it meets regions that are resynced. What is read at any time has
 * to be what was written. Not thread-safe.
 */
final class ChangeTurns {
    private static final int MOST_TURNS = 2_000;
    private static final int WRITES = 3;
    private static final int ONE_IN = 12;
    private static final int MOSTLY = 4;

    private final Setting setting;
    private final UsedVolume used;
    private final Told told;
    private final Turns turns;
    private final Random random;

    ChangeTurns(Setting setting, UsedVolume used, Told told, Turns turns, Random random) {
        this.setting = setting;
        this.used = used;
        this.told = told;
        this.turns = turns;
        this.random = random;
    }

    /** Among writes. */
    void inUse() throws IOException {
        if (random.nextBoolean()) {
            resyncAll(true);
        }
        used.late(turns.anyLegOrNone());
        turns.write();
        if (random.nextBoolean()) {
            used.flush();
        }
        change();
        told.legsChanged();
        turns.write();
        resync();
    }

    /** Every region that is out of sync is resynced while something is written, which is then read. */
    void resync() throws IOException {
        used.opened().read(told.afterKill());
        used.late(turns.anyLegOrNone());
        resyncAll(true);
        used.late(UsedVolume.NO_LEG);
        used.flush();
        used.settle();
        used.opened().read(told.afterKill());
    }

    private void change() throws IOException {
        LegChange change = new LegChange(setting.change().orElseThrow(), used.opened());
        int left = WRITES;
        // What is written before it is recorded that a leg is out of use must wait for that.
        boolean before = random.nextInt(MOSTLY) > 0;
        used.lateRecord(before);
        for (int turn = 0; !change.isOver(); turn++) {
            if (turn == MOST_TURNS) {
                throw new IOException("the legs were not changed in " + MOST_TURNS + " steps");
            }
            if (before && change.hasPutOut()) {
                before = false;
                used.late(UsedVolume.NO_LEG);
                turns.write();
                turns.until(() -> false);
                used.lateRecord(false);
            } else if (left > 0 && random.nextInt(ONE_IN) == 0) {
                left--;
                turns.write();
                used.opened().read(told.afterKill());
            } else if (random.nextBoolean() && used.prompt()) {
                used.runStep();
            } else if (!change.goOn()) {
                wait(change);
            }
        }
    }

    /** Something has to come first. */
    private void wait(LegChange change) throws IOException {
        if (used.atRest()) {
            // The source is not put out while it alone has what is out of sync.
            resyncAll(false);
        } else if (!change.isOver()) {
            used.runStep();
        }
    }

    /** Region by region; while one is resynced something may be written. */
    private void resyncAll(boolean writing) throws IOException {
        for (int region = 0; region < setting.layout().regions(); region++) {
            int each = region;
            turns.until(() -> used.enabled(Step.of(Action.RESYNC_BEGIN, each)));
            used.volume().resync(region);
            if (writing && random.nextInt(WRITES) == 0) {
                turns.write();
            }
            turns.until(() -> used.state(each) != RegionState.RECOVERING && used.state(each) != RegionState.NOSYNC);
        }
        used.settle();
        used.volume().certify();
        used.settle();
    }
}
