package dev.lockstep.report;

/**
 * A part of the audit.
 *
 * @param result "as expected", "finding" or "not run"
 * @param why one sentence; may be empty
 */
record Tier(String name, String result, String why) {
    static final String AS_EXPECTED = "as expected";
    static final String FINDING = "finding";
    static final String NOT_RUN = "not run";

    static Tier of(Entry json) {
        return new Tier(json.text("name"), json.text("result"), json.maybeText("why").orElse(""));
    }

    boolean notRun() {
        return result.equals(NOT_RUN);
    }

    boolean finding() {
        return result.equals(FINDING);
    }
}
