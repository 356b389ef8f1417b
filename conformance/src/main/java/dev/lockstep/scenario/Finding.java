package dev.lockstep.scenario;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that a model shows to be wrong, as a named scenario: its steps are those of the model's shortest counterexample.
 *
 * @param name   its name
 * @param title  what happens, one sentence
 * @param model  the model whose counterexample it is
 * @param harm   whether it is harmful, and when
 * @param status what the mirror has to do with it
 * @param why    what the mirror lacks, or what it does that prevents it; null if it is forced on the mirror
 */
public record Finding(String name, String title, String model, String harm, Status status, String why) {

    /** What the mirror has to do with a finding. */
    public enum Status {
        /** The mirror can be made to do it, and is. */
        FORCED,
        /** The mirror lacks a feature that it takes. */
        PENDING,
        /** The mirror keeps the assumption that the model switches off. */
        PREVENTED;

        /** {@return as it is written in findings.json} */
        @JsonValue
        public String written() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Refuses a null where there must be none, and a reason where there can be none. */
    public Finding {
        List.of(name, title, model, harm, status).forEach(Objects::requireNonNull);
        if ((status == Status.FORCED) != (why == null)) {
            throw new IllegalArgumentException("finding " + name + " is " + status.written() + (why == null ? " without" : " with")
                    + " a reason");
        }
    }

    /**
     * {@return every finding that the project keeps}
     *
     * @throws UncheckedIOException if they cannot be read: this build is broken
     */
    public static List<Finding> all() {
        try (InputStream in = Finding.class.getResourceAsStream("findings.json")) {
            return List.of(new ObjectMapper().readValue(in, Finding[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * {@return the finding of that name, if there is one}
     *
     * @param name a name
     */
    public static Optional<Finding> named(String name) {
        return all().stream().filter(finding -> finding.name().equals(name)).findFirst();
    }
}
