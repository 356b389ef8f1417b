package dev.lockstep.cli;

import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of {@code check} for models that are too large to be judged completely. */
final class DeepOptions {
    private static final double USUAL_MINUTES = 30;
    private static final double MOST_MINUTES = 60 * 24 * 365;
    private static final double MILLIS = 60_000;

    @Option(names = "--deep",
            description = "Judge the large models (*.deep) instead, breadth first, as far as the time allows; it is "
                    + "divided among them evenly. TLC keeps the states in the temporary folder.")
    private boolean deep;

    @Option(names = "--minutes", paramLabel = "N",
            description = "With --deep: the time for all of them together (default: 30).")
    private Optional<Double> minutes = Optional.empty();

    boolean deep() {
        return deep;
    }

    Duration time() {
        return Duration.ofMillis(Math.round(minutes.orElse(USUAL_MINUTES) * MILLIS));
    }

    /** Refuses what does not go together, and times that cannot be. */
    void check() {
        if (minutes.isPresent() && !deep) {
            throw new UserMistake("--minutes needs --deep");
        }
        if (minutes.isPresent() && !(minutes.get() > 0 && minutes.get() <= MOST_MINUTES)) {
            throw new UserMistake("--minutes " + minutes.get() + " is not possible: more than 0 was expected");
        }
    }
}
