package dev.lockstep.volume;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Who has a volume open.
 *
 * @param pid     the process
 * @param command its command line
 * @param since   since when, in UTC
 */
record Holder(long pid, String command, String since) {
    /** As much of a command line as a reader wants to see. */
    private static final int MOST = 160;

    /** This process, from now on. */
    static Holder self() {
        ProcessHandle self = ProcessHandle.current();
        String line = self.info().commandLine().or(() -> self.info().command()).orElse("java").replaceAll("\\s+", " ").strip();
        return new Holder(self.pid(), line.length() <= MOST ? line : "…" + line.substring(line.length() - MOST + 1),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /** What a lock's file holds. */
    byte[] bytes() {
        return (pid + "\n" + command + "\n" + since + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The words for the holder whose lock's file holds this; one that has just come may not have written yet. */
    static String words(byte[] found) {
        String[] lines = new String(found, StandardCharsets.UTF_8).split("\n");
        return lines.length == 3 ? words(lines[0], lines[1], lines[2]) : "a process that has opened it this moment";
    }

    String words() {
        return words("" + pid, command, since);
    }

    private static String words(String pid, String command, String since) {
        return "process " + pid + " (" + command + ") since " + since;
    }
}
