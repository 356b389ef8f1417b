package dev.lockstep.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.mutants.BytecodeMutant.Fate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The score of PIT's mutants: what counts, what a record is about, and what a report has to be. */
class MutationScoreTest {
    private static final List<String> SOURCE = List.of("class Sum {", "    return a < b && b < c;", "    return a < b;", "}");

    private static BytecodeMutant mutant(String method, int line, int index, Fate fate) {
        return new BytecodeMutant("dev.lockstep.region.Sum", method, "NegateConditionals", "negated conditional", line, index, fate,
                fate == Fate.KILLED ? "a replay" : "");
    }

    private static PitSurvivor record(String method, String line, int nth, PitSurvivor.Kind kind) {
        return new PitSurvivor("dev.lockstep.region.Sum", method, line, "NegateConditionals", nth, kind, "It is so.");
    }

    private static MutationScore score(List<BytecodeMutant> mutants, PitSurvivor... records) {
        return MutationScore.of(mutants, List.of(records), file -> {
            assertThat(file).isEqualTo("dev/lockstep/region/Sum.java");
            return SOURCE;
        });
    }

    @Test
    void aSurvivorNeedsAReason() {
        List<BytecodeMutant> mutants = List.of(mutant("a", 2, 1, Fate.KILLED), mutant("a", 2, 2, Fate.SURVIVED));
        assertThat(score(mutants).asExpected(0)).isFalse();
        assertThat(score(mutants, record("a", "return a < b && b < c;", 2, PitSurvivor.Kind.UNREACHED)).asExpected(50)).isTrue();
        assertThat(score(List.of(mutant("a", 2, 1, Fate.NO_COVERAGE))).asExpected(0)).isFalse();
    }

    @Test
    void aReasonIsOfOneMutantAlone() {
        List<BytecodeMutant> mutants = List.of(mutant("a", 2, 1, Fate.KILLED), mutant("a", 2, 2, Fate.SURVIVED));
        for (PitSurvivor other : List.of(record("a", "return a < b && b < c;", 1, PitSurvivor.Kind.UNREACHED),
                record("a", "return a < b;", 2, PitSurvivor.Kind.UNREACHED), record("b", "return a < b && b < c;", 2, PitSurvivor.Kind.UNREACHED))) {
            MutationScore score = score(mutants, other);
            assertThat(score.survivors()).singleElement().satisfies(each -> assertThat(each.record()).isEmpty());
            assertThat(score.stale()).containsExactly(other);
            assertThat(score.asExpected(0)).isFalse();
        }
    }

    /** Lines are known by their text, so that it makes no difference where they stand. */
    @Test
    void aReasonOutlivesAnEditElsewhere() {
        List<BytecodeMutant> mutants = List.of(mutant("a", 3, 9, Fate.SURVIVED));
        PitSurvivor record = record("a", "return a < b;", 1, PitSurvivor.Kind.UNREACHED);
        assertThat(MutationScore.of(mutants, List.of(record), file -> List.of("", "", "  return a < b;")).asExpected(0)).isTrue();
        assertThat(MutationScore.of(mutants, List.of(record), file -> List.of("", "", "  return a <= b;")).asExpected(0)).isFalse();
    }

    @Test
    void aReasonOfAMutantThatIsFoundIsStaleAndOneOfAClassThatWasNotTriedIsNot() {
        PitSurvivor found = record("a", "return a < b;", 1, PitSurvivor.Kind.UNREACHED);
        PitSurvivor elsewhere = new PitSurvivor("dev.lockstep.log.Other", "a", "x", "Math", 1, PitSurvivor.Kind.UNREACHED, "It is so.");
        assertThat(score(List.of(mutant("a", 3, 1, Fate.KILLED)), elsewhere).asExpected(95)).isTrue();
        MutationScore score = score(List.of(mutant("a", 3, 1, Fate.KILLED)), elsewhere, found);
        assertThat(score.stale()).containsExactly(found);
        assertThat(score.asExpected(0)).isFalse();
    }

    @Test
    void whatIsNoFaultDoesNotCountAndWhatIsNotReachedDoes() {
        List<BytecodeMutant> mutants = List.of(mutant("a", 2, 1, Fate.KILLED), mutant("a", 2, 2, Fate.SURVIVED), mutant("a", 3, 3, Fate.TIMED_OUT),
                mutant("b", 3, 1, Fate.NO_COVERAGE), mutant("c", 3, 1, Fate.NON_VIABLE));
        MutationScore score = score(mutants, record("a", "return a < b && b < c;", 2, PitSurvivor.Kind.EQUIVALENT),
                record("b", "return a < b;", 1, PitSurvivor.Kind.UNREACHED));
        assertThat(score.all()).isEqualTo(new MutationScore.Tally(4, 2, 1));
        assertThat(score.all().percent()).isBetween(66.6, 66.7);
        assertThat(score.asExpected(66)).isTrue();
        assertThat(score.asExpected(67)).isFalse();
        assertThat(score.by(BytecodeMutant::method)).isEqualTo(Map.of("a", new MutationScore.Tally(3, 2, 1), "b", new MutationScore.Tally(1, 0, 0)));
        assertThat(score.killers()).isEqualTo(Map.of("a replay", 1L, "(TIMED_OUT)", 1L));
        assertThat(new MutationScore.Tally(1, 0, 1).percent()).isEqualTo(100);
    }

