package dev.lockstep.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The texts that are packed with the report: claims, quotations, the specification and the Java sources. */
class PackedTextsTest {
    private static final Pattern CITED = Pattern.compile("\\b([SI][0-9]+)(?:: (?:[^\"]{0,80}?)\"([^\"]*)\")?");

    @TempDir
    Path folder;

    @Test
    void everyClaimNamesWhatIsThere() {
        ReportInput input = ReportInput.read(folder, Sample.PRODUCT);
        assertThat(input.claims()).hasSizeGreaterThan(10);
        assertThat(LinkCheck.check(HtmlReport.render(input), input)).isEmpty();
    }

    @Test
    void everyModelOfAClaimIsOneThatJudgesItsProperty() {
        for (Claim claim : ReportInput.read(folder, Sample.PRODUCT).claims()) {
            for (String model : claim.models()) {
                assertThat(TextSource.PACKED.text("spec/" + model + ".cfg")).as("claim %s, model %s", claim.id(), model)
                        .hasValueSatisfying(cfg -> assertThat(cfg)
                                .containsPattern("\\b" + Pattern.quote(claim.property()) + "\\b"));
            }
        }
    }

    @Test
    void noTwoClaimsHaveOneName() {
        assertThat(ReportInput.read(folder, Sample.PRODUCT).claims()).extracting(Claim::id).doesNotHaveDuplicates();
    }

    @Test
    void everySentenceCitedInTheSpecificationIsQuoted() {
        ReportInput input = ReportInput.read(folder, Sample.PRODUCT);
        Set<String> cited = new TreeSet<>();
        List<String> misquoted = new ArrayList<>();
        for (SpecModule module : input.spec().modules()) {
            // A comment goes on over lines.
            String text = String.join("\n", module.lines()).replaceAll("\\n\\s*\\\\\\*\\s*", " ");
            for (Matcher citation = CITED.matcher(text); citation.find(); ) {
                cited.add(citation.group(1));
                String quoted = citation.group(2);
                if (quoted != null && !shortened(input.quotations().get(citation.group(1)), quoted)) {
                    misquoted.add(citation.group(1) + ": " + quoted);
                }
            }
        }
        assertThat(input.quotations().keySet()).containsAll(cited).contains("S1", "S14", "I1", "I4");
        assertThat(misquoted).isEmpty();
    }

    /** Whether a citation is the quotation with words left out, and none added or moved. */
    private static boolean shortened(String quotation, String citation) {
        return quotation != null && Pattern.compile(Arrays.stream(citation.split("\\s+")).map(Pattern::quote)
                .collect(Collectors.joining(".*?"))).matcher(quotation).find();
    }
}
