package dev.lockstep.tlc;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How to run TLC's distributed mode.
 *
 * @param tlc the TLC that judges
 * @param timeout how long one model may take, on the wall clock, before all of its JVMs are killed
 * @param workers how many workers to start on this machine; 0 if all of them are started elsewhere
 * @param address by what name or number workers on other machines reach this one; empty if there are none
 * @param port where the server listens; 0 for a port that is free
 */
public record DistributedSettings(TlcDistribution tlc, Duration timeout, int workers, Optional<String> address,
        int port) {
    /** The port that TLC takes if it is told nothing else. */
    public static final int USUAL_PORT = 10997;

    /** Refuses null, and a server that no worker can reach. */
    public DistributedSettings {
        Objects.requireNonNull(tlc, "tlc");
        Objects.requireNonNull(timeout, "timeout");
        if (workers < 0 || workers == 0 && address.isEmpty()) {
            throw new IllegalArgumentException("a server without an address needs a worker here");
        }
    }

    /** Returns settings for workers on this machine only. */
    public static DistributedSettings here(TlcDistribution tlc, Duration timeout, int workers) {
        return new DistributedSettings(tlc, timeout, workers, Optional.empty(), 0);
    }
}
