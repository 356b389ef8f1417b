package dev.lockstep.region;

/** Whether the volume takes work. Source: {@code mode} in Mirror.tla. */
public enum Mode {
    /** Not open: only files exist. */
    DOWN,
    /** Open. */
    UP,
    /** Unmounted: what has drained is being marked clean. */
    CLOSING
}
