package dev.lockstep.cli;

import dev.lockstep.validate.RecordingJson;
import dev.lockstep.validate.Rejection;
import dev.lockstep.validate.RunSettings;
import dev.lockstep.validate.Validator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A recording that was rejected, or was cut short.
 *
 * @param mirror    what was recorded
 * @param cutShort  how the mirror hangs or fails; null if it does not
 * @param rejection why it is no behaviour of the spec, as far as it goes; null if it is one
 * @param command   what judges it again
 */
record RecordingFinding(String mirror, String cutShort, Rejection rejection, String command) {

    /** Returns those of recordings that are not as expected, each of which is kept, in files whose names begin so. */
    static List<RecordingFinding> keep(List<Validator.Verdict> verdicts, ResultFolder folder, String prefix) {
        List<RecordingFinding> findings = new ArrayList<>();
        for (Validator.Verdict verdict : verdicts) {
            if (!verdict.accepted()) {
                RunSettings settings = verdict.recording().settings();
                String file = prefix + settings.policy().name() + "-" + settings.seed() + ".json";
                folder.write(file, RecordingJson.write(verdict.recording()));
                findings.add(of(verdict, folder.path().resolve(file)));
            }
        }
        return findings;
    }

    /** Returns that of a recording that is kept in a file. */
    static RecordingFinding of(Validator.Verdict verdict, Path kept) {
        RunSettings settings = verdict.recording().settings();
        String mirror = settings.policy().name() + " " + settings.size() + ", pages changed by " + settings.storing().written() + ", "
                + LogFormats.name(settings.format()) + " log, seed " + settings.seed() + ", " + verdict.recording().events() + " events";
        return new RecordingFinding(mirror, verdict.recording().cutShort().orElse(null), verdict.rejection().orElse(null),
                "java -jar conformance/target/lockstep.jar validate --recording " + kept);
    }

    String text() {
        return "\n" + (rejection == null ? "cut short: " : "rejected: ") + mirror + '\n' + (cutShort == null ? "" : "  " + cutShort + '\n')
                + (rejection == null ? "  as far as it goes it is a behaviour of the specification\n" : rejection.text())
                + "  judge it again\n    " + command + '\n';
    }
}
