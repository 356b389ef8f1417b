package dev.lockstep.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the report says of crashes, and that it would say otherwise of other results. */
class CrashReportTest {
    private static final String MAYBE_DIRTY = "\"cycles\": 60, \"desyncs\": 0, \"lostAcknowledged\": 0";

    @TempDir
    Path folder;

    @Test
    void eachPolicyHasARowThatSaysWhatEachKindOfCrashHasShown() {
        assertThat(crashes(new Sample().in(folder)))
                .contains("Original ✗ violated (3) ✓ 0 divergences 1,000 of 1,000 edges ✗ 3 desyncs in 56 kills NOT RUN "
                        + "✗ 14 desyncs in 1,100 crash states kill 27,794 enumerate 1,000")
                .contains("MaybeDirty ✓ holds ✓ 0 divergences 2,000 of 2,000 edges ✓ 0 desyncs in 60 kills NOT RUN "
                        + "✓ 0 desyncs in 3,400 crash states kill 10,000 enumerate 500")
                .contains("The kernel’s mirror NOT RUN").doesNotContain("UNEXPECTED");
    }

    @Test
    void theStatesThatWereEnumeratedAreCountedByWhatIsDoneAndByTheLogsFormat() {
        assertThat(crashes(new Sample().in(folder))).contains("What is done hardened log anything 3,400 a leg added in use 1,100");
        ReportInput both = new Sample().result("enumerate", "\"policy\": \"MaybeDirty\", \"logFormat\": \"hardened\"",
                "\"policy\": \"MaybeDirty\", \"logFormat\": \"dm\"").result("enumerate", "{\"anything\": 2400, \"a leg added in use\": 1000}",
                "{\"anything\": 3400}").in(folder);
        assertThat(crashes(both)).contains("What is done hardened log dm log anything 1,000 3,400 a leg added in use 100 –");
    }

    @Test
    void aResultThatDoesNotCountItsStatesSoHasNoSuchTable() {
        ReportInput input = new Sample().result("enumerate", "\"workloads\": {\"anything\": 1000, \"a leg added in use\": 100}, ", "")
                .result("enumerate", "\"workloads\": {\"anything\": 2400, \"a leg added in use\": 1000}, ", "").in(folder);
        assertThat(crashes(input)).doesNotContain("What is done");
    }

    @Test
    void theTopSaysWhatTheCrashesHaveShown() {
        assertThat(HtmlText.of(HtmlReport.render(new Sample().in(folder)))).contains("After 116 kills and 4,500 crash states the legs "
                + "differed under Original alone, and nothing acknowledged was lost.");
    }

    @Test
    void whatKillsMayLeaveAndNeverDidIsNamed() {
        ReportInput input = new Sample().with("validate").in(folder);
        assertThat(crashes(input)).contains("47 recordings of 25,123 events", "✓ 0 rejected", "In 7 of them the process was killed, again and again: 21 times in those that TLC finds to be right",
                "5 of 7 outcomes were found", "leg 0, leg 1 4 4 2 reached: leg 0 and leg 1; leg 1", "log 2 2 2 –").doesNotContain("cut short");
        assertThat(LinkCheck.check(HtmlReport.render(input), input)).isEmpty();
    }

    @Test
    void whereNothingWasRecordedThatIsSaid() {
        assertThat(crashes(new Sample().in(folder))).contains("Recordings of the mirror running free NOT RUN");
    }

    @Test
    void aRecordingThatIsRejectedOrCutShortIsLoud() {
        ReportInput input = new Sample().with("validate").result("validate", "\"rejected\": 0", "\"rejected\": 2")
                .result("validate", "\"cutShort\": 0", "\"cutShort\": 1").in(folder);
        assertThat(crashes(input)).contains("✗ 2 rejected", "1 cut short");
    }

