package dev.lockstep.sut;

import dev.lockstep.region.Action;
import dev.lockstep.region.DriverView;
import dev.lockstep.region.Extent;
import dev.lockstep.region.LegFlush;
import dev.lockstep.region.Mode;
import dev.lockstep.region.RegionMachine;
import dev.lockstep.region.RegionState;
import dev.lockstep.region.Step;
import dev.lockstep.region.Sweep;
import dev.lockstep.region.WritePhase;
import dev.lockstep.trace.Label;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Asks a mirror's region machine, in each state of a walk, for every step that its guards forbid there: it has to refuse each. And compares the guards of
 * its own steps with the model, whether such a step was offered or not; elsewhere the replay sees those alone that were, and the shell asks the guards first.
 */
public final class Refusals {
    /** What the devices then have is a choice that the replay makes; a walk goes no further here. */
    private static final Set<String> CHOICES = Set.of("LegReturns", "Replace");
    private static final Set<String> CRASHES = Set.of("Kill", "PowerCut");
    /** The page cache's: the machine has no method for them. */
    private static final Set<Action> OTHERS = Set.of(Action.WRITE_BACK_CLEAR, Action.COPY_PAGE);

    /** What is possible just when the log's flush can end, but never in a model that is replayed. */
    private static final Action AS_LOG_FLUSH_END = Action.LOG_FLUSH_FAILS;
    /** The machine's own steps, and those that a timer asks for, whose parameters are the model's at the smallest size. */
    private static final Set<Action> OWN = Set.of(Action.LOG_WRITE, Action.LOG_FLUSH_BEGIN, Action.LOG_FLUSH_END, AS_LOG_FLUSH_END, Action.QUIESCE,
            Action.CERTIFY_BEGIN, Action.CERTIFY_END, Action.FLUSH_BEGIN, Action.FLUSH_END, Action.LEG_FLUSH_END, Action.NOMINATE, Action.SYNC_BEGIN,
            Action.COMPARE, Action.RESYNC_BEGIN, Action.RESYNC_COPY, Action.RESYNC_END, Action.UNMOUNT_END, Action.RESTART);

    private final Mirror mirror;

    /**
     * A step of a walk.
     *
     * @param step     what is done
     * @param possible what the model says is possible then; empty if that is not asked
     */
    public record Moment(Label step, Optional<Set<String>> possible) {
    }

    /** Of a mirror that is down. */
    public Refusals(Mirror mirror) {
        this.mirror = mirror;
    }

    /**
     * Performs a walk on a new volume.
     *
     * @param content what every block of it has
     * @param moments the walk, whose crashes are passed over
     * @return what the machine did not refuse, or where its guards are not the model's
     * @throws IOException if a file cannot be written or read
     */
    public Optional<String> walk(int content, List<Moment> moments) throws IOException {
        mirror.load(mirror.created(content));
        int sweeps = 0;
        try {
            for (Moment moment : moments) {
                Label step = moment.step;
                if (CHOICES.contains(step.action())) {
                    break;
                }
                if (!CRASHES.contains(step.action())) {
                    mirror.prepare(step).perform();
                    Optional<String> wrong = mirror.isDown() ? Optional.empty() : mirror.volume().inspect(driver -> moment.possible
                            .flatMap(possible -> misjudged(driver, possible)).or(() -> granted((RegionMachine) driver)));
                    if (wrong.isPresent()) {
                        return Optional.of("after " + step + " the machine " + wrong.get());
                    }
                    sweeps = mirror.isDown() ? 0 : step.action().equals("Nominate") ? sweeps + 1 : sweeps;
                    int counted = mirror.isDown() ? 0 : mirror.volume().<Integer>inspect(DriverView::sweeps);
                    if (counted != sweeps) {
                        return Optional.of("after " + step + " the machine says that it has begun " + counted + " sweeps, and it has begun " + sweeps);
                    }
                }
            }
            return Optional.empty();
        } finally {
            if (!mirror.isDown()) {
                mirror.abandon();
            }
        }
    }

    private Optional<String> granted(RegionMachine machine) {
        for (Step step : steps()) {
            if (!OTHERS.contains(step.action()) && !machine.enabled(step)) {
                try {
                    make(machine, step);
                    return Optional.of("makes the step " + step + ", which is not enabled");
                } catch (IllegalStateException e) {
                    // It was refused, as it has to be.
                }
            }
        }
        return range(mirror.size().legs()).stream().filter(leg -> (machine.out() & machine.recordedOut() & 1 << leg) == 0 && !refuses(() -> machine.removed(leg)))
                .findFirst().map(leg -> "takes away leg " + leg + ", which is not recorded to be out of use");
    }

    private Optional<String> misjudged(DriverView driver, Set<String> possible) {
        Optional<String> miscounted = miscounted(driver);
        if (miscounted.isPresent()) {
            return miscounted;
        }
        for (Step step : steps()) {
            if (OWN.contains(step.action()) && driver.enabled(step) != possible.contains(named(step))) {
                return Optional.of((driver.enabled(step) ? "would make " : "would not make ") + named(step));
            }
        }
        return Optional.empty();
    }

