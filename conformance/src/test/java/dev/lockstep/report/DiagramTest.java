package dev.lockstep.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class DiagramTest {
    private static final String LANES = "[\"application\", \"page cache\", \"driver\", \"log\", \"leg 0\", \"leg 1\", \"leg 2\"]";

    private static String step(int number, String action, String actor, String meaning, String more) {
        return "{\"number\": " + number + ", \"action\": \"" + action + "\", \"actor\": \"" + actor + "\", \"meaning\": \"" + meaning
                + "\", \"seed\": [], \"kernel\": [], \"changes\": [], " + more + "}";
    }

    private static String step(int number, String action, String actor, String moves, String shows, boolean crash, String harm) {
        return step(number, action, actor, actor.isEmpty() ? "" : "What " + action + " means.", "\"moves\": [" + moves + "], \"shows\": ["
                + shows + "], \"crash\": " + crash + ", \"harm\": " + harm);
    }

    private static String move(String from, String to) {
        return "{\"from\": \"" + from + "\", \"to\": \"" + to + "\"}";
    }

    private static String sight(String lane, String text) {
        return "{\"lane\": \"" + lane + "\", \"text\": \"" + text + "\"}";
    }

    /** A behaviour of five states that has one of everything. */
    private static String small() {
        return String.join(", ",
                step(1, "initial state", "", "", sight("leg 0", "0") + ", " + sight("leg 1", "0") + ", " + sight("log", "clean"), false, "null"),
                step(2, "Store(0, 1)", "application", move("application", "page cache"), sight("page cache", "1") + ", "
                        + sight("page cache", "page-dirty"), false, "null"),
                step(3, "Issue(0)", "driver", move("driver", "leg 0") + ", " + move("driver", "leg 1"), sight("driver", "CLEAN_CANDIDATE"), false,
                        "null"),
                step(4, "LegWrite(0, 0, 1)", "leg 1", move("page cache", "leg 1"), sight("leg 1", "1 (0)"), false,
                        "\"From here to the end the legs differ.\""),
                step(5, "Kill", "crash", "", sight("log", "clean (dirty)"), true, "null"));
    }

    private static Diagram read(String steps, String loop) {
        return Diagram.of(Entry.parse("{\"lanes\": " + LANES + ", \"steps\": [" + steps + "], \"loop\": " + loop + "}", "test"), "steps", "loop")
                .orElseThrow();
    }

    private static DiagramLayout layout(Diagram diagram, boolean below) {
        return new DiagramLayout(diagram, Map.of("S1", "a sentence"), DiagramLayout.NARROW_WORDS, below);
    }

    @Test
    void inCharactersItIsWhatItIs() {
        assertThat(DiagramLines.of(read(small(), "{\"backTo\": 3, \"action\": \"Restart\"}"), Map.of())).isEqualTo("""
                   application  page cache       driver            log        leg 0    leg 1    leg 2
                        |            |              |               |           |        |        |      1  initial state
                        |            |              |            [clean]       [0]      [0]       |
                        |            |              |               |           |        |        |
                        o------------>              |               |           |        |        |      2  Store(0, 1)  –  application
                        |           [1]             |               |           |        |        |      What Store(0, 1) means.
                        |      [page-dirty]         |               |           |        |        |
                        |            |              |               |           |        |        |
                        |            |              o--------------------------->-------->        |      3  Issue(0)  –  driver
                        |            |      [CLEAN_CANDIDATE]       |           |        |        |      What Issue(0) means.
                        |            |              |               |           |        |        |
                !       |            o--------------------------------------------------->        |      4  LegWrite(0, 0, 1)  –  leg 1
                !       |            |              |               |           |     [1 (0)]     |      The harmful step. From here to the end the legs differ.
                !       |            |              |               |           |        |        |      What LegWrite(0, 0, 1) means.
                        |            |              |               |           |        |        |
                  = KILLED ============================================================================  5  Kill
                        |            |              |        [clean (dirty)]    |        |        |      What Kill means.
                        |            |              |               |           |        |        |
                And back to state 3 by Restart, and so on for ever.
                """);
    }

    @Test
    void asSvgEveryPartOfItIsThereOnce() {
        String svg = file(read(small(), "{\"backTo\": 3, \"action\": null}"), "a title");
        assertThat(parts(svg, "k")).containsExactly("application", "page", "cache", "driver", "log", "leg 0", "leg 1", "leg 2");
        assertThat(parts(svg, "b")).containsExactly("1  initial state", "2  Store(0, 1)  –  application", "3  Issue(0)  –  driver",
                "4  LegWrite(0, 0, 1)  –  leg 1", "5  Kill", "And nothing ever happens again.");
        assertThat(parts(svg, "h")).hasSize(1);
        assertThat(parts(svg, "x")).containsExactly("KILLED");
        assertThat(parts(svg, "g")).containsExactly("0", "0", "clean", "1", "page-", "dirty", "CLEAN_", "CANDIDATE", "1 (0)", "clean", "(dirty)");
        assertThat(count(svg, "class=\"harmful\"")).isEqualTo(1);
        assertThat(count(svg, "class=\"crash\"")).isEqualTo(1);
        assertThat(count(svg, "class=\"arrow\"")).as("one a move").isEqualTo(4);
        assertThat(count(svg, "class=\"back\"")).isEqualTo(1);
        assertThat(svg).contains("xmlns=\"http://www.w3.org/2000/svg\"", "prefers-color-scheme: dark")
                .doesNotContain("<script", "href=", "url(", "@import", "style=");
    }

    @Test
    void aLaneOrALegThatIsNotSaidToTakePartIsDrawnAllTheSame() {
        Diagram diagram = read(small() + ", " + step(6, "LegFails(7)", "leg 7", "", sight("leg 8", "gone"), false, "null"), "null");
        assertThat(diagram.lanes()).endsWith("leg 2", "leg 7", "leg 8");
        assertThat(read(step(1, "Some", "leg", "", "", false, "null"), "null").lanes()).as("some leg is none").endsWith("leg 2");
    }

    @Test
    void noTextLiesOnAnother() {
        List<String> steps = new ArrayList<>();
        String states = String.join(", ", sight("driver", "0: CLEAN_CANDIDATE"), sight("driver", "1: MAYBE_DIRTY"),
                sight("page cache", "0: -2"), sight("page cache", "1: empty"), sight("page cache", "0: page-dirty"),
                sight("log", "0: dirty (clean)"), sight("log", "1: clean (dirty)"), sight("leg 0", "0: 1 (0,2)"), sight("leg 1", "1: 2 (0,1)"),
                sight("leg 2", "out"), sight("leg 2", "gone"));
        for (int i = 1; i < 40; i++) {
            steps.add(step(i, "Action" + "(0, 1)".repeat(i % 9), i % 2 == 0 ? "driver" : "leg 1", "A word. ".repeat(i * 3 % 37),
                    "\"moves\": [], \"shows\": [" + (i % 3 == 0 ? states : "") + "], \"crash\": " + (i % 7 == 0) + ", \"harm\": "
                            + (i == 5 ? "\"" + "Verylongwordwithoutanyspace".repeat(6) + "\"" : "null")));
        }
        Diagram diagram = read(String.join(", ", steps), "{\"backTo\": 4, \"action\": \"Some(0)\"}");
        assertApart(Placed.wide(layout(diagram, false)));
        assertApart(Placed.wide(layout(diagram, true)));
        assertApart(Placed.narrow(layout(diagram, true)));
    }

    /** What the layout says of overlaps would be nothing if it could not say otherwise. */
    @Test
    void aTextThatDoesLieOnAnotherIsSeen() {
        DiagramText one = new DiagramText("one", 10, 20, DiagramText.Style.BODY);
        assertThatThrownBy(() -> assertApart(List.of(Placed.of(one, 0, 0), Placed.of(one, 8, 5)))).isInstanceOf(AssertionError.class);
    }

    private static void assertApart(List<Placed> texts) {
        assertThat(texts).hasSizeGreaterThan(1);
        for (int i = 0; i < texts.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(texts.get(i).overlaps(texts.get(j))).as("%s lies on %s", texts.get(i), texts.get(j)).isFalse();
            }
        }
    }

    /** On a narrow screen a style sheet moves each row's words below its strip, by a class for each height. */
    @Test
    void theStyleSheetHasARuleForEveryHeightOfAStrip() {
        String css = TextSource.PACKED.required("report/report.css");
        for (int more = 0; more <= 12; more++) {
            int height = DiagramRow.STRIP + more * DiagramRow.LINE;
            assertThat(css).contains(".seq .d" + more + " { transform: translate(0, " + height + "px); }");
        }
        assertThat(css).contains(".seq .w { transform: translate(" + DiagramLayout.INDENT + "px, 0); }");
        int legs2 = layout(new Diagram(List.of("application", "page cache", "driver", "log", "leg 0", "leg 1"), List.of(),
                Optional.empty()), true).lanesWidth();
        assertThat(css).contains(".seq { width: " + legs2 + "px;").contains(".seq.legs3 { width: "
                + layout(read(small(), "null"), true).lanesWidth() + "px; }");
        assertThat(DiagramLayout.INDENT + DiagramLayout.NARROW_WORDS).isLessThanOrEqualTo(legs2);
    }

    @Test
    void noNameBecomesMarkup() {
        String evil = "<script>alert(1)</script>&amp;' \\\" ]]> <!-- \\u0000 \\ud800 \\uffff";
        String svg = file(read(step(1, evil, evil, evil, "\"moves\": [" + move(evil, "leg 0") + "], \"shows\": [" + sight("leg 1", evil)
                + "], \"crash\": false, \"harm\": \"" + evil + "\""), "{\"backTo\": 1, \"action\": \"" + evil + "\"}"), "<b>" + '\u0001');
        assertThat(svg).doesNotContain("<script", "<!--", "<b>");
        assertThat(parts(svg, "m")).anyMatch(text -> text.contains("<script>alert(1)</script>&amp;'"));
    }

    @Test
    void aResultWithoutLanesIsNotDrawn() throws IOException {
        assertThat(Diagram.of(Entry.parse("{\"steps\": []}", "test"), "steps", "loop")).isEmpty();
        assertThat(Drawing.of(new ObjectMapper().readTree("{\"name\": \"x\", \"steps\": []}"))).isEmpty();
        String result = "{\"name\": \"../x y\", \"lanes\": " + LANES + ", \"steps\": [" + small() + "]}";
        assertThat(Drawing.of(new ObjectMapper().readTree(result))).singleElement()
                .satisfies(drawing -> assertThat(drawing.name()).isEqualTo(".._x_y"));
        assertThatThrownBy(() -> Drawing.of(new ObjectMapper().readTree("{\"name\": \"x\", \"lanes\": [1], \"steps\": []}")))
                .isInstanceOf(ReportException.class).hasMessageContaining("lanes[0]: expected a string, found 1");
    }

    private static String file(Diagram diagram, String title) {
        return DiagramSvg.file(layout(diagram, false), title, List.of("A note."));
    }

    /** Returns the texts of a look; fails if it is no XML. */
    private static List<String> parts(String svg, String css) {
        try {
            DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        } catch (Exception e) {
            throw new AssertionError("no XML: " + e.getMessage() + "\n" + svg, e);
        }
        List<String> texts = new ArrayList<>();
        Matcher text = Pattern.compile("<text class=\"" + css + "\"[^>]*>(.*?)</text>", Pattern.DOTALL).matcher(svg);
        while (text.find()) {
            texts.add(text.group(1).replaceAll("<[^>]*>", "").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"")
                    .replace("&#39;", "'").replace("&amp;", "&"));
        }
        return texts;
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    /** A text where it is drawn. */
    private record Placed(String text, double left, double top, double right, double bottom) {
        static Placed of(DiagramText text, int x, int y) {
            double ascent = text.style().size() * 0.8;
            return new Placed(text.text(), x + text.left(), y + text.y() - ascent, x + text.left() + text.width(),
                    y + text.y() + text.style().size() * 0.2);
        }

        static List<Placed> wide(DiagramLayout layout) {
            return all(layout, row -> layout.lanesWidth() + DiagramLayout.GAP, row -> 0);
        }

        static List<Placed> narrow(DiagramLayout layout) {
            return all(layout, row -> DiagramLayout.INDENT, DiagramRow::strip);
        }

        private static List<Placed> all(DiagramLayout layout, ToIntFunction<DiagramRow> x,
                ToIntFunction<DiagramRow> y) {
            List<Placed> all = new ArrayList<>();
            layout.heads().forEach(head -> all.add(of(head, 0, 0)));
            for (DiagramRow row : layout.rows()) {
                row.boxes().forEach(box -> box.lines().forEach(line -> all.add(of(line, 0, row.top()))));
                row.step().filter(DiagramStep::crash).ifPresent(step -> all.add(of(DiagramSvg.crashName(step), 0, row.top())));
                row.words().forEach(line -> all.add(of(line, x.applyAsInt(row), row.top() + y.applyAsInt(row))));
                assertThat(row.more()).isLessThanOrEqualTo(12);
            }
            return all;
        }

        boolean overlaps(Placed other) {
            return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
        }
    }
}