    @Test
    void whatTheSpecificationAllowsCrashesToLeaveIsCountedNextToWhatWasFoundTierByTier() {
        ReportInput input = new Sample().in(folder);
        assertThat(crashes(input)).contains("kill real kills NOT RUN NOT RUN NOT RUN NOT RUN NOT RUN NOT RUN flakey",
                "enumerate simulated power cuts 21 41,546 ✓ 0 rejected 1,669 1,557 112", "leg 0, leg 1 1,471 1,099 987 112", "nothing 570 570 570 –");
        assertThat(input.findings()).isEmpty();
        assertThat(LinkCheck.check(HtmlReport.render(input), input)).isEmpty();
    }

    @Test
    void outcomesThatCanBeNamedAre() {
        ReportInput input = new Sample().result("enumerate", "\"found\": 987, \"neverFound\": []", "\"found\": 987, \"neverFound\": [\"leg 1\", \"nothing\"]").in(folder);
        assertThat(crashes(input)).contains("leg 0, leg 1 1,471 1,099 987 differs: leg 1; nothing");
    }

    @Test
    void aCrashStateThatTheSpecificationDoesNotAllowIsAFinding() {
        ReportInput input = new Sample().result("enumerate", "\"events\": 3804, \"rejected\": 0", "\"events\": 3804, \"rejected\": 1")
                .result("enumerate", "\"findings\": []", "\"findings\": [{\"mirror\": \"MaybeDirty 2x1x2\", \"cutShort\": null, \"rejection\": {\"event\": \"CutFound(1)\"}}]").in(folder);
        assertThat(crashes(input)).contains("✗ 1 rejected");
        assertThat(input.findings()).containsExactly("a recording of MaybeDirty 2x1x2 is rejected at CutFound(1)");
        ReportInput unsaid = new Sample().result("enumerate", "\"cutShort\": 0", "\"cutShort\": 1").in(folder);
        assertThat(crashes(unsaid)).contains("1 cut short");
        assertThat(unsaid.findings()).singleElement().asString().startsWith("The tier enumerate counts recordings that are rejected or cut short");
    }

    @Test
    void theKernelsMirrorHasARowForEachExperiment() {
        ReportInput input = new Sample().with("kernel").in(folder);
        assertThat(crashes(input)).contains("dm-mirror, mmap 2 2 0 pages under a clean bit 8 ✓ yes")
                .contains("ours to dm-mirror 1 0 32,768 ✓ yes");
        assertThat(LinkCheck.check(HtmlReport.render(input), input)).isEmpty();
    }

    @Test
    void aTierWithoutItsResultIsNotRunWhateverTheAuditSays() {
        ReportInput input = new Sample().without("kill").result("audit", "{\"name\": \"kernel\"",
                "{\"name\": \"kill\", \"result\": \"as expected\", \"why\": \"\"}, {\"name\": \"kernel\"").in(folder);
        assertThat(crashes(input)).contains("Original ✗ violated (3) ✓ 0 divergences 1,000 of 1,000 edges NOT RUN NOT RUN ✗ 14")
                .doesNotContain("A desync after");
        assertThat(HtmlText.of(HtmlReport.render(input))).contains("kill NOT RUN There is no kill.json in the folder.");
    }

    @Test
    void aTierThatCouldNotRunIsNotRun() {
        ReportInput input = new Sample().result("kill", "\"result\": \"as expected\"", "\"result\": \"not run\"").in(folder);
        assertThat(crashes(input)).doesNotContain("in 56 kills");
    }

    @Test
    void aFailureIsAFinding() {
        ReportInput input = new Sample().result("kill", "\"in recovery\": 19}, \"failures\": []",
                "\"in recovery\": 19}, \"failures\": [\"block 7 is lost\"]").in(folder);
        assertThat(input.findings()).containsExactly("MaybeDirty: block 7 is lost");
        assertThat(HtmlReport.headline(input)).isEqualTo("One finding that was not expected");
        assertThat(crashes(input)).contains("✓ 0 desyncs in 60 kills UNEXPECTED");
        assertThat(HtmlReport.render(input)).contains("<a href=\"#crashes\">MaybeDirty: block 7 is lost</a>");
    }

    @Test
    void aDesyncUnderAPolicyThatTlcAcquitsIsAFinding() {
        ReportInput input = new Sample().result("kill", MAYBE_DIRTY, MAYBE_DIRTY.replace("\"desyncs\": 0", "\"desyncs\": 2"))
                .in(folder);
        assertThat(input.findings()).containsExactly("MaybeDirty: the legs differ under a clean bit after 2 of 60 kills");
    }