    /** What it says of its regions besides their states, and keeps so that nobody has to look at each. */
    private Optional<String> miscounted(DriverView driver) {
        for (RegionState state : RegionState.values()) {
            if (driver.count(state) != regions(0).filter(region -> driver.state(region) == state).count()) {
                return Optional.of("says that " + driver.count(state) + " regions are " + state);
            }
        }
        for (int from = 0; from < mirror.size().regions(); from++) {
            int region = from;
            int next = regions(from).filter(each -> driver.state(each) == RegionState.NOSYNC).findFirst().orElse(-1);
            if (driver.nextOutOfSync(from) != next) {
                return Optional.of("names region " + driver.nextOutOfSync(from) + " as the next out of sync from " + from + " on, and it is " + next);
            }
            boolean pending = range(mirror.size().slots()).stream().anyMatch(slot -> mirror.environment().writeOf(slot) >= 0
                    && mirror.environment().blockIn(slot) / mirror.size().blocksPerRegion() == region
                    && driver.phase(mirror.environment().writeOf(slot)) != WritePhase.PARKED);
            if (driver.pending(from) != pending) {
                return Optional.of("says that region " + from + (pending ? " has no write pending" : " has a write pending"));
            }
        }
        boolean idle = range(mirror.size().legs()).stream().allMatch(leg -> driver.legFlush(leg) == LegFlush.IDLE);
        return driver.mode() == Mode.UP && sweepOver(driver) && idle && !mirror.steps().isOffered(Step.of(Action.CERTIFY_BEGIN))
                ? Optional.of("does not come to the round that its sweep ends in") : Optional.empty();
    }

    private boolean sweepOver(DriverView driver) {
        return driver.sweep() == Sweep.SYNCED || driver.sweep() == Sweep.COMPARING && regions(0).allMatch(region -> range(mirror.size().blocksPerRegion())
                .stream().noneMatch(chunk -> driver.compareTodo(region, chunk)));
    }

    private IntStream regions(int from) {
        return IntStream.range(from, mirror.size().regions());
    }

    /** As the model calls it. */
    private static String named(Step step) {
        return switch (step.action()) {
            case QUIESCE, LEG_FLUSH_END, COMPARE, RESYNC_BEGIN, RESYNC_END -> step.action().specName() + "(" + step.first() + ")";
            case RESYNC_COPY -> step.action().specName() + "(" + step.first() + ", " + step.second() + ")";
            case LOG_FLUSH_FAILS -> Action.LOG_FLUSH_END.specName();
            default -> step.action().specName();
        };
    }

    private List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        Size size = mirror.size();
        for (Action action : Action.values()) {
            switch (action) {
                case ISSUE, END_WRITE -> range(size.slots() + 1).forEach(write -> steps.add(Step.of(action, write)));
                case LEG_WRITE -> range(size.slots() + 1).forEach(write -> range(size.legs()).forEach(leg -> steps.add(new Step(action, write, leg))));
                case QUIESCE, SUSPECT, RESYNC_BEGIN, RESYNC_END -> range(size.regions()).forEach(region -> steps.add(Step.of(action, region)));
                case COMPARE -> range(size.regions()).forEach(region -> range(size.blocksPerRegion())
                        .forEach(chunk -> steps.add(new Step(action, region, chunk))));
                case RESYNC_COPY -> range(size.blocksPerRegion()).forEach(chunk -> range(size.legs())
                        .forEach(leg -> steps.add(new Step(action, chunk, leg))));
                case LEG_FLUSH_END, LEG_FLUSH_FAILS, NOTICE_FAILURE, READMIT -> range(size.legs()).forEach(leg -> steps.add(Step.of(action, leg)));
                default -> steps.add(Step.of(action));
            }
        }
        return steps;
    }

    private static List<Integer> range(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static void make(RegionMachine machine, Step step) {
        int first = step.first();
        int second = step.second();
        switch (step.action()) {
            case SUBMIT -> machine.submit(0, 0, new Extent(0, 1));
            case LOG_WRITE -> machine.logWrite();
            case LOG_FLUSH_BEGIN -> machine.logFlushBegin();
            case LOG_FLUSH_END -> machine.logFlushEnd();
            case ISSUE -> machine.issue(first);
            case LEG_WRITE -> machine.legWrite(first, second);
            case END_WRITE -> machine.endWrite(first);
            case QUIESCE -> {
                require(refuses(() -> machine.quiesceLater(first)), step);
                machine.quiesce(first);
            }
            case FLUSH_BEGIN -> machine.flushBegin();
            case CERTIFY_BEGIN -> machine.certifyBegin();
            case LEG_FLUSH_END -> machine.legFlushEnd(first);
            case FLUSH_END -> machine.flushEnd();
            case CERTIFY_END -> machine.certifyEnd();
            case NOMINATE -> machine.nominate();
            case SYNC_BEGIN -> machine.syncBegin();
            case SYNC_END -> machine.syncEnd();
            case COMPARE -> machine.compare(first, second, true);
            case SUSPECT -> machine.suspect(first);
            case RESYNC_BEGIN -> machine.resyncBegin(first);
            case RESYNC_COPY -> machine.resyncCopy(first, second);
            case RESYNC_END -> machine.resyncEnd(first);
            case NOTICE_FAILURE -> machine.noticeFailure(first);
            case LEG_FLUSH_FAILS -> machine.legFlushFails(first);
            case RECORD_BEGIN -> machine.recordBegin();
            case RECORD_FAILURE -> machine.recordFailure();
            case DIRTY_ALL -> machine.dirtyAll();
            case READMIT -> machine.readmit(first);
            case SYNC_FAILS -> machine.syncFails();
            case LOG_FLUSH_FAILS -> machine.logFlushFails();
            case UNMOUNT_BEGIN -> machine.unmountBegin();
            case UNMOUNT_END -> machine.unmountEnd();
            case RESTART -> machine.restart(region -> true);
            default -> throw new IllegalArgumentException(step + " is none of the machine's");
        }
    }

    private static void require(boolean refused, Step step) {
        if (!refused) {
            throw new AssertionError("the machine begins with, or puts off, the step " + step + ", which is not enabled");
        }
    }

    private static boolean refuses(Runnable asked) {
        try {
            asked.run();
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }
}
