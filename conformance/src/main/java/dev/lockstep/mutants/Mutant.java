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
 * @param id          its name
 * @param fault       what is wrong with it, one sentence
 * @param breaks      what of the specification it breaks: an assumption, a definition or an action of Mirror.tla, or a rule of another
 *                    module
 * @param killer      who has to find it
 * @param policy      the policy under which it is sought
 * @param environment what else happens where it is sought by the replay, by its names in Mirror.tla
 * @param size        the size at which it is sought by the replay: of a larger one than 1x1x2, only the beginning of its graph
 * @param log         the log's format: {@code dm} or {@code hardened}
 * @param action      the action of Mirror.tla at fault, which a finding of the replay has to name; empty if another finds it
 * @param plan        the plan of the crash enumeration that has to find it; empty if another finds it
 * @param symptom     an expression for what that has to find; so if the validation of recordings finds it
 * @param edits       what to put otherwise in the source
 */
public record Mutant(String id, String fault, String breaks, Killer killer, String policy, List<String> environment,
        String size, String log, String action, String plan, String symptom, List<Edit> edits) {

    /** Who finds a fault. */
    public enum Killer {
        /** The replay, at the action that is at fault. */
        @JsonProperty("replay")
        REPLAY,
        /** The enumeration of crash states. */
        @JsonProperty("enumerate")
        ENUMERATE,
        /** The validation of recordings, and not the replay, which has one thread. */
        @JsonProperty("validate")
        VALIDATE
    }

    /**
     * A piece of the source, put otherwise.
     *
     * @param file the source, from its root on
     * @param from the piece, which has to stand there exactly once
     * @param to   what to put instead
     */
    public record Edit(String file, String from, String to) {
    }

    /** Keeps copies; what is not said is the smallest size, a log of dm-mirror's, or nothing. */
    public Mutant {
        environment = environment == null ? List.of() : List.copyOf(environment);
        size = size == null ? "1x1x2" : size;
        log = log == null ? "dm" : log;
        action = action == null ? "" : action;
        plan = plan == null ? "" : plan;
        symptom = symptom == null ? "" : symptom;
        edits = List.copyOf(edits);
    }

    /**
     * {@return a fault that is planted and sought by whoever plants it}
     *
     * @param id    its name
     * @param edits what to put otherwise in the source
     */
    public static Mutant of(String id, Edit... edits) {
        return new Mutant(id, "", "", Killer.REPLAY, "", List.of(), null, null, null, null, null, List.of(edits));
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
