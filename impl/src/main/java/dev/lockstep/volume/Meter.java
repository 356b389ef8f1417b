package dev.lockstep.volume;

import dev.lockstep.region.RegionState;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a volume does: {@link VolumeCounters} says what each is. Thread-safe, and made to be in nobody's way. */
final class Meter {
    private static final int LINES = 16;
    private static final int APART = 8;
    private static final int WRITES = 0;
    private static final int DISCARDS = 2;

    final LongAdder reads = new LongAdder();
    final LongAdder bytesRead = new LongAdder();
    final LongAdder flushes = new LongAdder();
    final LongAdder logWrites = new LongAdder();
    final LongAdder logForces = new LongAdder();
    final LongAdder legForces = new LongAdder();
    final LongAdder regionsResynced = new LongAdder();
    final LongAdder bytesResynced = new LongAdder();
    /**
     * Of writes and discards that have ended how many, and of how many bytes: counted under the shell's lock, which is held anyway, in a cache
     * line for each number that a write may have.
     */
    private final long[] ended = new long[LINES * APART];

    void read(int bytes) {
        reads.increment();
        bytesRead.add(bytes);
    }

    /** A write of this number has ended, or a discard. Under the shell's lock. */
    void written(InFlight write, int number) {
        int line = number % LINES * APART + (write.discard() ? DISCARDS : WRITES);
        ended[line]++;
        ended[line + 1] += write.length();
    }

    private long sum(int which) {
        long sum = 0;
        for (int line = 0; line < ended.length; line += APART) {
            sum += ended[line + which];
        }
        return sum;
    }

    /** What was counted. Under the shell's lock. */
    VolumeCounters with(long sweeps, Map<RegionState, Integer> regions) {
        return new VolumeCounters(reads.sum(), bytesRead.sum(), sum(WRITES), sum(WRITES + 1), sum(DISCARDS), sum(DISCARDS + 1),
                flushes.sum(), logWrites.sum(), logForces.sum(), legForces.sum(), regionsResynced.sum(), bytesResynced.sum(), sweeps,
                regions);
    }
}
