package dev.lockstep.crash.enumerate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What happened before a crash. It is put into words only for what is found: there are far more crashes than findings.
 *
 * @param events how many events
 * @param lines  a line each
 */
record History(int events, Supplier<List<String>> lines) {
    /** The events of a journal before a point. */
    static History of(Journal journal, Point point) {
        return new History(point.events(), () -> journal.lines(point));
    }

    /** These, and then those of another journal. */
    History then(Journal journal, Point point) {
        return new History(events + point.events(), () -> {
            List<String> both = new ArrayList<>(lines.get());
            both.addAll(journal.lines(point));
            return both;
        });
    }
}
