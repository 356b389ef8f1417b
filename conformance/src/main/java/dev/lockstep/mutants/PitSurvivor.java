package dev.lockstep.mutants;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Why a mutant of PIT's survives, as people have recorded it. It is named by what stands in its line and not by the line's number, so that
 * an edit elsewhere does not part the record from what it is about.
 *
 * @param type    the class, with its package
 * @param method  the method
 * @param line    the line's text, without the blanks around it
 * @param mutator what was done, by the name of PIT's mutator
 * @param nth     which of several that have all this in common, from 1 on
 * @param kind    what kind of reason it is
 * @param reason  why nothing finds it, one sentence
 */
public record PitSurvivor(@JsonProperty("class") String type, String method, String line, String mutator, int nth, Kind kind, String reason) {

    /** Why a mutant is not found. */
    public enum Kind {
        /** It does what the class does: no test could find it. It does not count. */
        @JsonProperty("equivalent")
        EQUIVALENT,
        /** What it does otherwise is no matter of the specification: time, memory, counters, a message. */
        @JsonProperty("unspecified")
        UNSPECIFIED,
        /** The replay does not come there: free-running threads alone do, or what the models leave out. */
        @JsonProperty("unreached")
        UNREACHED
    }

    /** The first of its like if nothing else is said. */
    public PitSurvivor {
        nth = Math.max(1, nth);
    }

    /** {@return what it is about, for a reader} */
    public String subject() {
        return type.substring(type.lastIndexOf('.') + 1) + '.' + method + ", " + mutator + (nth == 1 ? "" : " " + nth) + " in \"" + line + '"';
    }

    /**
     * {@return the records that the project keeps}
     *
     * @throws UncheckedIOException if they cannot be read: this build is broken
     */
    public static List<PitSurvivor> kept() {
        try (InputStream in = PitSurvivor.class.getResourceAsStream("pit-survivors.json")) {
            return List.of(new ObjectMapper().readValue(in, PitSurvivor[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
