package dev.lockstep.cli;

import dev.lockstep.crash.RecordedCrashes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What was recorded of a tier of crashes, as it is kept.
 *
 * @param recordings how many recordings were judged
 * @param events     how many events they have
 * @param rejected   how many are no behaviour of the spec, or were found to leave after a crash what it does not allow
 * @param cutShort   of how many mirrors the recording ends too soon, as the mirror hangs or fails
 * @param crashes    how many crashes there were, or instants at which some are simulated, in those that are accepted
 * @param judged     how many outcomes of them were judged
 * @param allowed    how many different outcomes the spec allows
 * @param found      how many of those were found
 * @param neverFound how many were not
 * @param kinds      the same by the devices to which something was under way
 * @param findings   the recordings that were rejected, or cut short
 */
record RecordedTier(int recordings, long events, int rejected, int cutShort, long crashes, long judged, long allowed, long found, long neverFound,
                    List<RecordedCrashes.Kind> kinds, List<RecordingFinding> findings) {

    /** Returns what is kept of it; a recording that is not as expected is kept by itself. */
    static RecordedTier of(CrashTier tier, RecordedCrashes recorded, ResultFolder folder) {
        return new RecordedTier(recorded.verdicts().size(), recorded.verdicts().stream().mapToLong(each -> each.recording().events()).sum(),
                (int) recorded.verdicts().stream().filter(each -> each.rejection().isPresent()).count(),
                (int) recorded.verdicts().stream().filter(each -> each.recording().cutShort().isPresent()).count(), recorded.crashes(), recorded.judged(),
                recorded.allowed(), recorded.found(), recorded.allowed() - recorded.found(), recorded.kinds(),
                RecordingFinding.keep(recorded.verdicts(), folder, "rejected-" + tier + "-"));
    }

    /** Returns it for a reader. */
    String text(CrashTier tier) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%nrecorded: %,d recordings of %,d events, %d rejected%s; %s was judged.%n"
                        + "Of %,d outcomes that the specification allows there %,d were found, %,d never%n", recordings, events, rejected,
                cutShort == 0 ? "" : ", " + cutShort + " cut short", tier.judged(this), allowed, found, neverFound));
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("under way to", "crashes", "allowed", "found", "never found"));
        kinds.forEach(each -> rows.add(List.of(each.underWay(), "" + each.crashes(), "" + each.allowed(), "" + each.found(), never(each))));
        text.append(new Columns(rows).text(1, 3));
        findings.forEach(each -> text.append(each.text()));
        return text.toString();
    }

    private static String never(RecordedCrashes.Kind kind) {
        return kind.neverFound().isEmpty() ? kind.allowed() == kind.found() ? "-" : "" + (kind.allowed() - kind.found()) : String.join("; ", kind.neverFound());
    }
}
