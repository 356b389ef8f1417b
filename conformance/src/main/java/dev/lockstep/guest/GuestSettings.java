package dev.lockstep.guest;

import java.nio.file.Path;

/**
 * What a guest is like.
 *
 * @param cache      the folder in which what takes time to build is kept from run to run; made if it is not there
 * @param memoryMiB  the guest's memory in MiB, at least 256
 * @param processors how many processors it has, at least 1
 */
public record GuestSettings(Path cache, int memoryMiB, int processors) {
    private static final int LEAST_MEMORY = 256;

    /** Refuses, with one sentence, what no guest can be like. */
    public GuestSettings {
        cache = cache.toAbsolutePath();
        if (memoryMiB < LEAST_MEMORY) {
            throw new IllegalArgumentException("the guest's memory is " + memoryMiB + " MiB; at least " + LEAST_MEMORY
                    + " are expected");
        }
        if (processors < 1) {
            throw new IllegalArgumentException("the guest has " + processors + " processors; at least 1 is expected");
        }
    }

    /**
     * A guest of 1 GiB and two processors, kept in the user's cache folder: {@code $XDG_CACHE_HOME/lockstep/guest}, or
     * {@code ~/.cache/lockstep/guest}. {@code conformance/install-guest-parts} puts the kernel's package there.
     *
     * @return the settings
     */
    public static GuestSettings usual() {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path caches = configured == null || configured.isBlank() ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(configured);
        return new GuestSettings(caches.resolve("lockstep").resolve("guest"), 1024, 2);
    }
}
