package dev.lockstep.volume;

import dev.lockstep.region.RegionState;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a volume has done since it was opened, and the states its regions are in. Taking it costs the same whatever the volume's
 * length. The counts are each right; as work goes on meanwhile, they need not be of one instant.
 *
 * @param reads          reads that ended well; like a write or a discard, one that crosses regions counts in each
 * @param bytesRead      what they read, in bytes
 * @param writes         writes that have ended on every leg that they go to
 * @param bytesWritten   what they wrote, in bytes, counted once and not for each leg
 * @param discards       discards that have ended likewise
 * @param bytesDiscarded what they made zeros, in bytes, counted once
 * @param flushes        flushes asked for that have ended
 * @param logWrites      times that bits were written to the log
 * @param logForces      times that the log was forced
 * @param legForces      times that a leg was forced, counted for each leg
 * @param regionsResynced regions whose resync has ended
 * @param bytesResynced  what was copied from a source to other legs, in bytes, counted for each leg that it was written to
 * @param sweeps         sweeps that were begun
 * @param regions        how many regions are in each state, each state named
 */
public record VolumeCounters(long reads, long bytesRead, long writes, long bytesWritten, long discards, long bytesDiscarded,
        long flushes, long logWrites, long logForces, long legForces, long regionsResynced, long bytesResynced, long sweeps,
        Map<RegionState, Integer> regions) {

    /** Keeps a copy. */
    public VolumeCounters {
        regions = Collections.unmodifiableMap(new EnumMap<>(regions));
    }
}
