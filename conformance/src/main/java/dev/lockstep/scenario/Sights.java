package dev.lockstep.scenario;

import dev.lockstep.trace.IntValue;
import dev.lockstep.trace.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What can be seen of a state on each lane: contents, page-dirty bits, region states, the log's bits, legs that are out of use. */
final class Sights {
    private static final String CLEAN = "clean";
    private static final String DIRTY = "dirty";

    private final Map<String, Value> state;
    private final Map<String, Sight> seen = new LinkedHashMap<>();

    private Sights(Map<String, Value> state) {
        this.state = state;
    }

    /** Returns all that is seen of a state. */
    static List<Sight> of(Map<String, Value> state) {
        return List.copyOf(new Sights(state).look().values());
    }

    /** Returns what is seen of a state and was not before. */
    static List<Sight> of(Map<String, Value> before, Map<String, Value> after) {
        Map<String, Sight> then = new Sights(before).look();
        Map<String, Sight> now = new Sights(after).look();
        List<Sight> fresh = new ArrayList<>();
        now.forEach((what, sight) -> {
            if (!sight.equals(then.get(what))) {
                fresh.add(sight);
            }
        });
        return fresh;
    }

    private Map<String, Sight> look() {
        // Without a process there is no memory to be seen.
        if (!Parts.of(state, "mode").equals(Optional.of(Value.of("down")))) {
            memory();
        }
        log();
        for (Value leg : Lanes.legs(state)) {
            leg(leg);
        }
        return seen;
    }

    private void memory() {
        Map<Value, Value> pages = Parts.entries(Parts.of(state, "page"));
        pages.forEach((block, content) -> see("page " + block, Lanes.CACHE, number(pages, block)
                + (content instanceof IntValue known && known.value() < 0 ? "empty" : content)));
        Map<Value, Value> dirty = Parts.entries(Parts.of(state, "pageDirty"));
        dirty.forEach((page, is) -> {
            if (Parts.isTrue(is)) {
                see("page-dirty " + page, Lanes.CACHE, number(dirty, page) + "page-dirty");
            }
        });
        Map<Value, Value> regions = Parts.entries(Parts.of(state, "state"));
        regions.forEach((region, is) -> see("state " + region, Lanes.DRIVER, number(regions, region) + text(is)));
    }

    private void log() {
        Map<Value, Value> bits = Parts.entries(Parts.of(state, "log", "now"));
        bits.forEach((region, bit) -> {
            boolean other = Parts.elements(Parts.of(state, "log", "may")).stream()
                    .anyMatch(may -> !bit.equals(Parts.entries(Optional.of(may)).get(region)));
            see("bit " + region, Lanes.LOG, number(bits, region) + bit(bit) + (other ? " (" + bit(Value.of(!Parts.isTrue(bit))) + ")" : ""));
        });
        // Generations.tla has one region, whose bit stands in the log's record.
        Parts.of(state, "log", "bit").ifPresent(bit -> see("bit", Lanes.LOG, bit(bit)));
    }

    private void leg(Value leg) {
        Map<Value, Value> blocks = Parts.entries(Parts.of(state, "leg", leg, "now"));
        blocks.forEach((block, content) -> {
            TreeSet<Value> may = new TreeSet<>(Parts.elements(Parts.of(state, "leg", leg, "may", block)));
            may.remove(content);
            see("leg " + leg + " " + block, Lanes.leg(leg), number(blocks, block) + content + (may.isEmpty() ? ""
                    : may.stream().map(Value::toString).collect(Collectors.joining(",", " (", ")"))));
        });
        if (Parts.elements(Parts.of(state, "gone")).contains(leg)) {
            see("gone " + leg, Lanes.leg(leg), "gone");
        }
        if (Parts.elements(Parts.of(state, "out")).contains(leg) || Parts.elements(Parts.of(state, "now", "out")).contains(leg)) {
            see("out " + leg, Lanes.leg(leg), "out");
        }
    }

    private static String bit(Value bit) {
        return Parts.isTrue(bit) ? CLEAN : DIRTY;
    }

    /** Where there are several it is said which. */
    private static String number(Map<Value, Value> all, Value which) {
        return all.size() > 1 ? which + ": " : "";
    }

    private static String text(Value value) {
        return value.toString().replace("\"", "");
    }

    private void see(String what, String lane, String text) {
        seen.put(what, new Sight(lane, text));
    }
}
