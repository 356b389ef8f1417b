package dev.lockstep.validate;

import dev.lockstep.trace.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes down what is seen, each thread for itself, by one clock that only counts. No lock is held, so that the mirror runs as it would
 * without it. Thread-safe.
 */
final class Recorder {
    private final AtomicLong clock = new AtomicLong();
    private final AtomicInteger count = new AtomicInteger();
    private final ConcurrentLinkedQueue<List<Event>> all = new ConcurrentLinkedQueue<>();
    private final ThreadLocal<Page> pages = ThreadLocal.withInitial(Page::new);

    /** What a thread has to do with the recorder. */
    private final class Page {
        private final List<Event> events = new ArrayList<>();
        private Frame frame;

        Page() {
            all.add(events);
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

    void add(Event event) {
        pages.get().events.add(event);
        count.incrementAndGet();
    }

    /** How many events there are by now. */
    int count() {
        return count.get();
    }

    /** All of them, by their beginnings. To be asked for when no thread records any more. */
    List<Event> events() {
        List<Event> events = new ArrayList<>();
        all.forEach(events::addAll);
        events.sort(Comparator.comparingLong(Event::begin));
        return events;
    }
}
