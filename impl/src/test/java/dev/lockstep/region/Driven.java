package dev.lockstep.region;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A region machine with a log of bits: makes steps by name, and keeps what the log says now and what a power cut may leave
 * of it ({@code log} in Mirror.tla, a region at a time).
 */
final class Driven {
    private static final long BLOCKS_PER_REGION = 8;

    final int regions;
    final int legs;
    final int chunks;
    final RegionMachine machine;
    /** What a read of the log returns. */
    final BitSet cleanNow;
    /** The regions that a power cut may leave clean. */
    final BitSet mayBeClean;
    /** The regions whose legs differ: what a comparison of any chunk of them finds. */
    final BitSet differing = new BitSet();
    /** Of each region, the chunks that were found equal since it was last nominated or written. */
    final Map<Integer, BitSet> foundEqual = new TreeMap<>();
    private final BitSet since = new BitSet();
    /** What is durably recorded: the legs that are out, a bit each, and the source. */
    private int recordedOut;
    private int recordedSource;
    private int recordedBlank;

    Driven(Policy policy, int regions, int legs, int chunks, BitSet cleanInLog) {
        this(policy, regions, legs, chunks, cleanInLog, cleanInLog);
    }

    private Driven(Policy policy, int regions, int legs, int chunks, BitSet cleanNow, BitSet mayBeClean) {
        this.regions = regions;
        this.legs = legs;
        this.chunks = chunks;
        this.machine = new RegionMachine(policy, regions, legs, 0, chunks);
        this.cleanNow = (BitSet) cleanNow.clone();
        this.mayBeClean = (BitSet) mayBeClean.clone();
    }

    /** It is recorded that some legs, a bit each, are not there; to be said before it is opened. */
    Driven without(int absent) {
        recordedOut = absent;
        recordedBlank = absent;
        return this;
    }

    /** Another device takes the place of a leg that is recorded to be out, or nothing does; it is recorded. */
    List<Step> replace(int leg, boolean byNothing) {
        List<Step> next = byNothing ? machine.removed(leg) : machine.replaced(leg);
        recordedBlank |= 1 << leg;
        return next;
    }

    /** The legs, a bit each, that are recorded to be blank. */
    int recordedBlank() {
        return recordedBlank;
    }

    /** Open and at rest: the log is written and flushed. */
    static Driven open(Policy policy, int regions, int legs, BitSet cleanInLog) {
        Driven driven = new Driven(policy, regions, legs, 2, cleanInLog);
        driven.makeAll(driven.make(Step.of(Action.RESTART)));
        return driven;
    }

    static Driven open(Policy policy) {
        return open(policy, 2, 2, clean(2));
    }

    static BitSet clean(int regions) {
        BitSet clean = new BitSet();
        clean.set(0, regions);
        return clean;
    }

    /** What is there after the process has died: a new machine over the same log. */
    Driven killed() {
        Driven left = new Driven(machine.policy, regions, legs, chunks, cleanNow, mayBeClean);
        left.recordedOut = recordedOut;
        left.recordedSource = recordedSource;
        left.recordedBlank = recordedBlank;
        return left;
    }

    /** Makes a step; a submitted write's number is the step's first parameter, its region the second. */
    List<Step> make(Step step) {
        int first = step.first();
        int second = step.second();
        return switch (step.action()) {
            case WRITE_BACK_CLEAR, COPY_PAGE -> throw new IllegalArgumentException("not the machine's");
            case RESTART -> machine.restart(cleanNow::get, recordedOut, recordedSource, recordedBlank);
            case SUBMIT -> submit(first, second);
            case LOG_WRITE -> logWrite();
            case LOG_FLUSH_BEGIN -> logFlushBegin();
            case LOG_FLUSH_END -> logFlushEnd();
            case ISSUE -> machine.issue(first);
            case LEG_WRITE -> machine.legWrite(first, second);
            case END_WRITE -> machine.endWrite(first);
            case QUIESCE -> machine.quiesce(first);
            case FLUSH_BEGIN -> machine.flushBegin();
            case CERTIFY_BEGIN -> machine.certifyBegin();
            case LEG_FLUSH_END -> machine.legFlushEnd(first);
            case FLUSH_END -> machine.flushEnd();
            case CERTIFY_END -> machine.certifyEnd();
            case NOMINATE -> machine.nominate();
            case COMPARE -> compare(first, second);
            case SYNC_BEGIN -> {
                machine.syncBegin();
                yield List.of();
            }
            case SYNC_END -> machine.syncEnd();
            case SUSPECT -> suspect(first);
            case RESYNC_BEGIN -> machine.resyncBegin(first);
            case RESYNC_COPY -> machine.resyncCopy(first, second);
            case RESYNC_END -> machine.resyncEnd(first);
            case NOTICE_FAILURE -> machine.noticeFailure(first);
            case LEG_FLUSH_FAILS -> machine.legFlushFails(first);
            case RECORD_BEGIN -> machine.recordBegin();
            case RECORD_FAILURE -> recordFailure();
            case DIRTY_ALL -> machine.dirtyAll();
            case READMIT -> machine.readmit(first);
            case SYNC_FAILS -> {
                machine.syncFails();
                yield List.of();
            }
            case LOG_FLUSH_FAILS -> {
                machine.logFlushFails();
                yield List.of();
            }
            case UNMOUNT_BEGIN -> machine.unmountBegin();
            case UNMOUNT_END -> {
                machine.unmountEnd();
                yield List.of();
            }
        };
    }

