package dev.lockstep.mutants;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A fault to be planted.
 *
 * @param id         its name
 * @param fault      what is wrong with it, one sentence
 * @param specSwitch the assumption of Mirror.tla that it breaks
 * @param policy     the policy under which it is sought
 * @param environment what else happens where it is sought, by its names in Mirror.tla
 * @param action     the action of Mirror.tla at fault, which the finding has to name
 * @param edits      what to put otherwise in the source
 */
public record Mutant(String id, String fault, @JsonProperty("switch") String specSwitch, String policy, List<String> environment,
        String action, List<Edit> edits) {

    /**
     * A piece of the source, put otherwise.
     *
     * @param file the source, from its root on
     * @param from the piece, which has to stand there exactly once
     * @param to   what to put instead
     */
    public record Edit(String file, String from, String to) {
    }

    /** Keeps copies; where nothing is said of it, nothing else happens. */
    public Mutant {
        environment = environment == null ? List.of() : List.copyOf(environment);
        edits = List.copyOf(edits);
    }

    /**
     * {@return the mutants that the project keeps}
     *
     * @throws UncheckedIOException if they cannot be read: this build is broken
     */
    public static List<Mutant> kept() {
        try (InputStream in = Mutant.class.getResourceAsStream("mutants.json")) {
            return List.of(new ObjectMapper().readValue(in, Mutant[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
