package dev.lockstep.report;

import java.util.List;

/**
 * What was recorded of a tier of crashes.
 *
 * @param rejected   how many recordings are no behaviour of the specification, or leave what it does not allow
 * @param crashes    how many crashes there were, or instants at which some are simulated
 * @param judged     how many outcomes of them were judged
 * @param allowed    how many different outcomes the specification allows
 * @param found      how many of those were found
 * @param neverFound how many were not
 * @param findings   what is not as expected of a recording, a sentence each
 */
record RecordedTier(long recordings, long events, long rejected, long cutShort, long crashes, long judged, long allowed, long found, long neverFound,
        List<Kind> kinds, List<String> findings) {
    static RecordedTier of(Entry json) {
        return new RecordedTier(json.number("recordings"), json.number("events"), json.number("rejected"), json.number("cutShort"), json.number("crashes"),
                json.number("judged"), json.number("allowed"), json.number("found"), json.number("neverFound"), json.list("kinds", Kind::of),
                json.list("findings", RecordedTier::finding));
    }

    private static String finding(Entry json) {
        return "a recording of " + json.text("mirror") + json.maybeText("cutShort").map(how -> " is cut short: " + how).orElse("")
                + json.maybe("rejection", each -> each.text("event")).map(event -> " is rejected at " + event).orElse("");
    }

    /**
     * Crashes with something under way to the same devices, or not durable on them. Outcomes that were never found are named where they can be: by the devices that
     * differ from what is known to have been written.
     */
    record Kind(String underWay, long crashes, long allowed, long found, List<String> neverFound) {
        static Kind of(Entry json) {
            return new Kind(json.text("underWay"), json.number("crashes"), json.number("allowed"), json.number("found"), json.texts("neverFound"));
        }

        /** Returns what was never found, in words. */
        String never() {
            return !neverFound.isEmpty() ? "differs: " + String.join("; ", neverFound) : allowed == found ? "–" : Text.count(allowed - found);
        }
    }
}
