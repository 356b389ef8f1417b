package dev.lockstep.cli;

import dev.lockstep.log.LogFormat;
import java.util.List;

/** The formats of a log, as a user names them. */
final class LogFormats {
    /** Lockstep's own. */
    static final String HARDENED = "hardened";
    /** Dm-mirror's. */
    static final String DM = "dm";

    /** One and the other. */
    static final String BOTH = "both";

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

    /**
     * Returns the format of that name, or both.
     *
     * @throws UserMistake if there is none
     */
    static List<LogFormat> parseSome(String option, String name) {
        return switch (name) {
            case BOTH -> List.of(LogFormat.HARDENED, LogFormat.DM);
            case HARDENED, DM -> List.of(parse(option, name));
            default -> throw new UserMistake(option + " " + name + " is no format of a log: " + HARDENED + ", " + DM + " or " + BOTH
                    + " was expected");
        };
    }

    /** Returns how a user names a format. */
    static String name(LogFormat format) {
        return format == LogFormat.HARDENED ? HARDENED : DM;
    }
}
