package dev.lockstep.cli;

/** How a run of the command line ends; the numbers are a promise to scripts. */
public final class ExitCode {
    /** Everything is as expected. */
    public static final int AS_EXPECTED = 0;
    /** A fault of Lockstep, or of the machine it runs on. */
    public static final int INTERNAL = 1;
    /** The user's mistake: usage or bad input. */
    public static final int USAGE = 2;
    /** A finding that was not expected. */
    public static final int FINDING = 3;
    /** What was required could not run here. */
    public static final int NOT_RUN = 4;

    private ExitCode() {
    }
}
