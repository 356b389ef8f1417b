package dev.lockstep.sut;

import dev.lockstep.trace.Label;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An answer that makes sense on a volume, by the actions of Mirror.tla that are wanted. Immutable. */
final class Wants {
    /** Of a mirror that is down. */
    static final Wants NONE = new Wants(Map.of(), List.of());

    private final Map<Label, Want> byLabel;
    private final List<Set<Integer>> reads;

    private Wants(Map<Label, Want> byLabel, List<Set<Integer>> reads) {
        this.byLabel = byLabel;
        this.reads = reads;
    }

    /**
     * The wants of an answer.
     *
     * @throws AdapterException if there is something in it that the volume does not have
     */
    static Wants of(Answer answer, Size size, Event event) {
        Map<Label, Want> byLabel = new HashMap<>();
        for (Want want : answer.wants()) {
            check(want, size, event);
            Want other = byLabel.put(want.label(), want);
            if (other != null) {
                throw nonsense(want + " and " + other + " at the same time", "one of them", event);
            }
        }
        if (!answer.reads().isEmpty() && answer.reads().size() != size.regions()) {
            throw nonsense("reads of " + answer.reads().size() + " regions", "one list of legs for each of " + size.regions(), event);
        }
        answer.reads().forEach(legs -> legs.forEach(leg -> inRange(leg, "a leg", size.legs(), "reads from leg " + leg, event)));
        return new Wants(byLabel, answer.reads());
    }

    private static void check(Want want, Size size, Event event) {
        for (Want.Field field : want.kind().fields()) {
            String name = "a " + field.key();
            switch (field) {
                case WRITE -> inRange(want.write(), name, size.slots(), want, event);
                case BLOCK -> inRange(want.block(), name, size.blocks(), want, event);
                case LEG -> inRange(want.leg(), name, size.legs(), want, event);
                case REGION -> inRange(want.region(), name, size.regions(), want, event);
                case FROM -> {
                    if (!want.from().equals(Want.PAGE) && !want.from().equals(Want.COPY)) {
                        throw nonsense(want, "from to be page or copy", event);
                    }
                }
                case BITS -> {
                    if (want.bits().size() != size.regions()) {
                        throw nonsense(want, size.regions() + " bits, one a region", event);
                    }
                }
            }
        }
    }

    private static void inRange(int number, String what, int end, Object said, Event event) {
        if (number < 0 || number >= end) {
            throw nonsense(said, what + " from 0 to " + (end - 1), event);
        }
    }

    private static AdapterException nonsense(Object said, String expected, Event event) {
        return new AdapterException(expected + ", in the answer to " + event, "the system under test said " + said);
    }

    /** The want that stands for an action, or null. */
    Want get(Label label) {
        return byLabel.get(label);
    }

    /** Whether a read of a region may be served from a leg. */
    boolean mayRead(int region, int leg) {
        return region < reads.size() && reads.get(region).contains(leg);
    }

    /** The legs that a read of each region may be served from. */
    List<Set<Integer>> reads() {
        return reads;
    }

    /** All of them, as they stand in the line protocol, in the order of the alphabet. */
    List<String> texts() {
        return byLabel.values().stream().map(Want::toString).sorted().toList();
    }
}
