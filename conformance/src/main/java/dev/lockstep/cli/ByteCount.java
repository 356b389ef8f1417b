package dev.lockstep.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes as a user writes them: {@code 4096}, {@code 512KiB}. */
final class ByteCount {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,19})(|[KMGT]iB)");
    private static final String UNITS = "KMGT";
    private static final int BITS_A_UNIT = 10;
    private static final int KIB = 1 << BITS_A_UNIT;

    private ByteCount() {
    }

    /**
     * Reads a number of bytes.
     *
     * @param option what it was given with, for the message
     * @param text   decimal digits, and one of KiB, MiB, GiB and TiB or nothing
     * @return at least 0
     * @throws UserMistake if it is no such text, or too large for a file
     */
    static long parse(String option, String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new UserMistake(option + " " + text + " is no number of bytes: digits, and KiB, MiB, GiB, TiB or "
                    + "nothing after them, were expected");
        }
        String unit = parts.group(2);
        int bits = unit.isEmpty() ? 0 : BITS_A_UNIT * (UNITS.indexOf(unit.charAt(0)) + 1);
        try {
            return Math.multiplyExact(Long.parseLong(parts.group(1)), 1L << bits);
        } catch (ArithmeticException | NumberFormatException e) {
            throw new UserMistake(option + " " + text + " is too much: less than 8388608TiB was expected", e);
        }
    }

    /** Returns a number of bytes in words: with the largest unit that it is a multiple of, if there is one. */
    static String text(long bytes) {
        int unit = -1;
        long rest = bytes;
        while (rest > 0 && rest % KIB == 0 && unit + 1 < UNITS.length()) {
            rest /= KIB;
            unit++;
        }
        return bytes + " bytes" + (unit < 0 ? "" : " (" + rest + " " + UNITS.charAt(unit) + "iB)");
    }
}
