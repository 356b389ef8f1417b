package dev.lockstep.tlc.inside;

import dev.lockstep.trace.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tlc2.util.FP64;
import tlc2.value.IValue;
import tlc2.value.impl.BoolValue;
import tlc2.value.impl.FcnRcdValue;
import tlc2.value.impl.IntValue;
import tlc2.value.impl.ModelValue;
import tlc2.value.impl.RecordValue;
import tlc2.value.impl.SetEnumValue;
import tlc2.value.impl.StringValue;
import tlc2.value.impl.TupleValue;

/**
 * Turns values of TLC into ours. A compound value is converted once and then found by its fingerprint: equal values
 * have equal ones, and that different ones differ is what TLC relies on for states too. Not thread-safe.
 */
final class ValueConverter {
    private final Map<Long, Value> known = new HashMap<>();

    /**
     * Returns the value.
     *
     * @throws UnfitSpec if it is none that a state can be compared by, such as an infinite set
     */
    Value convert(IValue value) {
        if (value instanceof IntValue number) {
            return Value.of((long) number.val);
        } else if (value instanceof BoolValue bool) {
            return Value.of(bool.val);
        } else if (value instanceof StringValue string) {
            return Value.of(string.val.toString());
        } else if (value instanceof ModelValue model) {
            return Value.model(model.val.toString());
        }
        // Fingerprinting also brings sets and functions into their normal form.
        long fingerprint = value.fingerPrint(FP64.New());
        Value converted = known.get(fingerprint);
        if (converted == null) {
            converted = compound(value);
            known.put(fingerprint, converted);
        }
        return converted;
    }

    private Value compound(IValue value) {
        if (value instanceof TupleValue tuple) {
            return Value.tuple(all(tuple.elems));
        } else if (value instanceof RecordValue record) {
            Map<String, Value> fields = new LinkedHashMap<>();
            for (int i = 0; i < record.names.length; i++) {
                fields.put(record.names[i].toString(), convert(record.values[i]));
            }
            return Value.record(fields);
        } else if (value instanceof FcnRcdValue function) {
            IValue[] domain = function.getDomainAsValues();
            Map<Value, Value> entries = new LinkedHashMap<>();
            for (int i = 0; i < domain.length; i++) {
                entries.put(convert(domain[i]), convert(function.values[i]));
            }
            return Value.function(entries);
        } else if (value instanceof SetEnumValue set) {
            return Value.set(all(set.elems.toArray()));
        }
        // What TLC keeps unevaluated: 1 .. 3, SUBSET S, [S -> T], a function given by an expression.
        tlc2.value.impl.Value lazy = (tlc2.value.impl.Value) value;
        tlc2.value.impl.Value explicit = lazy.toSetEnum() != null ? lazy.toSetEnum() : lazy.toFcnRcd();
        if (explicit == null || explicit == lazy) {
            throw new UnfitSpec("the value " + value + " of kind " + lazy.getKindString() + " fits no graph");
        }
        return convert(explicit);
    }

    private List<Value> all(IValue[] values) {
        List<Value> converted = new ArrayList<>();
        for (IValue value : values) {
            converted.add(convert(value));
        }
        return converted;
    }
}
