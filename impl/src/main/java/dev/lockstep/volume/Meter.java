package dev.lockstep.volume;

import dev.lockstep.region.RegionState;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a volume does: {@link VolumeCounters} says what each is. Thread-safe, and made to be in nobody's way. */
final class Meter {
    final LongAdder reads = new LongAdder();
    final LongAdder bytesRead = new LongAdder();
    final LongAdder writes = new LongAdder();
    final LongAdder bytesWritten = new LongAdder();
    final LongAdder discards = new LongAdder();
    final LongAdder bytesDiscarded = new LongAdder();
    final LongAdder flushes = new LongAdder();
    final LongAdder logWrites = new LongAdder();
    final LongAdder logForces = new LongAdder();
    final LongAdder legForces = new LongAdder();
    final LongAdder regionsResynced = new LongAdder();
    final LongAdder bytesResynced = new LongAdder();

    void read(int bytes) {
        reads.increment();
        bytesRead.add(bytes);
    }

    void written(InFlight write) {
        (write.discard() ? discards : writes).increment();
        (write.discard() ? bytesDiscarded : bytesWritten).add(write.length());
    }

    VolumeCounters with(long sweeps, Map<RegionState, Integer> regions) {
        return new VolumeCounters(reads.sum(), bytesRead.sum(), writes.sum(), bytesWritten.sum(), discards.sum(), bytesDiscarded.sum(),
                flushes.sum(), logWrites.sum(), logForces.sum(), legForces.sum(), regionsResynced.sum(), bytesResynced.sum(), sweeps,
                regions);
    }
}
