package dev.lockstep.sut;

import java.util.List;

/**
 * A variable of Mirror.tla that is not observed, since the mirror has nothing of what it is about yet. In a graph that is
 * replayed it never changes, and the replay sees to that: so nothing can hide behind it.
 *
 * @param name   its name in Mirror.tla
 * @param reason what the mirror does not have
 */
public record NotYet(String name, String reason) {
    private static final List<NotYet> ALL = List.of(
            new NotYet("blank", "the mirror takes in no blank leg while it is replayed"));

    /** {@return all of them, in the order of Mirror.tla} */
    public static List<NotYet> all() {
        return ALL;
    }
}