    @Test
    void aReportOfOtherSourcesIsNotJudged() {
        assertThatThrownBy(() -> score(List.of(mutant("a", 5, 1, Fate.SURVIVED)))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a report of these very sources was expected, but dev/lockstep/region/Sum.java has 4 lines, and a mutant is in line 5");
    }

    private static List<BytecodeMutant> read(String text) throws IOException {
        return PitReport.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String mutation(String status, String more) {
        return "<mutation detected='false' status='" + status + "' numberOfTestsRun='1'><sourceFile>Sum.java</sourceFile><mutatedClass>dev.lockstep.region.Sum$1"
                + "</mutatedClass><mutatedMethod>a</mutatedMethod><methodDescription>(I)Z</methodDescription><lineNumber>7</lineNumber><mutator>"
                + "org.pitest.mutationtest.engine.gregor.mutators.returns.BooleanTrueReturnValsMutator</mutator><indexes><index>5</index></indexes><blocks><block>0"
                + "</block></blocks>" + more + "<description>replaced &lt;x&gt;</description></mutation>";
    }

    @Test
    void aReportIsRead() throws IOException {
        assertThat(read("<?xml version='1.0' encoding='UTF-8'?>\n<mutations partial='true'>\n" + mutation("KILLED", "<killingTest>a &amp; b</killingTest>")
                + mutation("NO_COVERAGE", "<killingTest/>") + "\n</mutations>\n")).containsExactly(
                        new BytecodeMutant("dev.lockstep.region.Sum$1", "a", "BooleanTrueReturnVals", "replaced <x>", 7, 5, Fate.KILLED, "a & b"),
                        new BytecodeMutant("dev.lockstep.region.Sum$1", "a", "BooleanTrueReturnVals", "replaced <x>", 7, 5, Fate.NO_COVERAGE, ""));
        assertThat(read("<mutations>" + mutation("SURVIVED", "").replace(">a<", ">lambda$a$12<") + "</mutations>").get(0).method()).isEqualTo("a");
        assertThat(read("<mutations>" + mutation("SURVIVED", "") + "</mutations>").get(0).source()).isEqualTo("dev/lockstep/region/Sum.java");
    }

    @Test
    void whatIsNoWholeReportIsRefused() {
        assertRefused("", "a whole report of PIT's was expected, but ");
        assertRefused("<mutations>" + mutation("KILLED", ""), "a whole report of PIT's was expected, but ");
        assertRefused("<mutations/>", "a report of PIT's with mutants was expected, and there is none in it");
        assertRefused("<other>" + mutation("KILLED", "") + "</other>", "a report of PIT's with mutants was expected, and there is none in it");
        assertRefused("<mutations>" + mutation("RUN_ERROR", "") + "</mutations>",
                "a whole report of PIT's was expected, but a mutant in it has the status RUN_ERROR, and was not judged");
        assertRefused("<mutations>" + mutation("NOT_STARTED", "") + "</mutations>", "a mutant in it has the status NOT_STARTED, and was not judged");
        assertRefused("<mutations>" + mutation("KILLED", "").replace("mutatedMethod", "method") + "</mutations>", "a mutant in it has no mutatedMethod");
        assertRefused("<mutations>" + mutation("KILLED", "").replace(">7<", ">x<") + "</mutations>", "a whole report of PIT's was expected, but ");
    }

    private static void assertRefused(String text, String message) {
        assertThatThrownBy(() -> read(text)).as(text).isInstanceOf(IOException.class).hasMessageContaining(message);
    }

    /** Beside what a run of PIT tells: a record whose line is gone is about nothing. */
    @Test
    void whatIsKeptStandsInTheSourceAndHasAReason() throws IOException {
        for (PitSurvivor kept : PitSurvivor.kept()) {
            assertThat(Planting.source(kept.type().replaceFirst("\\$.*", "").replace('.', '/') + ".java").lines().map(String::strip)).as(kept.subject())
                    .contains(kept.line());
            assertThat(kept.kind()).as(kept.subject()).isNotNull();
            assertThat(kept.reason()).as(kept.subject()).endsWith(".").hasSizeGreaterThan(20);
        }
    }

    @Test
    void nothingIsKeptTwice() {
        assertThat(PitSurvivor.kept().stream().map(PitSurvivor::subject)).doesNotHaveDuplicates();
    }
}
