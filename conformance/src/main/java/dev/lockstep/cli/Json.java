package dev.lockstep.cli;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Reading and writing JSON: strictly and legibly. */
final class Json {
    static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");

    private Json() {
    }

    /** Returns the text of a file in which this is kept: indented, the last line ended, the same on every system. */
    static String text(Object value) {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                        .withArrayEmptySeparator("").withObjectEmptySeparator(""));
        printer.indentArraysWith(LINES);
        printer.indentObjectsWith(LINES);
        try {
            return MAPPER.writer(printer).writeValueAsString(value) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a file.
     *
     * @throws UserMistake if it cannot be read or is not of this form; the sentence names file, line and place
     */
    static <T> T read(Path file, Class<T> form) {
        try {
            return MAPPER.readValue(Files.readString(file), form);
        } catch (JsonProcessingException e) {
            throw new UserMistake(file + line(e) + ": " + reason(e), e);
        } catch (IOException e) {
            throw new UserMistake("the file " + file + " cannot be read: " + e, e);
        }
    }

    private static String line(JsonProcessingException e) {
        JsonLocation location = e.getLocation();
        return location == null || location.getLineNr() < 1 ? "" : ", line " + location.getLineNr();
    }

    private static String reason(JsonProcessingException e) {
        // What is no JSON inside of an object comes wrapped.
        if (e instanceof JsonParseException || e.getCause() instanceof JsonParseException) {
            return "JSON was expected, but " + firstLine(e.getOriginalMessage());
        }
        boolean refused = e.getCause() instanceof IllegalArgumentException;
        return (e instanceof JsonMappingException mapping ? place(mapping) : "")
                + firstLine(refused ? e.getCause().getMessage() : e.getOriginalMessage());
    }

    private static String place(JsonMappingException e) {
        String place = e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining());
        return place.isEmpty() ? "" : place.substring(place.startsWith(".") ? 1 : 0) + ": ";
    }

    /** Jackson says too much: which Java class it was about to fill in, which feature of its own refuses. */
    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("").replaceAll(" \\(class [^)]*\\).*| of type `[^`]*`", "")
                .replaceFirst("^Missing creator property '(\\w+)'.*", "the key $1 is missing");
    }
}
