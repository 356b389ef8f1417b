package dev.lockstep.guest;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line that the guest's init sends: {@code ID out TEXT}, {@code ID exit CODE} or {@code 0 ready RELEASE}.
 *
 * @param id   which command it is about; 0 is init itself
 * @param kind what it tells
 * @param text what follows
 */
record PortLine(int id, Kind kind, String text) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9}) (out|exit|ready) ?(.*)", Pattern.DOTALL);

    /** What a line tells. */
    enum Kind {
        /** The command printed a line. */
        OUT,
        /** The command ended. */
        EXIT,
        /** The guest takes commands. */
        READY
    }

    /** Reads a line as it came. */
    static PortLine of(String line) throws GuestException {
        Matcher matcher = FORM.matcher(line);
        if (!matcher.matches()) {
            throw new GuestException("the guest sent a line that it should not: " + line);
        }
        Kind kind = Kind.valueOf(matcher.group(2).toUpperCase(Locale.ROOT));
        if (kind == Kind.EXIT && !matcher.group(3).matches("[0-9]{1,3}")) {
            throw new GuestException("the guest sent an exit code that is none: " + line);
        }
        return new PortLine(Integer.parseInt(matcher.group(1)), kind, matcher.group(3));
    }

    /** A command as init reads it. */
    static String command(int id, String command) {
        return id + " " + Base64.getEncoder().encodeToString(
                command.getBytes(StandardCharsets.UTF_8)) + "\n";
    }
}
