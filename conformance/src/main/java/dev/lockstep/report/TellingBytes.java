package dev.lockstep.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The bytes of a scenario in which something happens: those that are not the same throughout, from first to last. */
record TellingBytes(int first, int last) {
    /** More than these would not fit into a cell. */
    private static final int AT_MOST = 8;

    static TellingBytes of(ScenarioRun run) {
        List<Bytes> all = new ArrayList<>();
        for (ScenarioStep step : run.steps()) {
            all.add(step.leg0());
            all.add(step.leg1());
            step.page().ifPresent(all::add);
        }
        int[] offsets = all.stream().flatMap(bytes -> all.get(0).differences(bytes).stream())
                .mapToInt(Integer::intValue).sorted().toArray();
        if (offsets.length == 0) {
            return new TellingBytes(0, Math.min(3, all.isEmpty() ? 3 : all.get(0).length() - 1));
        }
        int first = offsets[0];
        return new TellingBytes(first, Math.min(offsets[offsets.length - 1], first + AT_MOST - 1));
    }

    String inWords() {
        return first == last ? "byte " + first : "bytes " + first + " to " + last;
    }

    /** Returns these bytes of all. */
    String show(Bytes bytes) {
        return offsets().mapToObj(bytes::hex).collect(Collectors.joining(" "));
    }

    boolean differ(Bytes one, Bytes other) {
        return offsets().anyMatch(offset -> one.differs(other, offset));
    }

    private IntStream offsets() {
        return IntStream.rangeClosed(first, last);
    }
}
