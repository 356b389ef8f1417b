package dev.lockstep.validate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A crash of a mirror that was recorded.
 *
 * @param life  what is known of the mirror's life until then: what its files held before, what was seen, the crash itself
 * @param known what is on its devices if nothing was done but what is known to have been
 * @param found what was found on them
 * @param cut   whether the power was cut: then what is on them may be lost besides
 */
record Crash(Recording life, OnDevices known, OnDevices found, boolean cut) {

    /** The crashes in a recording after each of which it was looked what is on the devices. */
    static List<Crash> in(Recording recording) {
        List<Crash> crashes = new ArrayList<>();
        OnDevices before = OnDevices.made(recording.settings().size());
        List<Event> life = new ArrayList<>();
        boolean killed = false;
        boolean cut = false;
        for (Event event : recording.all()) {
            if (event.what().equals("Found")) {
                OnDevices found = OnDevices.found(event);
                if (killed) {
                    crashes.add(of(recording, before, life, found, cut));
                }
                before = found;
                life.clear();
                killed = false;
                cut = false;
            } else if (event.what().equals("PowerCut")) {
                cut = true;
            } else {
                life.add(event);
                killed = event.what().equals("Kill");
            }
        }
        return crashes;
    }

    private static Crash of(Recording recording, OnDevices before, List<Event> life, OnDevices found, boolean cut) {
        long first = life.stream().mapToLong(Event::begin).min().orElseThrow();
        List<Event> events = new ArrayList<>(life);
        events.add(before.files(first - 2));
        List<Event> certain = life.stream().filter(Event::certain).sorted(Comparator.comparingLong(Event::end)).toList();
        return new Crash(Recording.of(recording.settings(), events), before.after(certain), found, cut);
    }
}
