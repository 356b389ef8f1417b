package dev.lockstep.cli;

import dev.lockstep.log.LogFormat;

/** The formats of a log, as a user names them. */
final class LogFormats {
    /** Lockstep's own. */
    static final String HARDENED = "hardened";
    /** Dm-mirror's. */
    static final String DM = "dm";

    private LogFormats() {
    }

    /**
     * Returns the format of that name.
     *
     * @throws UserMistake if there is none
     */
    static LogFormat parse(String option, String name) {
        return switch (name) {
            case HARDENED -> LogFormat.HARDENED;
            case DM -> LogFormat.DM;
            default -> throw new UserMistake(option + " " + name + " is no format of a log: " + HARDENED + " or " + DM + " was expected");
        };
    }
}
