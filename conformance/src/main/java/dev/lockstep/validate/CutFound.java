package dev.lockstep.validate;

import dev.lockstep.trace.FunctionValue;
import dev.lockstep.trace.IntValue;
import dev.lockstep.trace.SetValue;
import dev.lockstep.trace.TupleValue;
import dev.lockstep.trace.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What power cuts at one instant were found to leave, next to what the specification allows them to leave there.
 *
 * @param allowed for each leg and then for the log, for each of its blocks, what may be left
 * @param found   the same of what was
 * @param left    how many outcomes of all devices together were found
 */
record CutFound(List<List<Set<Value>>> allowed, List<List<Set<Value>>> found, long left) {
    /** The event in a recording. */
    static final String NAME = "CutFound";

    private static final String LOG = "log";

    CutFound {
        allowed = List.copyOf(allowed);
        found = List.copyOf(found);
    }

    /**
     * What an event says, next to what the specification has where it comes.
     *
     * @param event   the event
     * @param allowed {@code Leaves} of {@code Recorded.tla}
     */
    static CutFound of(Event event, Value allowed) {
        List<Value> may = ((TupleValue) allowed).elements();
        return new CutFound(devices(may.get(0), ((SetValue) may.get(1)).elements().stream().map(CutFound::inOrder).toList()),
                devices(event.arguments().get(0), elements(event.arguments().get(1))), ((IntValue) event.arguments().get(2)).value());
    }

    /** What one power cut has left, as the event {@code PowerCut} tells, next to what the specification has where it comes. */
    static CutFound ofOne(Event event, Value allowed) {
        Value legs = Value.tuple(elements(event.arguments().get(0)).stream()
                .map(leg -> Value.tuple(elements(leg).stream().map(content -> Value.set(List.of(content))).toList())).toList());
        return of(new Event(NAME, List.of(legs, Value.set(List.of(event.arguments().get(1))), Value.of(1)), true, event.begin(), event.end()), allowed);
    }

    private static List<List<Set<Value>>> devices(Value legs, List<Value> bits) {
        List<List<Set<Value>>> devices = new ArrayList<>();
        for (Value leg : elements(inOrder(legs))) {
            devices.add(elements(inOrder(leg)).stream().map(block -> (Set<Value>) new HashSet<>(elements(block))).toList());
        }
        devices.add(List.of(new HashSet<>(bits)));
        return devices;
    }

    /** How many outcomes of all devices together are allowed: a cut leaves of each block what it likes. */
    long mayLeave() {
        return allowed.stream().flatMap(List::stream).mapToLong(Set::size).reduce(1, Math::multiplyExact);
    }

    /** The devices of which a cut may leave one of several contents. */
    String underWay() {
        List<String> devices = new ArrayList<>();
        for (int device = 0; device < allowed.size(); device++) {
            if (allowed.get(device).stream().anyMatch(each -> each.size() > 1)) {
                devices.add(name(device));
            }
        }
        return devices.isEmpty() ? CrashOutcome.NOTHING : String.join(", ", devices);
    }

    /** What was found and is not allowed, a sentence each. */
    List<String> wrong() {
        List<String> wrong = new ArrayList<>();
        for (int device = 0; device < allowed.size(); device++) {
            for (int block = 0; block < allowed.get(device).size(); block++) {
                if (!allowed.get(device).get(block).containsAll(found.get(device).get(block))) {
                    wrong.add((device == allowed.size() - 1 ? LOG : "block " + block + " on " + name(device)) + ": a power cut may leave "
                            + Value.set(allowed.get(device).get(block)) + " in the specification, found was " + Value.set(found.get(device).get(block)));
                }
            }
        }
        return wrong;
    }

    private String name(int device) {
        return device == allowed.size() - 1 ? LOG : "leg " + device;
    }

    private static List<Value> elements(Value value) {
        return value instanceof SetValue set ? List.copyOf(set.elements()) : ((TupleValue) value).elements();
    }

    /** A function on 0, 1 and so on as a tuple; a tuple is one. */
    private static Value inOrder(Value value) {
        return value instanceof FunctionValue function ? Value.tuple(function.entries().entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue).toList()) : value;
    }
}
