package dev.lockstep.crash.enumerate;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Every state that a crash may leave at any point of a journal, by a power cut and by a kill.
 *
 * @param all    up to how many states of a point are all of them looked at
 * @param some   how many are looked at of more
 * @param random chooses them
 * @param tally  counts them
 */
record EachCrash(long all, int some, Random random, Tally tally) {

    /** Gives each state once, with the point at which it may first be left. */
    void of(Journal journal, BiConsumer<DiskState, Point> taker) {
        Set<DiskState> seen = new HashSet<>();
        for (Point point : journal.points()) {
            tally.points++;
            for (CrashStates states : List.of(CrashStates.afterCut(point), CrashStates.afterKill(point))) {
                states.forEach(all, some, random, state -> {
                    tally.states++;
                    if (seen.add(state)) {
                        tally.distinct++;
                        taker.accept(state, point);
                    }
                });
            }
        }
    }
}
