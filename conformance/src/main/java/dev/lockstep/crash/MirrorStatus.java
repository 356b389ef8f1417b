package dev.lockstep.crash;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the kernel says of its mirror.
 *
 * @param inSync  how many regions are in sync
 * @param regions how many there are
 * @param health  a letter for each leg; A is alive
 */
record MirrorStatus(long inSync, long regions, String health) {
    private static final Pattern FORM = Pattern.compile("0 \\d+ mirror \\d+ (?:\\S+:\\S+ )+(\\d+)/(\\d+) 1 ([A-Z]+) .*");

    /** Reads a line of {@code dmsetup status}. */
    static MirrorStatus of(String line) throws IOException {
        Matcher matcher = FORM.matcher(line.strip());
        if (!matcher.matches()) {
            throw new IOException("dmsetup status says what no mirror says: " + line);
        }
        return new MirrorStatus(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)), matcher.group(3));
    }

    boolean allInSync() {
        return inSync == regions;
    }
}
