package dev.lockstep.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkCheckTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"S1\" | \"S99\" | names the sentence S99, which seed.json does not quote.",
        "\"property\": \"NoDesync\" | \"property\": \"NoDesinc\" | names the property NoDesinc, which the module"
                + " MCMirror of its model MCMirror_Original_Mmap_NoDesync does not have.",
        "\"MCMirror_Original_Mmap_NoDesync\" | \"MCMirror_Original_Gone_NoDesync\" | names the model"
                + " MCMirror_Original_Gone_NoDesync, which check.json does not have.",
        "\"LegWrite\" | \"LegRite\" | names the action LegRite, which no module of the spec defines.",
        "RegionMachine.legWrite | RegionMachine.legRite | names the method RegionMachine.legRite, which the Java"
                + " sources do not have.",
        "RegionMachine.legWrite | Gone.legWrite | names the method Gone.legWrite, which the Java sources do not have.",
    })
    void aClaimThatNamesWhatIsNotThereIsFoundByName(String now, String then, String complaint) {
        ReportInput input = new Sample().text("report/claims.json", now, then).in(folder);
        assertThat(LinkCheck.check(HtmlReport.render(input), input))
                .contains("Claim original-desyncs " + complaint);
    }

    @Test
    void aModelThatJudgesAnotherPropertyIsFound() {
        ReportInput input = new Sample()
                .result("check", "\"property\": \"NoDesync\"", "\"property\": \"ReadStability\"").in(folder);
        assertThat(LinkCheck.check(HtmlReport.render(input), input)).contains("Claim original-desyncs names the model "
                + "MCMirror_Original_Mmap_NoDesync for the property NoDesync, but that judges ReadStability.");
    }

    @Test
    void aClaimWithoutEvidenceIsFound() {
        ReportInput input = new Sample().text("report/claims.json", "[\"Certify\"]", "[]").in(folder);
        assertThat(LinkCheck.check(HtmlReport.render(input), input))
                .containsExactly("Claim sweep-certifies has no model, no action or no method.");
    }

    @Test
    void aLinkThatLeadsNowhereIsFound() {
        assertThat(LinkCheck.page("<p id=\"a\"><a href=\"#a\">x</a><a href=\"#b\">y</a></p>"))
                .containsExactly("The page links to #b, which it does not have.");
    }

    @Test
    void aLinkThatLeadsToTwoPlacesIsFound() {
        assertThat(LinkCheck.page("<p id=\"a\"></p><p class=\"x\" id=\"a\"></p>"))
                .containsExactly("The page has 2 places with the id a.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "<a href=\"https://example.org/\">x</a> | The page links outside itself, to https://example.org/.",
        "<script src=\"x.js\"></script> | The page may fetch something from elsewhere: <script src=\"x.js\">.",
        "<p style=\"background: url(x)\"></p> | The page may fetch something from elsewhere:"
                + " <p style=\"background: url(x)\">.",
        "<style>a { background: url(x) }</style> | The page may fetch something from elsewhere: url(x).",
        "<style>@import 'x.css';</style> | The page may fetch something from elsewhere: @import 'x.css'.",
    })
    void aRequestIsFound(String page, String complaint) {
        assertThat(LinkCheck.page(page)).containsExactly(complaint);
    }

    @Test
    void anAddressInATextIsNoRequest() {
        assertThat(LinkCheck.page("<pre>&lt;a href=&quot;https://example.org/&quot;&gt; url(x)</pre>")).isEmpty();
    }
}