    @Test
    void aDesyncUnderAPolicyThatTlcHasNotJudgedIsAFinding() {
        ReportInput input = new Sample().result("enumerate", "\"policy\": \"Original\"", "\"policy\": \"BounceCopy\"").in(folder);
        assertThat(input.findings()).containsExactly("BounceCopy: the legs differ under a clean bit after 14 of 1,100 crash states");
    }

    @Test
    void somethingAcknowledgedThatIsLostIsAFinding() {
        ReportInput input = new Sample().result("kill", MAYBE_DIRTY, "\"cycles\": 60, \"desyncs\": 0, \"lostAcknowledged\": 1")
                .in(folder);
        assertThat(input.findings()).containsExactly("MaybeDirty: something acknowledged was lost in 1 of 60 kills");
        assertThat(crashes(input)).contains("acknowledged data lost in 1");
    }

    @Test
    void aTierThatDoesNotCatchOriginalProvesNothing() {
        ReportInput input = new Sample().result("enumerate", "\"desyncs\": 14", "\"desyncs\": 0").in(folder);
        assertThat(input.findings()).containsExactly("Original: no desync after 1,100 crash states: the tier enumerate proves nothing");
    }

    @Test
    void aTierWithoutARunIsAFinding() {
        ReportInput input = new Sample().result("enumerate", "\"runs\": [", "\"runs\": [], \"more\": [").in(folder);
        assertThat(input.findings()).containsExactly("The tier enumerate ran, and there was nothing in its runs.");
    }

    @Test
    void aDesyncIsToldInWordsAndBytes() {
        ReportInput input = new Sample().in(folder);
        assertThat(crashes(input)).contains("A desync after a kill, under Original")
                .contains("block 145 of region 4, whose bit in the log says clean. Leg 0 holds content 50, leg 1 holds content 234")
                .contains("Content 50 is stored into the block’s memory; leg 0 was found with it.")
                .contains("each leg reads its memory on its own, and it is stored into meanwhile. The write is acknowledged, and a "
                        + "flush after it as well.")
                .contains("Content 234 is stored into the block’s memory; leg 1 was found with it.")
                .contains("(2 events in the middle of these are left out.)")
                .contains("Lost with the memory: content 276, which no write had reached.")
                .contains("The legs differ in 17 of the block’s 32 bytes.");
        assertThat(HtmlReport.render(input)).contains("<mark>32</mark>").contains("<mark>ea</mark>").contains("<span>11</span>");
    }

    @Test
    void aDesyncIsDrawnUntilTheCrash() {
        String page = HtmlReport.render(new Sample().in(folder));
        int crashes = page.indexOf("id=\"crashes\"");
        assertThat(crashes).as("the section of crashes").isPositive();
        int first = page.indexOf("<svg", crashes);
        String drawing = page.substring(first, page.indexOf("</svg>", first));
        assertThat(drawing).contains(">KILLED<").contains("found: leg 0: 50  ≠  leg 1: 234").contains(">587.29<").contains(">690.05<")
                .containsPattern("<circle class=\"store found\"[^>]*></circle><text [^>]*>234<")
                .containsPattern("<circle class=\"store\"[^>]*></circle><text [^>]*>276<");
        assertThat(drawing.split("✓ write")).hasSize(2);
        assertThat(drawing.split("✓ flush")).as("one of the flushes was not acknowledged").hasSize(2);
        assertThat(HtmlReport.render(new Sample().result("kill", "\"crash\": \"kill\"", "\"crash\": \"power cut\"").in(folder)))
                .contains(">POWER CUT<").contains("of each device what was not flushed may be");
    }

    /** Returns the section of crashes as a reader sees it. */
    private static String crashes(ReportInput input) {
        String page = HtmlReport.render(input);
        String section = page.substring(page.indexOf("<section id=\"crashes\""));
        return HtmlText.of(section.substring(0, section.indexOf("</section>")));
    }
}
