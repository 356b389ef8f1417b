package dev.lockstep.report;

/**
 * A policy, and where it comes from.
 *
 * @param legsRead what the legs read
 * @param cleanWhen when a drained region may be marked clean
 * @param origin who proposed it
 */
record PolicyNote(String policy, String legsRead, String cleanWhen, String origin) {
    static PolicyNote of(Entry json) {
        return new PolicyNote(json.text("policy"), json.text("legsRead"), json.text("cleanWhen"), json.text("origin"));
    }
}
