package dev.lockstep.crash.inside;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Tells the parent what happens, a line each, in the one order that all of it has; what is told is out of this process when the
 * call returns, and so outlives it. The lines are those that {@link Recording} reads; one about memory, a write or a flush ends with
 * when it was told, in microseconds since this object was made, so that a picture can be drawn to it. Thread-safe.
 */
final class Teller {
    /** To a recording this is something wrong, as no leg and no log fails but where the rig has them fail. */
    private static final String STOPPED = "X stopped: ";
    private static final long MICRO = 1000;

    private final OutputStream out;
    private final long start = System.nanoTime();

    Teller(OutputStream out) {
        this.out = out;
    }

    /** The volume is open and takes work. */
    void ready() {
        tell("R");
    }

    void storeBegun(long block, long content) {
        tellWhen("S " + block + " " + content);
    }

    void storeEnded(long block, long content) {
        tellWhen("s " + block + " " + content);
    }

    void pageWriteBegun(long page) {
        tellWhen("B " + page);
    }

    void pageWriteEnded(long page) {
        tellWhen("b " + page);
    }

    /** A direct write of contents that have the numbers from {@code content} on, of blocks from {@code block} on. */
    void writeBegun(int write, long block, int blocks, long content) {
        tellWhen("D " + write + " " + block + " " + blocks + " " + content);
    }

    void writeEnded(int write) {
        tellWhen("d " + write);
    }

    void flushBegun(int flush) {
        tellWhen("F " + flush);
    }

    void flushEnded(int flush) {
        tellWhen("f " + flush);
    }

    void creating(int volume) {
        tell("C " + volume);
    }

    void created(int volume) {
        tell("c " + volume);
    }

    /** The child has come to the point where it is to be killed, and stops there. */
    void atPoint() {
        tell("P");
    }

    /** All is done and the volume is unmounted. */
    void over() {
        tell("U");
    }

    /** Something is wrong while the mirror runs. */
    void wrong(String sentence) {
        tell("X " + sentence.replace('\n', ' '));
    }

    /** An operation was refused or has failed, as a leg or the log has: the child cannot go on. */
    void stopped(Exception why) {
        tell(STOPPED + why.toString().replace('\n', ' '));
    }

    /** {@return whether a line tells that the child cannot go on} */
    static boolean tellsOfStop(String line) {
        return line.startsWith(STOPPED);
    }

    /** The clock is read in the order of the lines, so that time never goes back from one to the next. */
    private synchronized void tellWhen(String line) {
        tell(line + " " + (System.nanoTime() - start) / MICRO);
    }

    private synchronized void tell(String line) {
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            // The parent is gone: so is the reason for this process.
            Runtime.getRuntime().halt(1);
        }
    }
}
