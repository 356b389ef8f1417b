package dev.lockstep.sut;

import dev.lockstep.region.Policy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The example in Python, started. */
final class LineExamples {
    private LineExamples() {
    }

    /** Starts it under BounceCopy; that there is no python3 is a failure, and nothing is left out for it. */
    static LineAdapter start(Duration longest, String... arguments) {
        List<String> words = new ArrayList<>(List.of("python3", "examples/mirror.py"));
        words.addAll(List.of(arguments));
        return start(words, longest);
    }

    /** Starts any command under BounceCopy. */
    static LineAdapter start(List<String> words, Duration longest) {
        try {
            return new LineAdapter(words, Size.SMALLEST, Policy.BOUNCE_COPY, longest);
        } catch (IOException e) {
            throw new AssertionError(words.get(0) + " cannot be started, and the tests of the line protocol need it: install python3", e);
        }
    }
}
