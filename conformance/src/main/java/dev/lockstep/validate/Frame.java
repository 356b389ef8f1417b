package dev.lockstep.validate;

import dev.lockstep.log.Membership;
import dev.lockstep.region.Action;
import dev.lockstep.region.Step;
import dev.lockstep.trace.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * What a thread is at: the body of a step, or something that the application asks for. What is seen meanwhile tells when the step was
 * made, and whether it was. Used by one thread.
 */
final class Frame {
    private final Recorder recorder;
    private final Step step;
    /** What is taken down of it if it never comes to its end; null if that is nothing. */
    private volatile Event begun;
    /** What was taken down of it; another thread may ask. */
    private volatile Event done;
    private Event last;
    private int ends;
    private long begin;
    private long end;
    private boolean told;
    /** When something asked of a leg had failed; 0 if nothing has. */
    private long failedAt;
    private Membership recorded;
    private final List<Step> offered = new ArrayList<>();
    private final List<Value> seen = new ArrayList<>();

    /**
     * Begins.
     *
     * @param step  the step whose body it is; null if it is the application's
     * @param begun what it is, as of its beginning
     */
    Frame(Recorder recorder, Step step, Begun begun) {
        this.recorder = recorder;
        this.step = step;
        this.begin = recorder.now();
        takeDown(begun, begin);
    }

    private void takeDown(Begun beginning, long since) {
        begun = beginning.what().isEmpty() ? null : new Event(beginning.what(), beginning.arguments(), false, since, Long.MAX_VALUE);
        if (begun != null) {
            recorder.begun(begun);
        }
    }

    /** What was begun is taken down, if anything was, and the same step does another thing, or may do it. */
    void goesOn(Begun next, long since) {
        if (last != null) {
            recorder.over();
            done = null;
            takeDown(next, since);
        }
    }

    /** It is of a write, which whoever writes the last leg ends with it. */
    void mayEndWrite(int write) {
        ends = write;
    }

    /** The write that may end with it; 0 if none may. */
    int endsWrite() {
        return ends;
    }

    /** Begins something that the application asks for. */
    Frame(Recorder recorder, String what, Value... arguments) {
        this(recorder, null, new Begun(what, List.of(arguments)));
    }

    /** What is taken down of it if it comes no further than now: it may have been done. Null if nothing is. */
    Event takenDown(long now) {
        Event taken = done;
        return taken != null || begun == null ? taken : begun.endedBy(now);
    }

    /** Whether it is the body of such a step. */
    boolean isOf(Action action) {
        return step != null && step.action() == action;
    }

    /** What it was for has not been done before now: an I/O has ended that comes first. */
    void notBefore() {
        begin = recorder.now();
    }

    /** What it was for has been done by now: what is seen comes after that. The first time counts. */
    void doneBy() {
        if (end == 0) {
            end = recorder.now();
        }
    }

    /** A step is offered, which comes last. */
    void offers(Step next) {
        // What follows from a failure tells nothing of what the step was for.
        if (failedAt == 0) {
            doneBy();
            offered.add(next);
        }
    }

    /** Something that was asked of a leg has failed, and the step comes to nothing as far as that leg is concerned. */
    void failed() {
        failedAt = failedAt == 0 ? recorder.now() : failedAt;
    }

    /** When that was seen; 0 if it was not. */
    long failedAt() {
        return failedAt;
    }

    /** It has become durable which legs are in use: what it was for has not been done before. */
    void records(Membership membership) {
        begin = recorder.now();
        recorded = membership;
    }

    /** What was recorded; null if nothing was. */
    Membership recorded() {
        return recorded;
    }

    /** Someone is told of something that the step is the end of, which comes after it. */
    void tells() {
        doneBy();
        told = true;
    }

    /** Something is asked for, of which the step is the beginning. */
    void asks() {
        told = true;
    }

    /** What was taken down of it last; null if nothing was. */
    Event last() {
        return last;
    }

    /** Whether it was seen that the step was made, by what it has told someone or asked for. */
    boolean told() {
        return told;
    }

    /** The page that a write-back is of. */
    int page() {
        return step.first();
    }

    /** A leg is about to be read: what the reading is for comes after. The first time counts. */
    void reads() {
        if (seen.isEmpty()) {
            notBefore();
        }
    }

    /** A leg was found to hold this. */
    void found(Value content) {
        seen.add(content);
    }

    /** What was read from legs, in the order of the reads. */
    List<Value> seen() {
        return seen;
    }

    boolean offered(Action action) {
        return offered.stream().anyMatch(each -> each.action() == action);
    }

    boolean offeredAny() {
        return !offered.isEmpty();
    }

    long begin() {
        return begin;
    }

    /** When it was done at the latest: now, if nothing was seen that comes after it. */
    long end() {
        doneBy();
        return end;
    }

    /** Takes it down. */
    void done(String what, boolean certain, Value... arguments) {
        done(new Event(what, List.of(arguments), certain, begin, end()));
    }

    /** Takes it down, as it was seen elsewhere. */
    void done(Event event) {
        done = event;
        last = event;
        recorder.ended(event);
    }

    /** It is over, whether it was taken down or not. */
    void over() {
        recorder.over();
    }
}
