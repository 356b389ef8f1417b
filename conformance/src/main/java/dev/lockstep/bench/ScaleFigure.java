package dev.lockstep.bench;

/**
 * What a volume costs that is clean but for one region, by its length.
 *
 * @param bytes              the volume's length; its legs are sparse
 * @param regions            how many regions it has
 * @param openSeconds        how long opening took, in a process of its own with a heap of 48 MiB
 * @param heapBytes          how much of the heap was in use after it, garbage collected
 * @param sweepMicroseconds  how long a sweep took that marks the one region clean, its flushes included: median
 * @param statusMicroseconds how long it took to ask for the counters, which have the number of regions in each state: median
 */
public record ScaleFigure(long bytes, int regions, double openSeconds, long heapBytes, double sweepMicroseconds,
        double statusMicroseconds) {
}
