package dev.lockstep.volume;

import dev.lockstep.region.Action;
import dev.lockstep.region.DriverView;
import dev.lockstep.region.RegionState;
import dev.lockstep.region.Step;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a resync task, a scrub and a repair want of regions: to be told when a region has been resynced, to know whether a region
 * was written while they read it, and to have its writes wait while they change it. Guarded by the shell's lock.
 *
 * <p>A write that waits here has not been submitted yet as far as the machine and the specification go: nothing that is
 * promised of a write begins before that.
 */
final class RegionWork {
    private final Map<Integer, List<Completion>> resyncs = new TreeMap<>();
    private final List<RegionWatch> watches = new ArrayList<>();
    /** Of each region that is held, the writes that wait, in the order in which they came. */
    private final Map<Integer, List<Integer>> held = new TreeMap<>();
    private final Map<Integer, Completion> drained = new TreeMap<>();
    private final Map<Integer, Completion> suspects = new TreeMap<>();
    private Intake intake;
    /** Whom to tell that a leg which was taken in is recorded to be in use, by the leg. */
    private final Map<Integer, Completion> unrecorded = new TreeMap<>();
    /** Whether nobody wants anything of a region that a write, or its end, has to heed: most often, so that one look is to do. */
    private boolean idle = true;

    private void changed() {
        idle = intake == null && watches.isEmpty() && held.isEmpty() && drained.isEmpty();
    }

    /** The leg that is to be taken in, or null. */
    Intake intake() {
        return intake;
    }

    void requireNoIntake() {
        if (intake != null) {
            throw new IllegalStateException("leg " + intake.leg() + " is being taken in already");
        }
    }

    void forIntake(Intake asked) {
        requireNoIntake();
        intake = asked;
        changed();
    }

    /** The leg is in: the writes that have waited, in their order, but for those whose region is held. */
    List<Intake.Deferred> takenIn() {
        List<Intake.Deferred> free = new ArrayList<>();
        for (Intake.Deferred each : intake.deferred()) {
            if (held.containsKey(each.region())) {
                defer(each.region(), each.write());
            } else {
                free.add(each);
            }
        }
        intake = null;
        changed();
        return free;
    }

    /** A leg is in use, and somebody is to be told once that is recorded: until then a crash leaves it out of use. */
    void forRecorded(int leg, Completion told) {
        unrecorded.put(leg, told);
        if (intake != null && intake.leg() == leg) {
            intake.readmitted();
        }
    }

    /** Whom to tell that legs are recorded to be in use: all but those that are out, a bit each. */
    List<Completion> recorded(int out) {
        List<Completion> told = new ArrayList<>();
        unrecorded.entrySet().removeIf(each -> (out & 1 << each.getKey()) == 0 && told.add(each.getValue()));
        return told;
    }

    /** Whom to tell that a leg has failed before it was recorded to be in use; null for nobody. */
    Completion failedUnrecorded(int leg) {
        return unrecorded.remove(leg);
    }

    // ---- resyncs

    void forResync(int region, Completion ended) {
        resyncs.computeIfAbsent(region, first -> new ArrayList<>()).add(ended);
    }

    /** The resync that somebody waits for and that could be begun now, if there is one. */
    void resyncSteps(DriverView driver, List<Step> next) {
        for (int region : resyncs.keySet()) {
            Step begin = Step.of(Action.RESYNC_BEGIN, region);
            if (driver.enabled(begin)) {
                next.add(begin);
                return;
            }
        }
    }

    List<Completion> resynced(int region) {
        List<Completion> told = resyncs.remove(region);
        return told == null ? List.of() : told;
    }

    // ---- watches

    void watch(RegionWatch watch) {
        watches.add(watch);
        changed();
    }

    void unwatch(RegionWatch watch) {
        watches.remove(watch);
        changed();
    }

    /** A region's legs will be written, or may be from now on. */
    void touched(int region) {
        if (!idle) {
            watches.forEach(watch -> watch.touched(region));
        }
    }

    // ---- holds

    void hold(int region, Completion whenDrained) {
        if (held.putIfAbsent(region, new ArrayList<>()) != null) {
            throw new IllegalStateException("region " + region + " is under repair already");
        }
        drained.put(region, whenDrained);
        changed();
    }

    boolean holds(int region) {
        return !idle && (held.containsKey(region) || intake != null && intake.holding());
    }

    void defer(int region, int write) {
        if (held.containsKey(region)) {
            held.get(region).add(write);
        } else {
            intake.defer(region, write);
        }
    }

    /** Whom to tell that what a held region had under way has ended. */
    List<Completion> drained(DriverView driver) {
        if (idle || drained.isEmpty()) {
            return List.of();
        }
        List<Completion> told = new ArrayList<>();
        for (Iterator<Map.Entry<Integer, Completion>> all = drained.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Integer, Completion> each = all.next();
            int region = each.getKey();
            if (!driver.pending(region) && driver.state(region) != RegionState.RECOVERING) {
                told.add(each.getValue());
                all.remove();
            }
        }
        changed();
        return told;
    }

    void forSuspect(int region, Completion suspected) {
        suspects.put(region, suspected);
    }

    /** Whom to tell that a region is suspected, or cannot be; null for nobody. */
    Completion suspected(int region) {
        return suspects.remove(region);
    }

    /** Ends a hold; the writes that waited, in their order. */
    List<Integer> release(int region) {
        drained.remove(region);
        List<Integer> waited = held.remove(region);
        changed();
        if (waited == null) {
            return List.of();
        }
        if (holds(region)) {
            waited.forEach(write -> intake.defer(region, write));
            return List.of();
        }
        return waited;
    }

    /** Takes out everyone who waits. */
    List<Completion> all() {
        List<Completion> told = new ArrayList<>(drained.values());
        told.addAll(suspects.values());
        resyncs.values().forEach(told::addAll);
        if (intake != null && !intake.isReadmitted()) {
            told.add(intake.told());
        }
        intake = null;
        told.addAll(unrecorded.values());
        unrecorded.clear();
        suspects.clear();
        drained.clear();
        resyncs.clear();
        changed();
        return told;
    }
}
