package dev.lockstep.validate;

import dev.lockstep.trace.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes down what is seen, each thread for itself, by one clock that only counts. No lock is held, so that the mirror runs as it would
 * without it. Thread-safe.
 */
final class Recorder {
    private final AtomicLong clock;
    private final Tape tape;
    private final AtomicInteger count = new AtomicInteger();
    private final ConcurrentLinkedQueue<Page> all = new ConcurrentLinkedQueue<>();
    private final ThreadLocal<Page> pages = ThreadLocal.withInitial(Page::new);

    /** Keeps in memory what it takes down. */
    Recorder() {
        this(0, null);
    }

    /**
     * Takes down what is seen of a process that may be killed.
     *
     * @param begin the clock has come so far
     * @param tape  what it is taken down on, beside; null if nothing
     */
    Recorder(long begin, Tape tape) {
        this.clock = new AtomicLong(begin);
        this.tape = tape;
    }

    /** What a thread has to do with the recorder. */
    private final class Page {
        private final Collection<Event> events = new ConcurrentLinkedQueue<>();
        private final Tape.Track track = tape == null ? null : tape.track();
        private volatile Frame frame;

        Page() {
            all.add(this);
        }
    }

    /** The next number of the clock. */
    long now() {
        return clock.incrementAndGet();
    }

    /** What this thread is at; null if that is nothing that is recorded. */
    Frame frame() {
        return pages.get().frame;
    }

    /** From now on this thread is at something else; returns what it was at. */
    Frame enter(Frame frame) {
        Page page = pages.get();
        Frame before = page.frame;
        page.frame = frame;
        return before;
    }

    /** Something was done, for certain. */
    void add(String what, long begin, long end, Value... arguments) {
        add(new Event(what, List.of(arguments), true, begin, end));
    }

    private void add(Event event) {
        Page page = pages.get();
        page.events.add(event);
        count.incrementAndGet();
        if (page.track != null) {
            page.track.seen(event);
        }
    }

    /** Something is about to begin, which may be the last that this process does. */
    void begun(Event event) {
        Page page = pages.get();
        if (page.track != null) {
            page.track.begun(event);
        }
    }

    /** What had begun was done, for certain or not. */
    void ended(Event event) {
        Page page = pages.get();
        page.events.add(event);
        count.incrementAndGet();
        if (page.track != null) {
            page.track.ended(event);
        }
    }

    /** What had begun is over; if it was not taken down it has come to nothing, or shows nothing. */
    void over() {
        Page page = pages.get();
        if (page.track != null) {
            page.track.over();
        }
    }

    /** How many events there are by now. */
    int count() {
        return count.get();
    }

    /** All of them, by their beginnings. To be asked for when no thread records any more. */
    List<Event> events() {
        return inOrder(all.stream().flatMap(page -> page.events.stream()).toList());
    }

    /**
     * All of them, by their beginnings, where threads are held up for ever in what they are at: that may have been done by now, and may be
     * done never. To be asked for when no thread begins anything any more.
     */
    List<Event> eventsAndBegun() {
        List<Frame> at = all.stream().map(page -> page.frame).filter(Objects::nonNull).toList();
        Set<Event> events = new LinkedHashSet<>(events());
        long end = now();
        at.stream().map(frame -> frame.takenDown(end)).filter(Objects::nonNull).forEach(events::add);
        return inOrder(events);
    }

    /** What threads are at that has not been taken down. */
    List<String> begun() {
        long end = now();
        return all.stream().map(page -> page.frame).filter(Objects::nonNull).map(frame -> frame.takenDown(end)).filter(Objects::nonNull)
                .filter(event -> !event.certain()).map(Event::toString).toList();
    }

    private static List<Event> inOrder(Collection<Event> events) {
        return events.stream().sorted(Comparator.comparingLong(Event::begin)).toList();
    }
}
