package dev.lockstep.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How much of what the specification allows power cuts to leave they were found to leave, at every instant at which one was looked at.
 *
 * @param instants how many there were
 * @param allowed  how many outcomes are allowed at them, of all devices together
 * @param found    how many of those were found
 * @param kinds    instants at which the same devices hold something that is not durable
 */
public record CutOutcomes(long instants, long allowed, long found, List<Kind> kinds) {
    /** None. */
    public static final CutOutcomes NONE = new CutOutcomes(0, 0, 0, List.of());

    /** Keeps a copy. */
    public CutOutcomes {
        kinds = List.copyOf(kinds);
    }

    /**
     * Instants at which the same devices hold something that is not durable.
     *
     * @param underWay the devices of which a power cut may leave one of several contents
     * @param instants how many instants
     * @param allowed  how many outcomes are allowed at them
     * @param found    how many of those were found
     */
    public record Kind(String underWay, long instants, long allowed, long found) {
        private static Kind of(CutFound cut) {
            return new Kind(cut.underWay(), 1, cut.mayLeave(), cut.left());
        }

        private Kind and(Kind other) {
            return new Kind(underWay, instants + other.instants, allowed + other.allowed, found + other.found);
        }
    }

    static CutOutcomes of(List<CutFound> cuts) {
        return sum(cuts.stream().map(Kind::of));
    }

    /** {@return those of this and of others together} */
    public CutOutcomes and(CutOutcomes others) {
        return sum(Stream.concat(kinds.stream(), others.kinds.stream()));
    }

    private static CutOutcomes sum(Stream<Kind> all) {
        Map<String, Kind> byDevices = new TreeMap<>();
        all.forEach(each -> byDevices.merge(each.underWay(), each, Kind::and));
        List<Kind> kinds = new ArrayList<>(byDevices.values());
        return new CutOutcomes(kinds.stream().mapToLong(Kind::instants).sum(), kinds.stream().mapToLong(Kind::allowed).sum(),
                kinds.stream().mapToLong(Kind::found).sum(), kinds);
    }
}
