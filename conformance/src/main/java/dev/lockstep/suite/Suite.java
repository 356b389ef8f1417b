package dev.lockstep.suite;

import java.util.List;

/**
 * Walks, to be taken in this order.
 *
 * @param walks the walks; unmodifiable
 */
public record Suite(List<Walk> walks) {
    /** Copies the list. */
    public Suite {
        walks = List.copyOf(walks);
    }

    /** Returns how many edges all walks take together, each fork being one. */
    public long steps() {
        return walks.stream().mapToLong(walk -> walk.edges().length).sum();
    }
}
