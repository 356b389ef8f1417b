package dev.lockstep.trace;

import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Arbitrary TLA+ values, for properties. */
final class Values {
    private Values() {
    }

    /** Returns values of every kind, nested a few levels deep. */
    static Arbitrary<Value> any() {
        return nested(3);
    }

    private static Arbitrary<Value> nested(int depth) {
        return depth == 0 ? simple() : Arbitraries.oneOf(simple(), compound(depth - 1));
    }

    private static Arbitrary<Value> simple() {
        return Arbitraries.oneOf(
                Arbitraries.of(true, false).map(Value::of),
                Arbitraries.longs().map(Value::of),
                Arbitraries.integers().between(-2, 4).map(i -> Value.of(i.longValue())),
                strings().map(Value::of),
                names().map(Value::model));
    }

    private static Arbitrary<Value> compound(int depth) {
        Arbitrary<Value> inner = nested(depth);
        return Arbitraries.oneOf(
                inner.list().ofMaxSize(4).map(Value::set),
                inner.list().ofMaxSize(4).map(Value::tuple),
                Arbitraries.maps(inner, inner).ofMaxSize(4).map(Values::function),
                Arbitraries.maps(strings(), inner).ofMaxSize(3).map(Values::record),
                Arbitraries.maps(names(), inner).ofMaxSize(3).map(Values::record));
    }

    private static Value function(Map<Value, Value> entries) {
        return Value.function(new TreeMap<>(entries));
    }

    private static Value record(Map<String, Value> fields) {
        return Value.record(new TreeMap<>(fields));
    }

    private static Arbitrary<String> strings() {
        return Arbitraries.strings().withChars("ab \"\\\n\t\r\f#{é").ofMaxLength(6);
    }

    private static Arbitrary<String> names() {
        return Arbitraries.strings().withChars("abZ").ofMinLength(1).ofMaxLength(2).map(s -> s + "_1");
    }
}
