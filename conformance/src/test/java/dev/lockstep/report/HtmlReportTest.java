package dev.lockstep.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
    private static final String DIVERGENCE = "{\"trace\": \"cafe\", \"step\": 7, \"action\": \"Certify\", "
            + "\"differences\": [{\"variable\": \"state\", \"expected\": \"CLEAN\", \"observed\": \"DIRTY\"}], "
            + "\"prefix\": [\"Store(0, 1)\"], \"spec\": {\"module\": \"Mirror\", \"line\": 15}, "
            + "\"method\": {\"class\": \"dev.lockstep.region.RegionMachine\", \"name\": \"certify\", \"line\": 15}, "
            + "\"command\": \"lockstep.jar replay --trace cafe\"}";

    @TempDir
    Path folder;

    @Test
    void saysWhatWasFoundInOneSentence() {
        assertThat(HtmlReport.headline(new Sample().in(folder))).isEqualTo("TLC finds the bug of 2008 in 3 steps, "
                + "two real files show it byte for byte and idea 4 survives the same schedule.");
    }

    @Test
    void hasNoBrokenLink() {
        ReportInput input = new Sample().in(folder);
        assertThat(LinkCheck.check(HtmlReport.render(input), input)).isEmpty();
    }

    @Test
    void showsTheEvidenceOfEachPolicy() {
        String page = HtmlText.of(HtmlReport.render(new Sample().in(folder)));
        assertThat(page)
                .contains("Original 2008 · shared page, clean once drained mmap ✗ violated (3) NOT RUN NOT RUN")
                .contains("MaybeDirty idea 4 · shared page, clean after a sweep mmap ✓ holds store, mark ✗ violated (6)")
                .contains("✓ all 1,000 in 1,300 steps 0 ✗ legs differ, bit clean two files, one block")
                .contains("✓ all 2,000 in 2,600 steps 0 ✓ legs equal 1 region resynced")
                .contains("it too ends in a desync, in 6 steps");
    }

    @Test
    void marksTheBytesThatDifferWithoutNeedingColour() {
        String page = HtmlReport.render(new Sample().in(folder));
        assertThat(page).contains("<mark>1f</mark>").contains("<mark>0f</mark>").contains("<td>≠</td>");
        assertThat(HtmlText.of(page)).contains("Byte 1 of the bitmap is 1f (00011111) on leg 0 and 0f (00001111) on leg 1.");
    }

    @Test
    void marksTheHarmfulStepInWords() {
        assertThat(HtmlText.of(HtmlReport.render(new Sample().in(folder)))).contains("The harmful step. A bit is set.");
    }

    @Test
    void drawsACounterexampleWhereItIsFolded() {
        String page = HtmlReport.render(new Sample().in(folder));
        String folded = page.substring(page.indexOf("<details id=\"counterexample-MCMirror_Original_Mmap_NoDesync\">"));
        String drawn = folded.substring(0, folded.indexOf("</details>"));
        assertThat(drawn).contains("<div class=\"drawing\"", "<svg class=\"seq legs2\"", "class=\"harmful\"").doesNotContain("viewBox");
        assertThat(HtmlText.of(drawn)).contains("3 LegWrite(0) – leg 0", "The harmful step. From here to the end the legs differ.",
                "Mail, S1", "Kernel: do_write");
        assertThat(count(page, "<svg class=\"seq")).isEqualTo(1);
    }

    @Test
    void drawsADivergence() {
        String steps = ", \"again\": false, \"lanes\": [\"application\", \"driver\"], \"steps\": [{\"number\": 1, \"action\": \"Store(0, 1)\", "
                + "\"actor\": \"application\", \"meaning\": \"It is stored.\", \"seed\": [], \"kernel\": [], \"moves\": [], \"shows\": [], "
                + "\"changes\": [], \"crash\": false, \"harm\": \"After this step the mirror is not as the model says.\"}]}";
        ReportInput input = new Sample().result("replay", "\"divergence\": null", "\"divergence\": "
                + DIVERGENCE.substring(0, DIVERGENCE.length() - 1) + steps).in(folder);
        String page = HtmlReport.render(input);
        assertThat(HtmlText.of(page)).contains("The harmful step. After this step the mirror is not as the model says.",
                "It was not seen again on a new volume: it takes what earlier walks had left in the files. To try it:");
        assertThat(LinkCheck.check(page, input)).isEmpty();
    }

    @Test
    void linksAClaimFromSentenceToMethod() {
        String page = HtmlReport.render(new Sample().in(folder));
        String claim = page.substring(page.indexOf("id=\"claim-original-desyncs\""));
        assertThat(claim.substring(0, claim.indexOf("</tr>")))
                .contains("href=\"#mail-S1\"")
                .contains("href=\"#tla-Mirror-17\"")
                .contains("href=\"#model-MCMirror_Original_Mmap_NoDesync\"")
                .contains("href=\"#action-LegWrite\"").contains("2,700")
                .contains("href=\"#java-RegionMachine-10\"");
    }

    @Test
    void missingResultsAreNotRun() {
        ReportInput input = new Sample().without("check", "scenario", "replay", "kill", "enumerate", "audit").in(folder);
        String page = HtmlReport.render(input);
        assertThat(HtmlReport.headline(input)).isEqualTo("Nothing was run: there is no evidence here");
        assertThat(LinkCheck.check(page, input)).isEmpty();
        assertThat(HtmlText.of(page)).contains("NOT RUN check · scenario · replay · mutants")
                .contains("There is no check.json in the folder.");
    }

    @Test
    void oneMissingResultIsSaidInTheHeadlineWhateverTheAuditSays() {
        ReportInput input = new Sample().without("scenario").in(folder);
        assertThat(HtmlReport.headline(input))
                .isEqualTo("TLC finds the bug of 2008 in 3 steps; scenario was NOT RUN.");
        assertThat(LinkCheck.check(HtmlReport.render(input), input)).isEmpty();
    }

    @Test
    void aTierThatDidNotRunSaysWhy() {
        assertThat(HtmlText.of(HtmlReport.render(new Sample().in(folder))))
                .contains("kernel NOT RUN No guest could be booted here.");
    }

    @Test
    void aFindingComesFirst() {
        ReportInput input = new Sample()
                .result("replay", "\"divergences\": 0, \"states\": 400", "\"divergences\": 1, \"states\": 400")
                .result("replay", "\"stepsPerAction\": {\"Store\": 600, \"LegWrite\": 1800, \"Certify\": 200}, "
                        + "\"divergence\": null", "\"stepsPerAction\": {}, \"divergence\": " + DIVERGENCE).in(folder);
        String page = HtmlReport.render(input);
        assertThat(HtmlReport.headline(input)).isEqualTo("One finding that was not expected");
        assertThat(LinkCheck.check(page, input)).isEmpty();
        assertThat(HtmlText.of(page))
                .contains("1 divergence under MaybeDirty on a hardened log; the first at Certify, step 7 of trace cafe.")
                .contains("The spec says so in Mirror, line 15; "
                        + "the step was performed by RegionMachine.certify, line 15.")
                .contains("state CLEAN DIRTY").contains("lockstep.jar replay --trace cafe");
        assertThat(page).contains("href=\"#java-RegionMachine-15\"");
    }

    @Test
    void aDivergenceOfTheRigsOwnCodeHasNoLine() {
        ReportInput input = new Sample().result("replay", "\"divergence\": null", "\"divergence\": " + DIVERGENCE
                .replace("\"class\": \"dev.lockstep.region.RegionMachine\", \"name\": \"certify\", \"line\": 15",
                        "\"className\": \"Mirror\", \"name\": \"abandon\", \"line\": 0")).in(folder);
        String page = HtmlReport.render(input);
        assertThat(HtmlText.of(page)).contains("the step was performed by Mirror.abandon.");
        assertThat(LinkCheck.check(page, input)).isEmpty();
    }

    @Test
    void anUnexpectedVerdictIsLoud() {
        ReportInput input = new Sample()
                .result("check", "\"verdict\": \"holds\"", "\"verdict\": \"violated\"").in(folder);
        assertThat(input.findings()).containsExactly("The model MCMirror_MaybeDirty_Mmap_NoDesync was expected to "
                + "end in holds, and ended in violated.");
        assertThat(HtmlText.of(HtmlReport.render(input))).contains("mmap ✗ violated UNEXPECTED");
    }

    @Test
    void resultsOfDifferentCommitsAreAFinding() {
        ReportInput input = new Sample().result("replay", "0123abc", "4567def").in(folder);
        assertThat(input.findings())
                .containsExactly("The results are of different commits: 0123abc and 4567def.");
    }

    @Test
    void aCommitWithChangesBesideItIsNotPromisedToRepeat() {
        Sample sample = new Sample();
        for (String name : List.of("check", "replay", "scenario", "kill", "enumerate", "audit")) {
            sample.result(name, "\"0123abc\"", "\"0123456789abcdef0123456789abcdef01234567-dirty\"");
        }
        assertThat(HtmlText.of(HtmlReport.render(sample.in(folder))))
                .contains("commit 0123456789ab with changes beside it ")
                .contains("git checkout 0123456789abcdef0123456789abcdef01234567 mvn")
                .contains("There were changes beside the commit");
    }

    @Test
    void noValueBecomesMarkup() {
        String evil = "<script>alert('1')</script>\\\"><img src=x onerror=y>&amp;";
        ReportInput input = new Sample().result("scenario", "A bit is set.", evil)
                .result("scenario", "\"policy\": \"Original\"", "\"policy\": \"" + evil + "\"")
                .result("check", "The legs agree.", evil).result("audit", "No guest could be booted here.", evil)
                .text("report/claims.json", "Under Original the legs can differ.", evil)
                .text("report/seed.json", "marks the region clean", evil)
                .text("spec/Mirror.tla", "VARIABLES page", "\\* <script>alert(1)</script>").in(folder);
        String page = HtmlReport.render(input);
        assertThat(page).doesNotContain("<script").doesNotContain("<img")
                .contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot;&gt;"
                        + "&lt;img src=x onerror=y&gt;&amp;amp;");
        assertThat(LinkCheck.page(page)).isEmpty();
    }

    @Test
    void sameResultsGiveTheSameBytes() throws IOException {
        Path file = HtmlReport.write(new Sample().in(folder), folder.resolve("report.html"));
        assertThat(Files.readString(file)).isEqualTo(HtmlReport.render(new Sample().in(folder)));
    }

    @Test
    void headingsAreInOrderAndTheLanguageIsSaid() {
        String page = HtmlReport.render(new Sample().in(folder));
        assertThat(page).startsWith("<!DOCTYPE html>\n<html lang=\"en\">");
        List<Integer> levels = new ArrayList<>();
        for (Matcher heading = Pattern.compile("<h([1-6])[ >]").matcher(page); heading.find(); ) {
            levels.add(Integer.parseInt(heading.group(1)));
        }
        assertThat(levels).startsWith(1);
        assertThat(levels.stream().filter(level -> level == 1)).hasSize(1);
        for (int i = 1; i < levels.size(); i++) {
            assertThat(levels.get(i)).isLessThanOrEqualTo(levels.get(i - 1) + 1);
        }
    }

    @Test
    void everyTableHasACaptionAndEveryHeaderCellAScope() {
        String page = HtmlReport.render(new Sample().in(folder));
        for (Matcher header = Pattern.compile("<th\\b[^>]*>").matcher(page); header.find(); ) {
            assertThat(header.group()).containsPattern(" scope=\"(row|col)\"");
        }
        assertThat(count(page, "<table")).isEqualTo(count(page, "<caption>")).isGreaterThan(8);
    }

    @Test
    void nothingIsWiderThanANarrowScreen() {
        String page = HtmlReport.render(new Sample().in(folder));
        assertThat(page).contains("name=\"viewport\" content=\"width=device-width, initial-scale=1\"")
                .contains("@media screen and (max-width: 70rem)").contains("@media print")
                .contains("(prefers-color-scheme: dark)");
        // A table is laid out as blocks there, or is the one of bytes, which fits; a listing scrolls in its own box.
        for (Matcher table = Pattern.compile("<table\\b[^>]*>").matcher(page); table.find(); ) {
            assertThat(table.group()).containsPattern("class=\"(stack|quiet hex)\\b");
        }
        assertThat(count(page, "<pre class=\"listing\"")).isEqualTo(count(page, "<div class=\"scroll\"")).isEqualTo(3);
        assertThat(count(page, "<pre")).isEqualTo(4);
    }

    private static int count(String page, String part) {
        return page.split(Pattern.quote(part), -1).length - 1;
    }
}
