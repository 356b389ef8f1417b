package dev.lockstep.crash.enumerate;

import java.util.List;
import java.util.Set;

/**
 * What a crash may leave in each block, by what the user was told.
 *
 * @param number      tells it from the others of one workload
 * @param blocks      the contents' numbers, block by block of the volume
 * @param legsChanged whether the change of the legs is to be there
 */
record Promise(int number, List<Set<Long>> blocks, boolean legsChanged) {
    Set<Long> of(long block) {
        return blocks.get((int) block);
    }
}
