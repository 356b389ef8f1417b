package dev.lockstep.replay;

/**
 * One thing in which the mirror is not as the model says.
 *
 * @param variable the variable; or {@code enabled}, if it is what can be done next
 * @param expected what the model says
 * @param observed what the mirror shows
 */
public record Difference(String variable, String expected, String observed) {
}
