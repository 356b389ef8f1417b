package dev.lockstep.crash.enumerate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What happened on the simulated devices, in order, and the points at which a crash may come: after every event, and in the middle
 * of a write under way wherever it is asked for. Not thread-safe.
 */
final class Journal {
    /** What happened. */
    enum Kind {
        /** A write begins; nothing of it is on the device yet, so this alone is no new point. */
        WRITE_BEGUN("write begins, blocks"),
        /** A write has read its memory, and has not ended. */
        WRITE_UNDER_WAY("write under way, blocks"),
        /** A write has ended. */
        WRITE_ENDED("write ended, blocks"),
        /** A flush begins. */
        FLUSH_BEGUN("flush begins"),
        /** A flush has ended. */
        FLUSH_ENDED("flush ended");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    private record Event(int device, Kind kind, int first, int count) {
        String words(int log) {
            return (device == log ? "log" : "leg " + device) + ": " + kind.words
                    + (count > 0 ? " " + first + " to " + (first + count - 1) : "");
        }
    }

    private final List<Object> events = new ArrayList<>();
    private final List<Point> points = new ArrayList<>();
    private final List<SimulatedLeg> devices = new ArrayList<>();
    private Supplier<Promise> afterKill = () -> null;
    private Supplier<Promise> afterCut = () -> null;
    private Consumer<Point> watcher = point -> { };
    private boolean recording;

    /** A journal that nothing is told to before {@link #record}. */
    Journal() {
    }

    /** From now on what happens on the devices is recorded; this is the first point. */
    void record(List<SimulatedLeg> all, Supplier<Promise> kill, Supplier<Promise> cut) {
        devices.addAll(all);
        afterKill = kill;
        afterCut = cut;
        recording = true;
        point();
    }

    /** Someone else is told of each point from now on, too, as it comes. */
    void watchedBy(Consumer<Point> other) {
        watcher = other;
    }

    void begun(int device, int first, int count) {
        if (recording) {
            events.add(new Event(device, Kind.WRITE_BEGUN, first, count));
        }
    }

    void event(int device, Kind kind, int first, int count) {
        if (recording) {
            events.add(new Event(device, kind, first, count));
            point();
        }
    }

    /** Something else happened that helps to understand what comes after it; it is no point. */
    void note(String what) {
        if (recording) {
            events.add(what);
        }
    }

    /** A crash may come now. */
    void point() {
        if (recording) {
            Point point = new Point(events.size(), devices.stream().map(each -> each.blocks().epoch()).toList(), afterKill.get(), afterCut.get());
            points.add(point);
            watcher.accept(point);
        }
    }

    /** What the devices hold now, and what is volatile of it. */
    DiskState now() {
        List<VolatileBlocks.Epoch> epochs = devices.stream().map(each -> each.blocks().epoch()).toList();
        return DiskState.afterKill(epochs.stream().map(VolatileBlocks.Epoch::now).toArray(int[][]::new),
                epochs.stream().map(VolatileBlocks.Epoch::may).toArray(int[][][]::new));
    }

    List<Point> points() {
        return points;
    }

    /** The events before a point, a line each. */
    List<String> lines(Point point) {
        return lines(point.events());
    }

    /** All events, a line each. */
    List<String> lines() {
        return lines(events.size());
    }

    private List<String> lines(int count) {
        int log = devices.size() - 1;
        return events.subList(0, count).stream().map(each -> each instanceof Event event ? event.words(log)
                : each.toString()).toList();
    }
}
