package dev.lockstep.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import java.util.Optional;

/**
 * What a verb found.
 *
 * @param ending how it ended
 * @param seed what its random choices were made from; 0 if it made none
 * @param body its own keys, in their order, which come after those that every result has; empty if there is nothing to
 *     keep
 * @param file name of the file without {@code .json}; empty if it is called as the verb is
 * @param text the same for a reader, lines and all
 */
public record VerbResult(Ending ending, long seed, Optional<ObjectNode> body, Optional<String> file, String text) {
    /** Refuses null. */
    public VerbResult {
        Objects.requireNonNull(ending, "ending");
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(text, "text");
    }

    /**
     * Returns a result that is kept.
     *
     * @param body an object to which Jackson gives the keys of the contract: a record, a map, a node
     */
    public static VerbResult of(Ending ending, Object body, String text) {
        return new VerbResult(ending, 0, Optional.of(Json.MAPPER.valueToTree(body)), Optional.empty(), text);
    }

    /** Returns a result of which nothing is kept. */
    public static VerbResult ofText(String text) {
        return new VerbResult(Ending.AS_EXPECTED, 0, Optional.empty(), Optional.empty(), text);
    }

    /** Returns the same, with this seed. */
    public VerbResult withSeed(long seed) {
        return new VerbResult(ending, seed, body, file, text);
    }

    /** Returns the same, kept in the file of this name, without {@code .json}. */
    public VerbResult in(String file) {
        return new VerbResult(ending, seed, body, Optional.of(file), text);
    }

    /** Returns the whole JSON result: the keys that all have, then the verb's own. */
    JsonNode json(String verb, double seconds) {
        ObjectNode all = Json.MAPPER.createObjectNode();
        all.put("verb", verb).put("commit", Versions.commit()).put("seconds", seconds).put("seed", seed);
        all.put("result", ending.toString());
        body.ifPresent(all::setAll);
        return all;
    }
}
