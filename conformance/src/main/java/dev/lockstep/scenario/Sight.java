package dev.lockstep.scenario;

/**
 * What is so on a lane from a step on.
 *
 * @param lane a lane, see {@link Lanes}
 * @param text what: a region's state, what the log's bit says, the content of a page or of a leg's block
 */
public record Sight(String lane, String text) {
}
