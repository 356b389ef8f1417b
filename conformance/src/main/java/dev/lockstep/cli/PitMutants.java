package dev.lockstep.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lockstep.mutants.BytecodeMutant;
import dev.lockstep.mutants.MutationScore;
import dev.lockstep.mutants.PitReport;
import dev.lockstep.mutants.PitSurvivor;
import dev.lockstep.mutants.Planting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** The mutants that PIT has made of the mirror: {@code mutants --pit}, which judges PIT's report. */
final class PitMutants {
    private static final String FILE = "mutants-pit";

    @Option(names = "--pit", paramLabel = "FILE", description = "Judge this report of PIT's instead, mutations.xml of mvn -Pmutation, in which the replay was "
            + "the only test: the score has to be high enough, and every survivor to have a reason that is recorded.")
    private Optional<Path> report = Optional.empty();

    @Option(names = "--least", paramLabel = "PERCENT", description = "With --pit: the least score (default: 95).")
    private Optional<Double> least = Optional.empty();

    /**
     * Says whether a report is to be judged.
     *
     * @throws UserMistake if it is not, but an option is given that is about it
     */
    boolean chosen() {
        if (report.isEmpty() && least.isPresent()) {
            throw new UserMistake("--least is about a report of PIT's: --pit was expected with it");
        }
        return report.isPresent();
    }

    /**
     * A survivor, as it is kept.
     *
     * @param type    the class, with its package
     * @param method  the method
     * @param line    the line's text
     * @param mutator what was done, by the name of PIT's mutator
     * @param nth     which of several that have all this in common
     * @param number  the line's number
     * @param done    what was done, in PIT's words
     * @param covered whether any replay comes there
     * @param kind    the recorded kind of reason; empty if none is recorded
     * @param reason  the recorded reason; empty if none is
     */
    record Survivor(@JsonProperty("class") String type, String method, String line, String mutator, int nth, int number, String done, boolean covered,
            String kind, String reason) {
        static Survivor of(MutationScore.Survivor survivor) {
            PitSurvivor name = survivor.name();
            BytecodeMutant mutant = survivor.mutant();
            return new Survivor(name.type(), name.method(), name.line(), name.mutator(), name.nth(), mutant.line(), mutant.description(),
                    mutant.fate() != BytecodeMutant.Fate.NO_COVERAGE, survivor.record().map(each -> kind(each.kind())).orElse(""),
                    survivor.record().map(PitSurvivor::reason).orElse(""));
        }

        private static String kind(PitSurvivor.Kind kind) {
            return kind.name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The result, as it is kept.
     *
     * @param mutants    how many there are
     * @param killed     how many of them were found
     * @param equivalent how many of them are recorded to be no fault
     * @param percent    the share that was found of the others
     * @param least      the least share
     * @param packages   the counts of each package
     * @param classes    the counts of each class
     * @param killers    how many each test has found
     * @param survivors  those that were not found
     * @param stale      what is recorded and about no survivor
     */
    record Result(int mutants, int killed, int equivalent, double percent, double least, Map<String, MutationScore.Tally> packages,
            Map<String, MutationScore.Tally> classes, Map<String, Long> killers, List<Survivor> survivors, List<PitSurvivor> stale) {
    }

    /** Judges the report. */
    VerbResult run(List<PitSurvivor> records) throws IOException {
        Path file = report.orElseThrow();
        double percent = least.orElse(95.0);
        if (!(percent >= 0 && percent <= 100)) {
            throw new UserMistake("--least " + percent + " is not possible: a number from 0 to 100 was expected");
        }
        MutationScore score = score(file, records);
        MutationScore.Tally all = score.all();
        Result result = new Result(all.mutants(), all.found(), all.equivalent(), all.percent(), percent, score.by(BytecodeMutant::packageName),
                score.by(BytecodeMutant::type), score.killers(), score.survivors().stream().map(Survivor::of).toList(), score.stale());
        return VerbResult.of(score.asExpected(percent) ? Ending.AS_EXPECTED : Ending.FINDING, result, text(result)).in(FILE);
    }

    private static MutationScore score(Path file, List<PitSurvivor> records) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new UserMistake("there is no file " + file + ": a report of PIT's was expected");
        }
        List<BytecodeMutant> mutants;
        try (InputStream in = Files.newInputStream(file)) {
            mutants = PitReport.read(in);
        } catch (IOException e) {
            throw new UserMistake(file + ": " + e.getMessage(), e);
        }
        Map<String, List<String>> sources = new TreeMap<>();
        for (BytecodeMutant mutant : mutants) {
            if (!sources.containsKey(mutant.source())) {
                sources.put(mutant.source(), lines(file, mutant.source()));
            }
        }
        try {
            return MutationScore.of(mutants, records, sources::get);
        } catch (IllegalArgumentException e) {
            throw new UserMistake(file + ": " + e.getMessage(), e);
        }
    }

    private static List<String> lines(Path file, String source) {
        try {
            return Planting.source(source).lines().toList();
        } catch (IOException e) {
            throw new UserMistake(file + ": a report of classes of the mirror was expected, but " + e.getMessage(), e);
        }
    }

    private static String text(Result result) {
        StringBuilder text = new StringBuilder();
        result.killers().entrySet().stream().sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(each -> text.append(String.format(Locale.ROOT, "%6d killed by %s%n", each.getValue(), test(each.getKey()))));
        append(text.append('\n'), "class", result.classes());
        append(text.append('\n'), "package", result.packages());
        text.append('\n');
        for (Survivor each : result.survivors()) {
            text.append(each.reason().isEmpty() ? "SURVIVED   " : "survives   ").append(each.type().replaceFirst("^dev\\.lockstep\\.", "")).append('.')
                    .append(each.method()).append(", line ").append(each.number()).append(", ").append(each.mutator())
                    .append(each.nth() == 1 ? "" : " " + each.nth()).append(": ").append(each.done()).append("\n           ").append(each.line())
                    .append("\n           ").append(each.reason().isEmpty() ? each.covered() ? "no reason is recorded" : "no replay comes there, and no reason is recorded"
                            : each.kind() + ": " + each.reason()).append('\n');
        }
        result.stale().forEach(each -> text.append("STALE      what is recorded of ").append(each.subject()).append(": it is no survivor\n"));
        return text.append(String.format(Locale.ROOT, "%d of %d mutants killed by the replay alone: %.1f %% of all; %d are equivalent, and it is %.1f %% of the "
                        + "others, of which at least %.1f %% was expected; %d survive without a reason%n", result.killed(), result.mutants(),
                result.mutants() == 0 ? 100 : 100.0 * result.killed() / result.mutants(), result.equivalent(), result.percent(), result.least(),
                result.survivors().stream().filter(each -> each.reason().isEmpty()).count())).toString();
    }

    /** PIT puts the class before a test's name. */
    private static String test(String killer) {
        return killer.replaceFirst("^dev\\.lockstep\\.cli\\.ReplayAlone\\.", "");
    }

    private static void append(StringBuilder text, String what, Map<String, MutationScore.Tally> tallies) {
        int width = Math.max(what.length(), tallies.keySet().stream().mapToInt(String::length).max().orElse(0));
        text.append(String.format(Locale.ROOT, "%-" + width + "s  mutants  killed  equivalent  score%n", what));
        tallies.forEach((name, tally) -> text.append(String.format(Locale.ROOT, "%-" + width + "s  %7d  %6d  %10d  %5.1f%n", name, tally.mutants(),
                tally.found(), tally.equivalent(), tally.percent())));
    }
}
