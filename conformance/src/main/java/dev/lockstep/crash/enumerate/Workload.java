package dev.lockstep.crash.enumerate;

import dev.lockstep.region.Action;
import dev.lockstep.region.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A bounded use of a volume, of one thread, that a seed decides: stores into pages while they are written, between the legs'
 * writes and in the middle of them; write-back, direct writes, flushes, certifying, sweeps, resyncs, an unmount, a kill. It leaves the
 * journal of what its devices did. Not thread-safe.
 */
final class Workload {
    /** When a page is marked page-dirty: with the store that changes it, or some time after. */
    enum Marking { AT_ONCE, LATER }

    /** How a workload ends. */
    enum Ending {
        /** All is written, and the volume is unmounted. */
        UNMOUNT,
        /** What is under way comes to an end, and what has drained is marked clean if the policy allows it. */
        REST,
        /** The same, after a store between two legs' writes of a page that is not written again: the story of the mail. */
        TEAR
    }

    private static final int IN_MIDDLE = 24;
    private static final int MARK_ONE_IN = 8;
    /** Of a directed plan: as many as there are moments at which one of them writes. */
    private static final int TURNS = 3;

    private final Setting setting;
    private final Plan plan;
    private final Marking marking;
    private final Random random;
    private final Journal journal = new Journal();
    private final Told told = new Told();
    private final List<SimulatedLeg> devices = new ArrayList<>();
    private final UsedVolume used;
    private final Turns turns;
    private final ChangeTurns changes;
    private final DiskState found;
    private boolean storesInMiddle;
    private long nextContent;

    /**
     * A use that has not begun.
     *
     * @param setting   the volume's
     * @param plan      what it is about
     * @param marking   when pages are marked page-dirty
     * @param pageBytes the length of a page
     * @param content   the first number of a content; no content has been given a greater one
     * @param random    decides everything
     */
    Workload(Setting setting, Plan plan, Marking marking, int pageBytes, long content, Random random) {
        this.setting = setting;
        this.plan = plan;
        this.marking = marking;
        this.random = random;
        this.nextContent = content;
        this.used = new UsedVolume(setting, pageBytes, this::next, random, journal, told);
        this.turns = new Turns(setting, used, marking == Marking.AT_ONCE, random);
        this.changes = new ChangeTurns(setting, used, told, turns, random);
        this.found = Beginning.choose(setting, plan, random, told, this::next);
        for (int device = 0; device < found.devices(); device++) {
            devices.add(new SimulatedLeg(device, setting.pool(), found.device(device), journal, this::middle));
        }
    }

    private long next() {
        return nextContent++;
    }

    /** {@return what its devices hold when it begins} */
    DiskState found() {
        return found;
    }

    /** {@return what its devices did, as far as it has come} */
    Journal journal() {
        return journal;
    }

    /**
     * Runs it.
     *
     * @param actions how many things are done if its plan is for anything; it may be opened again meanwhile
     * @param ending  how it ends
     * @throws IOException if the mirror fails
     */
    void run(int actions, Ending ending) throws IOException {
        journal.record(devices, told::afterKill, told::afterCut);
        open();
        if (setting.change().isPresent()) {
            change(ending);
            return;
        }
        int times = plan == Plan.ANYTHING ? actions : TURNS;
        for (int i = 0; i < times; i++) {
            if (plan == Plan.ANYTHING) {
                act();
            } else {
                turns.take(plan);
            }
            // After a kill nothing that was in use is in sync, and a mark is far away.
            if (i == (plan == Plan.MARK ? times - 1 : times / 2)) {
                openAgain();
            }
        }
        used.late(UsedVolume.NO_LEG);
        end(ending);
    }

    private void end(Ending ending) throws IOException {
        switch (ending) {
            case UNMOUNT -> unmount();
            case TEAR -> tear();
            case REST -> rest();
        }
    }

    /** A leg comes, or goes. */
    private void change(Ending ending) throws IOException {
        if (plan.closed()) {
            turns.write();
            unmount();
            new ClosedChange(setting, told, journal, this::next, random).make(devices);
            open();
        } else {
            changes.inUse();
        }
        turns.write();
        end(ending == Ending.TEAR ? Ending.REST : ending);
    }

    /** After an unmount, or a kill, or not at all. What is written right after may find the log as volatile as the kill left it. */
    private void openAgain() throws IOException {
        if (plan != Plan.ANYTHING) {
            turns.write();
        }
        switch (random.nextInt(3)) {
            case 0 -> {
                unmount();
                open();
            }
            case 1 -> {
                // Who stored into pages is dead, and nobody does before the volume is open again.
                storesInMiddle = false;
                used.kill(devices.get(setting.standing(journal.now()).source()));
                open();
            }
            default -> { }
        }
        if (plan != Plan.ANYTHING) {
            turns.write();
        }
    }

    private void open() throws IOException {
        used.open(devices);
        storesInMiddle = true;
    }

    private void act() throws IOException {
        int what = random.nextInt(100);
        if (what < 12 && used.enabled(Step.of(Action.CERTIFY_BEGIN))) {
            used.volume().certify();
        } else if (what < 24 && used.enabled(Step.of(Action.NOMINATE))) {
            used.volume().sweep();
        } else if (what < 28) {
            used.volume().resync(random.nextInt(setting.layout().regions()));
        } else if (what < 87 && !used.atRest()) {
            used.runStep();
        } else {
            ask();
        }
        if (random.nextInt(MARK_ONE_IN) == 0) {
            used.markOne();
        }
    }

    private void ask() throws IOException {
        int what = random.nextInt(100);
        if (what < 45) {
            store(used.anyPage());
        } else if (what < 78) {
            used.cache().writeBack(used.anyPage());
        } else if (what < 89) {
            used.writeDirectly(used.anyPage());
        } else {
            used.flush();
        }
    }

    private void store(long page) throws IOException {
        used.store(page, marking == Marking.AT_ONCE);
    }

    /** In the middle of a write to a leg there may be a store; a crash may come right before it. */
    private void middle(int device, int block) throws IOException {
        if (storesInMiddle && device < setting.logDevice() && random.nextInt(IN_MIDDLE) == 0) {
            journal.point();
            store(used.anyPage());
        }
    }

    private void rest() throws IOException {
        used.settle();
        used.volume().certify();
        used.settle();
    }

    private void tear() throws IOException {
        used.settle();
        for (long page = 0; page < used.pages(); page++) {
            store(page);
            used.markOne();
            used.cache().writeBack(page);
            Step last;
            do {
                last = used.runStep();
            } while (last.action() != Action.LEG_WRITE && !used.atRest());
            store(page);
            used.settle();
        }
        rest();
    }

    private void unmount() throws IOException {
        storesInMiddle = false;
        used.close();
    }
}
