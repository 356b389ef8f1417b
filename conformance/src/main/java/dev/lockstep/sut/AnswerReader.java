package dev.lockstep.sut;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the lines of a system under test, and puts up with nothing in them that the protocol does not have. Immutable. */
final class AnswerReader {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Map<String, Want.Kind> KINDS = Arrays.stream(Want.Kind.values())
            .collect(Collectors.toMap(Want.Kind::written, Function.identity()));

    private AnswerReader() {
    }

    /** The line is not as the protocol has it. The message is a clause that says what is wrong, of which the line is the subject. */
    static final class NonsenseException extends Exception {
        private static final long serialVersionUID = 1L;

        NonsenseException(String clause) {
            super(clause);
        }
    }

    /**
     * The name that a system under test gives itself in the answer to the hello.
     *
     * @throws NonsenseException if the line is no such answer
     */
    static String hello(String line, int version) throws NonsenseException {
        JsonNode answer = object(line, 0, List.of("n", "hello", "version", "name"));
        String protocol = text(answer, "hello");
        if (!protocol.equals(LineAdapter.PROTOCOL)) {
            throw new NonsenseException("greets with the protocol " + protocol + ", and not with " + LineAdapter.PROTOCOL);
        }
        if (number(answer, "version") != version) {
            throw new NonsenseException("speaks version " + answer.get("version") + " of the protocol, and not version " + version);
        }
        return text(answer, "name");
    }

    /**
     * The answer to an event.
     *
     * @throws NonsenseException if the line is none
     */
    static Answer answer(String line, long number) throws NonsenseException {
        JsonNode answer = object(line, number, List.of("n", "wants", "reads"));
        Set<Want> wants = new HashSet<>();
        for (JsonNode each : array(answer, "wants")) {
            wants.add(want(each));
        }
        List<Set<Integer>> reads = new ArrayList<>();
        for (JsonNode region : array(answer, "reads")) {
            if (!region.isArray()) {
                throw new NonsenseException("has reads with " + region + " in it, and not with a list of legs");
            }
            Set<Integer> legs = new HashSet<>();
            for (JsonNode leg : region) {
                if (!leg.isInt()) {
                    throw new NonsenseException("has reads with " + leg + " in it, and not with a leg's number");
                }
                legs.add(leg.intValue());
            }
            reads.add(legs);
        }
        return new Answer(wants, reads);
    }

    private static Want want(JsonNode want) throws NonsenseException {
        if (!want.isObject()) {
            throw new NonsenseException("has wants with " + want + " in it, and not with an object");
        }
        Want.Kind kind = KINDS.get(text(want, "want"));
        if (kind == null) {
            throw new NonsenseException("has a want " + want.get("want") + ", which the protocol does not have");
        }
        List<String> keys = new ArrayList<>(List.of("want"));
        kind.fields().forEach(field -> keys.add(field.key()));
        requireKeys(want, keys, "a want of " + kind.written());
        List<Boolean> bits = new ArrayList<>();
        String from = "";
        List<Integer> numbers = new ArrayList<>();
        for (Want.Field field : kind.fields()) {
            switch (field) {
                case FROM -> from = text(want, field.key());
                case BITS -> {
                    for (JsonNode bit : array(want, field.key())) {
                        if (!bit.isBoolean()) {
                            throw new NonsenseException("has bits with " + bit + " in it, and not with true or false");
                        }
                        bits.add(bit.booleanValue());
                    }
                }
                default -> numbers.add(number(want, field.key()));
            }
        }
        return Want.of(kind, from, bits, numbers.stream().mapToInt(each -> each).toArray());
    }

    private static JsonNode object(String line, long number, List<String> keys) throws NonsenseException {
        JsonNode read;
        try {
            read = MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            throw new NonsenseException("is no JSON: " + e.getOriginalMessage());
        }
        if (!read.isObject()) {
            throw new NonsenseException("is no object of JSON");
        }
        requireKeys(read, keys, "an answer");
        if (!read.get("n").canConvertToLong() || !read.get("n").isIntegralNumber() || read.get("n").longValue() != number) {
            throw new NonsenseException("has n " + read.get("n") + ", and not that of what it answers, " + number);
        }
        return read;
    }

    private static void requireKeys(JsonNode object, List<String> keys, String what) throws NonsenseException {
        for (Iterator<String> names = object.fieldNames(); names.hasNext();) {
            String name = names.next();
            if (!keys.contains(name)) {
                throw new NonsenseException("has the key " + name + ", which " + what + " does not have");
            }
        }
        for (String key : keys) {
            if (!object.has(key)) {
                throw new NonsenseException("has no key " + key + ", which " + what + " has");
            }
        }
    }

    private static JsonNode array(JsonNode object, String key) throws NonsenseException {
        JsonNode value = object.get(key);
        if (!value.isArray()) {
            throw new NonsenseException("has " + key + " " + value + ", and not a list");
        }
        return value;
    }

    private static String text(JsonNode object, String key) throws NonsenseException {
        JsonNode value = object.get(key);
        if (value == null || !value.isTextual()) {
            throw new NonsenseException("has " + key + " " + value + ", and not a text");
        }
        return value.textValue();
    }

    private static int number(JsonNode object, String key) throws NonsenseException {
        JsonNode value = object.get(key);
        if (!value.isInt()) {
            throw new NonsenseException("has " + key + " " + value + ", and not a number");
        }
        return value.intValue();
    }
}
