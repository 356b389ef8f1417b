package dev.lockstep.sut;

import dev.lockstep.trace.BoolValue;
import dev.lockstep.trace.FunctionValue;
import dev.lockstep.trace.IntValue;
import dev.lockstep.trace.RecordValue;
import dev.lockstep.trace.SetValue;
import dev.lockstep.trace.StringValue;
import dev.lockstep.trace.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/**
 * A spec variable's value as a few bits of a long, so that comparing what is expected with what is observed costs one
 * comparison. Every type here has one code for each value and one value for each code that was made from one.
 */
interface Codec {

    /** How many bits a code has. */
    int bits();

    /** The code of a value. */
    long encode(Value value);

    /** The value of a code. */
    Value decode(long code);

    /** Some bits as a mask. */
    static long mask(int bits) {
        return bits == Long.SIZE ? -1L : (1L << bits) - 1;
    }

    /** TRUE or FALSE. */
    static Codec bool() {
        return of(1, value -> ((BoolValue) value).value() ? 1 : 0, code -> new BoolValue(code != 0));
    }

    /** One of some strings: the code is its index. A higher code, which only what is observed can have, is none of them. */
    static Codec oneOf(List<String> names) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(names.size() - 1L);
        return of(bits, value -> {
            int index = names.indexOf(((StringValue) value).value());
            if (index < 0) {
                throw new IllegalArgumentException(value + " is none of " + names);
            }
            return index;
        }, code -> new StringValue(code < names.size() ? names.get((int) code) : "none of " + names));
    }

    /** An integer from some lowest on. */
    static Codec integer(int lowest, int bits) {
        return of(bits, value -> ((IntValue) value).value() - lowest, code -> new IntValue(code + lowest));
    }

    /** A set of some of the values that an element's codec has: a bit for each of its codes. */
    static Codec setOf(Codec element, int codes) {
        return of(codes, value -> {
            long set = 0;
            for (Value member : ((SetValue) value).elements()) {
                set |= 1L << element.encode(member);
            }
            return set;
        }, code -> {
            List<Value> members = new ArrayList<>();
            for (int member = 0; member < codes; member++) {
                if ((code >>> member & 1) != 0) {
                    members.add(element.decode(member));
                }
            }
            return new SetValue(members);
        });
    }

    /** A set that is empty. */
    static Codec noElement() {
        return of(1, value -> {
            if (!((SetValue) value).elements().isEmpty()) {
                throw new IllegalArgumentException(value + " is not empty");
            }
            return 0;
        }, code -> new SetValue(List.of()));
    }

    /** A function of 0 to one less than {@code size}: the code of its value at 0 is lowest. */
    static Codec function(int size, Codec range) {
        return of(size * range.bits(), value -> {
            long code = 0;
            for (Map.Entry<Value, Value> entry : ((FunctionValue) value).entries().entrySet()) {
                code |= range.encode(entry.getValue()) << ((IntValue) entry.getKey()).value() * range.bits();
            }
            return code;
        }, code -> {
            Map<Value, Value> entries = new TreeMap<>();
            for (int i = 0; i < size; i++) {
                entries.put(new IntValue(i), range.decode(code >>> i * range.bits() & mask(range.bits())));
            }
            return new FunctionValue(entries);
        });
    }

    /** A record: the code of the field named first is lowest. */
    static Codec record(Map<String, Codec> fields) {
        int bits = fields.values().stream().mapToInt(Codec::bits).sum();
        Map<String, Codec> ordered = new LinkedHashMap<>(fields);
        return of(bits, value -> {
            long code = 0;
            int shift = 0;
            for (Map.Entry<String, Codec> field : ordered.entrySet()) {
                code |= field.getValue().encode(((RecordValue) value).fields().get(field.getKey())) << shift;
                shift += field.getValue().bits();
            }
            return code;
        }, code -> {
            Map<String, Value> values = new TreeMap<>();
            int shift = 0;
            for (Map.Entry<String, Codec> field : ordered.entrySet()) {
                values.put(field.getKey(), field.getValue().decode(code >>> shift & mask(field.getValue().bits())));
                shift += field.getValue().bits();
            }
            return new RecordValue(values);
        });
    }

    private static Codec of(int bits, ToLongFunction<Value> encode,
            LongFunction<Value> decode) {
        if (bits > Long.SIZE) {
            throw new IllegalArgumentException("a value of " + bits + " bits does not fit a long");
        }
        return new Codec() {
            @Override
            public int bits() {
                return bits;
            }

            @Override
            public long encode(Value value) {
                return encode.applyAsLong(value);
            }

            @Override
            public Value decode(long code) {
                return decode.apply(code);
            }
        };
    }
}
