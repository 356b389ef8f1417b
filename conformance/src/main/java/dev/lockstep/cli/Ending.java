package dev.lockstep.cli;

/** How a verb ended, in the words of the results. */
public enum Ending {
    /** Everything was as expected. */
    AS_EXPECTED("as expected", ExitCode.AS_EXPECTED),
    /** Something was found that was not expected. */
    FINDING("finding", ExitCode.FINDING),
    /** It could not be run here. */
    NOT_RUN("not run", ExitCode.NOT_RUN);

    private final String text;
    private final int exitCode;

    Ending(String text, int exitCode) {
        this.text = text;
        this.exitCode = exitCode;
    }

    /** Returns the exit code of a verb that ended so. */
    int exitCode() {
        return exitCode;
    }

    /** Returns the value of the key {@code result}. */
    @Override
    public String toString() {
        return text;
    }
}