    List<Step> make(Action action, int... parameters) {
        return make(new Step(action, parameters.length > 0 ? parameters[0] : 0, parameters.length > 1 ? parameters[1] : 0));
    }

    /** Makes steps, those that follow from them included, in order; those that cannot be made any more are left out. */
    void makeAll(List<Step> steps) {
        ArrayDeque<Step> todo = new ArrayDeque<>(steps);
        while (!todo.isEmpty()) {
            Step step = todo.poll();
            if (machine.enabled(step)) {
                todo.addAll(make(step));
            }
        }
    }

    /** Begins with an action and goes on until nothing follows. */
    void makeAll(Action action, int... parameters) {
        makeAll(make(action, parameters));
    }

    /** A write from its submit to the region's quiesce, if the policy has one. */
    void write(int region) {
        makeAll(Action.SUBMIT, 0, region);
    }

    /** Writes 0 and 2 overlap, and so do 1 and 3; others do not. */
    private static Extent extent(int write, int region) {
        long first = region * BLOCKS_PER_REGION + write % 2 * 2L;
        return new Extent(first, first + 1 + write / 2);
    }

    private List<Step> recordFailure() {
        List<Step> next = machine.recordFailure();
        recordedOut = machine.out();
        recordedSource = machine.source();
        recordedBlank &= recordedOut;
        return next;
    }

    private List<Step> submit(int write, int region) {
        List<Step> next = machine.submit(write, region, extent(write, region));
        foundEqual.remove(region);
        return next;
    }

    private List<Step> suspect(int region) {
        List<Step> next = machine.suspect(region);
        foundEqual.remove(region);
        return next;
    }

    private List<Step> compare(int region, int chunk) {
        List<Step> next = machine.compare(region, chunk, !differing.get(region));
        if (!differing.get(region)) {
            foundEqual.computeIfAbsent(region, any -> new BitSet()).set(chunk);
        }
        return next;
    }

    private List<Step> logWrite() {
        LogUpdate update = machine.logWrite();
        if (update.allDirty()) {
            cleanNow.clear();
        }
        for (LogUpdate.Change change : update.changes()) {
            cleanNow.set(change.region(), change.clean());
        }
        mayBeClean.or(cleanNow);
        return List.of(Step.of(Action.LOG_FLUSH_BEGIN));
    }

    private List<Step> logFlushBegin() {
        List<Step> next = machine.logFlushBegin();
        since.clear();
        since.or(cleanNow);
        return next;
    }

    private List<Step> logFlushEnd() {
        List<Step> next = machine.logFlushEnd();
        mayBeClean.clear();
        mayBeClean.or(since);
        return next;
    }

    /** Every step that there is, with parameters in range; of writes those with the numbers 0 to {@code writes} - 1. */
    List<Step> steps(int writes) {
        List<Step> steps = new ArrayList<>();
        for (Action action : Action.values()) {
            switch (action) {
                case WRITE_BACK_CLEAR, COPY_PAGE -> { }
                case SUBMIT -> pairs(steps, action, writes, regions);
                case LEG_WRITE -> pairs(steps, action, writes, legs);
                case RESYNC_COPY -> pairs(steps, action, chunks, legs);
                case ISSUE, END_WRITE -> pairs(steps, action, writes, 1);
                case QUIESCE, SUSPECT, RESYNC_BEGIN, RESYNC_END -> pairs(steps, action, regions, 1);
                case COMPARE -> pairs(steps, action, regions, chunks);
                case LEG_FLUSH_END, NOTICE_FAILURE, LEG_FLUSH_FAILS, READMIT -> pairs(steps, action, legs, 1);
                default -> steps.add(Step.of(action));
            }
        }
        return steps;
    }

    private static void pairs(List<Step> steps, Action action, int firsts, int seconds) {
        for (int first = 0; first < firsts; first++) {
            for (int second = 0; second < seconds; second++) {
                steps.add(new Step(action, first, second));
            }
        }
    }

    /** Whether a step can be made, its number being free if it is a submit. */
    boolean possible(Step step) {
        return machine.enabled(step) && (step.action() != Action.SUBMIT || machine.phase(step.first()) == null);
    }

    /** All that can be seen of the machine. */
    String seen() {
        StringBuilder seen = new StringBuilder(machine.mode() + " " + machine.logIo() + " " + machine.sweep()
                + " out " + machine.out() + " source " + machine.source() + " recorded " + machine.recordedOut() + " "
                + machine.recordedSource() + " blank " + machine.knownBlank());
        for (int region = 0; region < regions; region++) {
            seen.append(" | ").append(machine.state(region)).append(machine.bit(region) ? " clean" : "")
                    .append(machine.durablyDirty(region) ? " durably dirty" : "").append(machine.chosen(region) ? " chosen" : "");
            for (int chunk = 0; chunk < chunks; chunk++) {
                seen.append(machine.compareTodo(region, chunk) ? " ?" + chunk : "");
            }
        }
        for (int leg = 0; leg < legs; leg++) {
            seen.append(" ; ").append(machine.legFlush(leg));
            for (int chunk = 0; chunk < chunks; chunk++) {
                seen.append(machine.copyTodo(chunk, leg) ? " " + chunk : "");
            }
        }
        for (int write = 0; write < 4; write++) {
            seen.append(" , ").append(machine.phase(write)).append(machine.legsTodo(write));
        }
        return seen.toString();
    }
}
