package dev.lockstep.report;

import static dev.lockstep.report.Tag.tag;

import dev.lockstep.report.DiagramStep.Move;
import dev.lockstep.report.DiagramText.Style;
import java.util.List;
import java.util.stream.Collectors;

/** A drawing as SVG: no script, no font of its own, nothing fetched, every text escaped. The same layout gives the same bytes. */
final class DiagramSvg {
    private static final int HEAD = 5;
    private static final int DOT = 4;
    private static final int SIDE = 4;

    private final DiagramLayout layout;
    private final Html html;

    private DiagramSvg(DiagramLayout layout, Html html) {
        this.layout = layout;
        this.html = html;
    }

    /** Writes it into a page whose style sheet says how it looks. */
    static void write(DiagramLayout layout, Html html, String label) {
        String legs = "legs" + layout.diagram().lanes().stream().filter(lane -> lane.startsWith("leg ")).count();
        html.in(tag("svg").css("seq " + legs).with("width", "" + layout.width()).with("height", "" + layout.height()).with("role", "img")
                .with("aria-label", label), () -> new DiagramSvg(layout, html).draw());
    }

    /**
     * Returns it as a file of its own.
     *
     * @param title what it is of
     * @param notes what a reader has to know, lines below the title
     */
    static String file(DiagramLayout layout, String title, List<String> notes) {
        int left = 12;
        int line = 17;
        int width = layout.width() + 2 * left;
        List<String> titles = TextWidth.wrap(title, 15, true, layout.width());
        List<String> lines = notes.stream().flatMap(note -> TextWidth.wrap(note, 12, false, layout.width()).stream()).toList();
        int top = 14 + titles.size() * 20 + lines.size() * line + 12;
        int height = top + layout.height() + left;
        Html html = new Html();
        html.in(tag("svg").with("xmlns", "http://www.w3.org/2000/svg").css("seq").with("viewBox", "0 0 " + width + " " + height)
                .with("width", "" + width).with("height", "" + height).with("role", "img").with("aria-label", title), () -> {
            html.put("title", title);
            html.style(TextSource.PACKED.required("report/diagram-file.css") + TextSource.PACKED.required("report/diagram.css"));
            html.closed(tag("rect").css("paper").with("width", "" + width).with("height", "" + height));
            for (int i = 0; i < titles.size(); i++) {
                html.put(tag("text").css("t").with("x", "" + left).with("y", "" + (26 + i * 20)), titles.get(i));
            }
            for (int i = 0; i < lines.size(); i++) {
                html.put(tag("text").css("m dim").with("x", "" + left).with("y", "" + (24 + titles.size() * 20 + i * line)), lines.get(i));
            }
            html.in(tag("g").with("transform", "translate(" + left + " " + top + ")"), () -> new DiagramSvg(layout, html).draw());
        });
        return html.toString();
    }

    private void draw() {
        path("life", layout.middles().stream().map(x -> "M" + x + " " + DiagramLayout.HEAD + "V" + (layout.height() - SIDE))
                .collect(Collectors.joining()));
        layout.heads().forEach(this::text);
        layout.rows().forEach(row -> html.in(tag("g").with("transform", "translate(0 " + row.top() + ")"), () -> row(row)));
        layout.backTo().ifPresent(this::loop);
    }

    private void row(DiagramRow row) {
        row.step().ifPresent(step -> {
            if (step.harm().isPresent()) {
                html.closed(tag("rect").css("harmful").with("x", "0").with("y", "1").with("width", "" + layout.width())
                        .with("height", "" + (row.height() - 4)).with("rx", "3"));
            }
            if (step.crash()) {
                path("crash", "M" + SIDE + " " + DiagramLayout.ARROW + "H" + layout.lanesWidth());
                text(crashName(step));
            } else {
                arrows(step);
            }
        });
        row.boxes().forEach(box -> {
            html.closed(tag("rect").css("box").with("x", "" + box.x()).with("y", "" + box.y()).with("width", "" + box.width())
                    .with("height", "" + box.height()).with("rx", "2"));
            box.lines().forEach(this::text);
        });
        html.in(tag("g").css("w").with("transform", "translate(" + (layout.lanesWidth() + DiagramLayout.GAP) + ")"),
                () -> html.in(tag("g").css("d" + row.more()), () -> words(row.words())));
    }

    /** Returns what a crash is called, below its line. */
    static DiagramText crashName(DiagramStep step) {
        return new DiagramText(step.crashName(), SIDE + 2, DiagramLayout.ARROW + 15, Style.CRASH);
    }

    /** Who gives something to somebody is an arrow between them; who does something alone is a point. */
    private void arrows(DiagramStep step) {
        if (step.moves().isEmpty()) {
            step.lane().ifPresent(lane -> dot(lane));
            return;
        }
        for (Move move : step.moves()) {
            int from = layout.middle(move.from());
            int to = layout.middle(move.to());
            int back = to > from ? -HEAD - 2 : HEAD + 2;
            int y = DiagramLayout.ARROW;
            path("arrow", "M" + from + " " + y + "H" + (to + back));
            path("point", "M" + to + " " + y + "l" + back + " " + -HEAD + "v" + 2 * HEAD + "z");
            dot(move.from());
        }
    }

    private void dot(String lane) {
        html.closed(tag("circle").css("point").with("cx", "" + layout.middle(lane)).with("cy", "" + DiagramLayout.ARROW).with("r", "" + DOT));
    }

    /** From the last row back up to the state that follows. */
    private void loop(DiagramRow to) {
        DiagramRow last = layout.rows().get(layout.rows().size() - 1);
        int y = to.top() + DiagramLayout.ARROW;
        path("back", "M" + DiagramLayout.GUTTER + " " + (last.top() + DiagramLayout.ARROW) + "H" + SIDE + "V" + y + "H"
                + (DiagramLayout.GUTTER - HEAD));
        path("backpoint", "M" + DiagramLayout.GUTTER + " " + y + "l" + -HEAD + " " + -SIDE + "v" + 2 * SIDE + "z");
    }

    /** Lines of one look that follow each other are one text. */
    private void words(List<DiagramText> words) {
        int at = 0;
        while (at < words.size()) {
            int first = at;
            Style style = words.get(first).style();
            while (at < words.size() && words.get(at).style() == style) {
                at++;
            }
            int end = at;
            html.in(tag("text").css(style.css()).with("y", "" + words.get(first).y()), () -> {
                html.text(words.get(first).text());
                for (int i = first + 1; i < end; i++) {
                    html.put(tag("tspan").with("x", "0").with("y", "" + words.get(i).y()), words.get(i).text());
                }
            });
        }
    }

    private void text(DiagramText text) {
        html.put(tag("text").css(text.style().css()).with("x", "" + text.x()).with("y", "" + text.y()), text.text());
    }

    private void path(String css, String path) {
        html.closed(tag("path").css(css).with("d", path));
    }
}
