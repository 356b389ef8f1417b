package dev.lockstep.report;

import static dev.lockstep.report.Tag.tag;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The report as one HTML file that holds all it needs: it opens offline, without a script, and asks for nothing.
 * Stateless and thread-safe.
 */
public final class HtmlReport {
    private HtmlReport() {
    }

    /** Returns the page: the same input gives the same text. */
    public static String render(ReportInput input) {
        Html html = new Html();
        html.doctype().in(tag("html").with("lang", "en"), () -> {
            html.in("head", () -> head(html));
            html.in("body", () -> body(html, input));
        });
        return html.toString();
    }

    /** Returns the sentence at the top of the page, which says what was found. */
    public static String headline(ReportInput input) {
        return new Headline(input).sentence();
    }

    /**
     * Writes the page to a file, replacing what is there.
     *
     * @return the file
     * @throws IOException if it cannot be written
     */
    public static Path write(ReportInput input, Path file) throws IOException {
        return Files.writeString(file, render(input));
    }

    private static void head(Html html) {
        html.empty(tag("meta").with("charset", "utf-8"));
        html.empty(tag("meta").with("name", "viewport").with("content", "width=device-width, initial-scale=1"));
        html.empty(tag("meta").with("http-equiv", "Content-Security-Policy")
                .with("content", "default-src 'none'; style-src 'unsafe-inline'; img-src data:"));
        html.empty(tag("link").with("rel", "icon").with("href", "data:,"));
        html.put("title", "Lockstep audit");
        html.style(TextSource.PACKED.required("report/report.css") + TextSource.PACKED.required("report/diagram.css"));
    }

    private static void body(Html html, ReportInput input) {
        new Headline(input).write(html);
        html.in("main", () -> List.of(
                new EvidenceTable(input),
                new StoryPanels(input),
                new Contents(),
                new StorySteps(input),
                new VerdictTable(input),
                new ReplayFigures(input),
                new Crashes(input),
                new ClaimTable(input),
                new TierTable(input),
                new Quotations(input),
                new Listings(input)).forEach(section -> section.write(html)));
        new Foot(input).write(html);
    }
}
