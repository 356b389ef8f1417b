package dev.lockstep.cli;

import java.util.Optional;

/** How fast something long may go. */
final class Throttle {
    private Throttle() {
    }

    /**
     * Reads a number of bytes a second; 0 if there is no limit.
     *
     * @throws UserMistake if it is no number of bytes, or 0, which would be to do nothing
     */
    static long of(Optional<String> text) {
        long bytes = text.map(given -> ByteCount.parse("--throttle", given)).orElse(0L);
        if (text.isPresent() && bytes == 0) {
            throw new UserMistake("--throttle " + text.get() + " is nothing at all: at least 1 byte a second was expected");
        }
        return bytes;
    }
}
