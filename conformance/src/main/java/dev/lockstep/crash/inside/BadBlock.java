package dev.lockstep.crash.inside;

/**
 * A block in which something is wrong after a crash.
 *
 * @param block  the block, counted from the beginning of the volume
 * @param region its region
 * @param clean  whether the region's bit in the log says clean
 * @param what   what is wrong, as the rest of a sentence
 */
public record BadBlock(long block, int region, boolean clean, String what) {
    @Override
    public String toString() {
        return "block " + block + " of region " + region + " (" + (clean ? "clean" : "dirty") + ") " + what;
    }
}
