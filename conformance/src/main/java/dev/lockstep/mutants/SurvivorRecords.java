package dev.lockstep.mutants;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Why mutants of the spec survive, as people have recorded it.
 *
 * @param records id of a mutant to what is known of it
 */
public record SurvivorRecords(Map<String, Entry> records) {

    /**
     * What is known of a mutant.
     *
     * @param before what the mutant replaces, on one line: ids count, so another conjunct may come to have this one's
     * @param reason why nothing kills it, one sentence
     */
    public record Entry(String before, String reason) {
    }

    /** Keeps a copy. */
    public SurvivorRecords {
        records = new LinkedHashMap<>(records);
    }

    /**
     * {@return the records that the project keeps}
     *
     * @throws UncheckedIOException if they cannot be read: this build is broken
     */
    public static SurvivorRecords kept() {
        try (InputStream in = SurvivorRecords.class.getResourceAsStream("spec-survivors.json")) {
            return new SurvivorRecords(new ObjectMapper().readValue(in, new TypeReference<Map<String, Entry>>() { }));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the recorded reason why a mutant survives, if there is one, and it is about what the mutant replaces} */
    public Optional<String> reason(SpecMutant mutant) {
        return Optional.ofNullable(records.get(mutant.id())).filter(entry -> entry.before().equals(mutant.before())).map(Entry::reason);
    }
}
