package dev.lockstep.bench;

import java.util.Random;

/**
 * What is asked of a target.
 *
 * @param block      the length of a write in bytes
 * @param random     whether the blocks are written in an order of their own each time, and not one after the other
 * @param inFlight   how many threads write at once, each waiting for its write
 * @param flushEvery after how many of its own writes a thread asks for a flush; 0 is never
 * @param warm       whether the regions are dirty already
 */
public record Load(int block, boolean random, int inFlight, int flushEvery, boolean warm) {

    /** Every block of so many bytes once, in the order in which they are to be written. */
    long[] pass(long bytes, Random choices) {
        long[] positions = new long[(int) (bytes / block)];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = (long) i * block;
        }
        for (int i = positions.length - 1; random && i > 0; i--) {
            int other = choices.nextInt(i + 1);
            long swapped = positions[i];
            positions[i] = positions[other];
            positions[other] = swapped;
        }
        return positions;
    }

    /** The load in words. */
    @Override
    public String toString() {
        return (block % (1 << 20) == 0 ? block / (1 << 20) + " MiB" : block / 1024 + " KiB") + (random ? " random, " : " sequential, ")
                + inFlight + " in flight" + (flushEvery > 0 ? ", a flush each " + flushEvery + " writes" : "") + (warm ? ", warm" : ", cold");
    }
}
