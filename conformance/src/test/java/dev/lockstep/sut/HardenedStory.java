package dev.lockstep.sut;

import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.trace.IntValue;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * A few steps of a mirror with a hardened log, whichever mirror this class is loaded with: what is wrong with the log's copies, a
 * sentence for each step after which something is.
 */
public final class HardenedStory implements Function<List<String>, List<String>> {
    private static final List<String> STEPS = List.of("Restart", "LogWrite", "LogFlushBegin", "LogFlushEnd", "DirectWrite 0 0 1", "LogWrite",
            "Kill", "Restart", "LogWrite", "LogFlushBegin", "LogFlushEnd", "Kill", "Restart", "LogWrite");

    /** Nothing is known yet. */
    public HardenedStory() {
        // What it needs it is given.
    }

    /** What it is given: an empty folder. */
    @Override
    public List<String> apply(List<String> given) {
        List<String> wrong = new ArrayList<>();
        try (Mirror mirror = new Mirror(Path.of(given.get(0)), Size.SMALLEST, Policy.BOUNCE_COPY, Surroundings.of(Storing.NONE),
                LogFormat.HARDENED, new Stamps(1, 2), 0)) {
            for (String step : STEPS) {
                String[] words = step.split(" ");
                mirror.prepare(Label.of(words[0], Arrays.stream(words).skip(1).map(word -> new IntValue(Long.parseLong(word)))
                        .toArray(Value[]::new))).perform();
                mirror.logFault().ifPresent(fault -> wrong.add(step + ": " + fault));
            }
            return wrong;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
