package dev.lockstep.scenario;

/**
 * An arrow of a drawing: who asks, tells or gives something to whom.
 *
 * @param from a lane, see {@link Lanes}
 * @param to   another lane
 */
public record Move(String from, String to) {
    /** Refuses a way that leads nowhere. */
    public Move {
        if (from.equals(to)) {
            throw new IllegalArgumentException("an arrow from " + from + " to itself");
        }
    }
}
