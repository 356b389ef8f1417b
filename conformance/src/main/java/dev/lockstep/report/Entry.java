package dev.lockstep.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** A value in a JSON file and the place where it stands, so that a complaint can name both. Immutable by use. */
record Entry(JsonNode node, String place) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Reads a file that is there. */
    static Entry read(Path file) {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new ReportException(file + ": expected a file that can be read as text, but it cannot", e);
        }
    }

    /** Reads a text that must be JSON. */
    static Entry parse(String json, String place) {
        try {
            return new Entry(MAPPER.readTree(json), place);
        } catch (JsonProcessingException e) {
            String problem = e.getOriginalMessage().lines().findFirst().orElse("");
            throw new ReportException(place + ": expected JSON, but " + problem, e);
        }
    }

    Entry at(String key) {
        if (!node.isObject()) {
            throw expected("an object");
        }
        return new Entry(node.path(key), place + ": " + key);
    }

    boolean missing() {
        return node.isMissingNode() || node.isNull();
    }

    String text(String key) {
        return at(key).asText();
    }

    String asText() {
        if (!node.isTextual()) {
            throw expected("a string");
        }
        return node.textValue();
    }

    Optional<String> maybeText(String key) {
        Entry entry = at(key);
        return entry.missing() ? Optional.empty() : Optional.of(entry.asText());
    }

    long number(String key) {
        return at(key).asLong();
    }

    long asLong() {
        if (!node.canConvertToLong() || !node.canConvertToExactIntegral()) {
            throw expected("a whole number");
        }
        return node.longValue();
    }

    OptionalLong maybeNumber(String key) {
        Entry entry = at(key);
        return entry.missing() ? OptionalLong.empty() : OptionalLong.of(entry.asLong());
    }

    double decimal(String key) {
        Entry entry = at(key);
        if (!entry.node.isNumber()) {
            throw entry.expected("a number");
        }
        return entry.node.doubleValue();
    }

    boolean flag(String key) {
        Entry entry = at(key);
        if (!entry.node.isBoolean()) {
            throw entry.expected("true or false");
        }
        return entry.node.booleanValue();
    }

    <T> List<T> list(String key, Function<Entry, T> each) {
        return at(key).items(each);
    }

    <T> List<T> items(Function<Entry, T> each) {
        if (!node.isArray()) {
            throw expected("an array");
        }
        List<T> items = new ArrayList<>();
        for (JsonNode item : node) {
            items.add(each.apply(new Entry(item, place + "[" + items.size() + "]")));
        }
        return List.copyOf(items);
    }

    List<String> texts(String key) {
        return list(key, Entry::asText);
    }

    <T> Optional<T> maybe(String key, Function<Entry, T> read) {
        Entry entry = at(key);
        return entry.missing() ? Optional.empty() : Optional.of(read.apply(entry));
    }

    /** Returns the members of an object in the order of the file. */
    <T> Map<String, T> members(Function<Entry, T> each) {
        if (!node.isObject()) {
            throw expected("an object");
        }
        Map<String, T> members = new LinkedHashMap<>();
        node.fieldNames().forEachRemaining(key -> members.put(key, each.apply(at(key))));
        return Collections.unmodifiableMap(members);
    }

    ReportException expected(String what) {
        return new ReportException(place + ": expected " + what + ", found "
                + (node.isMissingNode() ? "nothing" : node.toString()));
    }
}
