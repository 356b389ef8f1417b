package dev.lockstep.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Values as JSON in Apalache's Informal Trace Format (its ADR-015): {@code {"#set": [..]}}, {@code {"#tup": [..]}},
 * {@code {"#map": [[k, v], ..]}}, records as objects, and integers, strings and Booleans as themselves. A model value
 * is {@code {"#unserializable": "m1"}}. Reading also takes {@code {"#bigint": "1"}} and a plain array for a sequence. A
 * record with a field name that is not an identifier is written as {@code #map}, so that it cannot be taken for one of
 * these forms.
 */
public final class Itf {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Itf() {
    }

    /** Returns the JSON form of a value. */
    public static JsonNode toJson(Value value) {
        if (value instanceof BoolValue bool) {
            return NODES.booleanNode(bool.value());
        }
        if (value instanceof IntValue integer) {
            return NODES.numberNode(integer.value());
        }
        if (value instanceof StringValue string) {
            return NODES.textNode(string.value());
        }
        if (value instanceof SetValue set) {
            return tagged("#set", array(set.elements()));
        }
        if (value instanceof TupleValue tuple) {
            return tagged("#tup", array(tuple.elements()));
        }
        if (value instanceof FunctionValue function) {
            ArrayNode pairs = NODES.arrayNode();
            function.entries().forEach((argument, result) -> pairs.add(array(List.of(argument, result))));
            return tagged("#map", pairs);
        }
        if (value instanceof RecordValue record) {
            return record(record);
        }
        return tagged("#unserializable", NODES.textNode(value.toString()));
    }

    /**
     * Reads a value.
     *
     * @param place where the JSON stands, for messages
     * @throws FormatException if it is not a value; the message names the place inside and what was expected
     */
    public static Value fromJson(JsonNode json, String place) {
        if (json.isBoolean()) {
            return Value.of(json.booleanValue());
        }
        if (json.isIntegralNumber() && json.canConvertToLong()) {
            return Value.of(json.longValue());
        }
        if (json.isTextual()) {
            return Value.of(json.textValue());
        }
        if (json.isArray()) {
            return Value.tuple(items(json, place, Itf::fromJson));
        }
        if (!json.isObject()) {
            throw expected(place, "a value in ITF (64-bit integer, string, Boolean, array or object)", json);
        }
        String tag = json.size() == 1 ? json.fieldNames().next() : "";
        if (!tag.startsWith("#")) {
            return Value.record(fields(json, place));
        }
        JsonNode content = json.get(tag);
        String inside = place + "." + tag;
        return switch (tag) {
            case "#set" -> Value.set(items(content, inside, Itf::fromJson));
            case "#tup" -> Value.tuple(items(content, inside, Itf::fromJson));
            case "#map" -> function(content, inside);
            case "#bigint" -> bigint(content, inside);
            case "#unserializable" -> modelValue(content, inside);
            default -> throw expected(place, "one of #set, #tup, #map, #bigint, #unserializable", NODES.textNode(tag));
        };
    }

    static FormatException expected(String place, String what, JsonNode found) {
        String text = found == null || found.isMissingNode() ? "nothing" : found.toString();
        String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
        return new FormatException(place + ": expected " + what + ", found " + shown);
    }

    /** Reads every item of what must be an array. */
    static <T> List<T> items(JsonNode array, String place, BiFunction<JsonNode, String, T> item) {
        if (array == null || !array.isArray()) {
            throw expected(place, "an array", array);
        }
        List<T> items = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            items.add(item.apply(array.get(i), place + "[" + i + "]"));
        }
        return items;
    }

    private static Map<String, Value> fields(JsonNode object, String place) {
        Map<String, Value> fields = new LinkedHashMap<>();
        object.properties().forEach(field -> {
            if (!Identifiers.isIdentifier(field.getKey())) {
                throw expected(place, "an identifier as name of a field", NODES.textNode(field.getKey()));
            }
            fields.put(field.getKey(), fromJson(field.getValue(), place + "." + field.getKey()));
        });
        return fields;
    }

    private static Value function(JsonNode pairs, String place) {
        Map<Value, Value> entries = new LinkedHashMap<>();
        items(pairs, place, (pair, inside) -> {
            List<Value> both = items(pair, inside, Itf::fromJson);
            if (both.size() != 2) {
                throw expected(inside, "a pair of argument and result", pair);
            }
            if (entries.put(both.get(0), both.get(1)) != null) {
                throw expected(inside, "an argument that did not occur before", pair.get(0));
            }
            return both;
        });
        return Value.function(entries);
    }

    private static Value bigint(JsonNode digits, String place) {
        try {
            return Value.of(new BigInteger(digits.asText("")).longValueExact());
        } catch (ArithmeticException | NumberFormatException e) {
            throw expected(place, "a 64-bit integer as a string", digits);
        }
    }

    private static Value modelValue(JsonNode name, String place) {
        try {
            return Value.model(name.asText(""));
        } catch (IllegalArgumentException e) {
            throw expected(place, "the name of a model value", name);
        }
    }

    private static JsonNode record(RecordValue record) {
        if (!record.hasPlainNames()) {
            ArrayNode pairs = NODES.arrayNode();
            record.fields().forEach((name, value) -> pairs.add(NODES.arrayNode().add(name).add(toJson(value))));
            return tagged("#map", pairs);
        }
        ObjectNode object = NODES.objectNode();
        record.fields().forEach((name, value) -> object.set(name, toJson(value)));
        return object;
    }

    private static ArrayNode array(List<Value> values) {
        ArrayNode array = NODES.arrayNode();
        values.forEach(value -> array.add(toJson(value)));
        return array;
    }

    private static ObjectNode tagged(String tag, JsonNode content) {
        ObjectNode object = NODES.objectNode();
        object.set(tag, content);
        return object;
    }
}
