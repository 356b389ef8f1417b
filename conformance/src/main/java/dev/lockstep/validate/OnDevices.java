package dev.lockstep.validate;

import dev.lockstep.region.Action;
import dev.lockstep.sut.Size;
import dev.lockstep.trace.FunctionValue;
import dev.lockstep.trace.IntValue;
import dev.lockstep.trace.RecordValue;
import dev.lockstep.trace.SetValue;
import dev.lockstep.trace.TupleValue;
import dev.lockstep.trace.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is on a mirror's devices.
 *
 * @param legs of each leg the contents of its blocks
 * @param log  the bits, region by region
 */
record OnDevices(List<List<Value>> legs, List<Value> log) {
    OnDevices {
        legs = legs.stream().map(List::copyOf).toList();
        log = List.copyOf(log);
    }

    /** As a volume is made. */
    static OnDevices made(Size size) {
        return new OnDevices(Collections.nCopies(size.legs(), Collections.nCopies(size.blocks(), Value.of(0))),
                Collections.nCopies(size.regions(), Value.of(true)));
    }

    /** In a state of the specification. */
    static OnDevices of(Map<String, Value> state) {
        return new OnDevices(inOrder(state.get("leg")).stream().map(leg -> inOrder(now(leg))).toList(), inOrder(now(state.get("log"))));
    }

    /** What a kill leaves in a state of the specification. */
    static Stream<OnDevices> after(Map<String, Value> state) {
        return Stream.of(of(state));
    }

    /** All that a power cut may leave in a state of the specification: of each block some content, whatever it leaves of the others, and of the log some bits. */
    static Stream<OnDevices> afterCut(Map<String, Value> state) {
        List<List<List<Value>>> legs = List.of(List.of());
        for (Value leg : inOrder(state.get("leg"))) {
            List<List<Value>> contents = List.of(List.of());
            for (Value may : inOrder(field(leg, "may"))) {
                contents = contents.stream().flatMap(some -> ((SetValue) may).elements().stream().map(one -> with(some, one))).toList();
            }
            List<List<Value>> ofLeg = contents;
            legs = legs.stream().flatMap(some -> ofLeg.stream().map(one -> with(some, one))).toList();
        }
        List<List<Value>> bits = ((SetValue) field(state.get("log"), "may")).elements().stream().map(OnDevices::inOrder).toList();
        return legs.stream().flatMap(some -> bits.stream().map(one -> new OnDevices(some, one)));
    }

    private static <T> List<T> with(List<T> some, T one) {
        List<T> all = new ArrayList<>(some);
        all.add(one);
        return all;
    }

    /** As the event {@code Found} tells. */
    static OnDevices found(Event event) {
        return new OnDevices(elements(event.arguments().get(0)).stream().map(OnDevices::elements).toList(), elements(event.arguments().get(1)));
    }

    /** The event that says that the files hold this, all of it durable. */
    Event files(long begin) {
        return new Event("Files", List.of(Value.tuple(legs.stream().map(Value::tuple).toList()), Value.tuple(log)), true, begin, begin + 1);
    }

    /** After all that is known to have been written since. */
    OnDevices after(List<Event> events) {
        List<List<Value>> written = new ArrayList<>(legs.stream().map(each -> (List<Value>) new ArrayList<>(each)).toList());
        List<Value> bits = log;
        for (Event event : events) {
            List<Value> told = event.arguments();
            if (event.what().equals(Action.LEG_WRITE.specName())) {
                written.get(number(told.get(2))).set(number(told.get(1)), told.get(3));
            } else if (event.what().equals(Action.RESYNC_COPY.specName())) {
                written.get(number(told.get(1))).set(number(told.get(0)), told.get(2));
            } else if (event.what().equals(Action.LOG_WRITE.specName())) {
                bits = elements(told.get(0));
            }
        }
        return new OnDevices(written, bits);
    }

    /** Where it differs from another: devices, one as often as there are blocks of it that differ. */
    List<String> differences(OnDevices other) {
        List<String> differences = new ArrayList<>();
        for (int leg = 0; leg < legs.size(); leg++) {
            for (int block = 0; block < legs.get(leg).size(); block++) {
                if (!legs.get(leg).get(block).equals(other.legs.get(leg).get(block))) {
                    differences.add("leg " + leg);
                }
            }
        }
        if (!log.equals(other.log)) {
            differences.add("log");
        }
        return differences;
    }

    private static int number(Value value) {
        return (int) ((IntValue) value).value();
    }

    private static List<Value> elements(Value tuple) {
        return ((TupleValue) tuple).elements();
    }

    private static Value now(Value device) {
        return field(device, "now");
    }

    private static Value field(Value device, String name) {
        return ((RecordValue) device).fields().get(name);
    }

    /** A function on 0, 1 and so on. */
    private static List<Value> inOrder(Value function) {
        return ((FunctionValue) function).entries().entrySet().stream().sorted(Map.Entry.comparingByKey()).map(Map.Entry::getValue).toList();
    }
}
