package dev.lockstep.report;

import dev.lockstep.report.DiagramRow.Box;
import dev.lockstep.report.DiagramStep.Sight;
import dev.lockstep.report.DiagramText.Style;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where everything of a drawing is: lanes from left to right, time downwards, a row a step, words at the right. On a narrow screen the
 * words stand below each row's strip instead, and the rows leave room for that. The same diagram is laid out the same.
 */
final class DiagramLayout {
    /** Where a loop's line goes back, left of the lanes. */
    static final int GUTTER = 14;
    /** Between the lanes and the words beside them. */
    static final int GAP = 20;
    /** Where words below a strip begin. */
    static final int INDENT = 8;
    /** The lanes' names stand in this. */
    static final int HEAD = 34;
    /** The arrows of a row, from its top. */
    static final int ARROW = 13;
    /** How wide the words are that can stand below the strip on a narrow screen as well. */
    static final int NARROW_WORDS = 308;
    private static final int FIRST_LINE = 16;
    private static final int LINE = 15;
    private static final int BOX_LINE = 11;
    private static final int BOX_TOP = 21;
    private static final int BETWEEN = 10;
    private static final int LEG = 40;
    private static final Map<String, Integer> WIDTHS = Map.of("application", 68, "page cache", 48, "driver", 76, "log", 46);

    private final Diagram diagram;
    private final Map<String, Integer> middles = new LinkedHashMap<>();
    private final List<DiagramText> heads = new ArrayList<>();
    private final List<DiagramRow> rows = new ArrayList<>();
    private final int lanesWidth;
    private final int wordsWidth;
    private final int height;

    /**
     * Lays out a diagram.
     *
     * @param quotations the mail's sentences by their ids
     * @param wordsWidth how wide the words may be
     * @param below      whether the rows are to leave room for words below the strip
     */
    DiagramLayout(Diagram diagram, Map<String, String> quotations, int wordsWidth, boolean below) {
        this.diagram = diagram;
        this.wordsWidth = wordsWidth;
        int x = GUTTER;
        for (String lane : diagram.lanes()) {
            int width = WIDTHS.getOrDefault(lane, LEG);
            middles.put(lane, x + width / 2);
            List<String> name = TextWidth.wrap(lane, Style.HEAD.size(), Style.HEAD.bold(), width);
            for (int i = 0; i < name.size(); i++) {
                heads.add(new DiagramText(name.get(i), x + width / 2, HEAD - 8 - (name.size() - 1 - i) * 12, Style.HEAD));
            }
            x += width;
        }
        lanesWidth = x;
        int top = HEAD;
        Set<String> quoted = new HashSet<>();
        for (DiagramStep step : diagram.steps()) {
            DiagramRow row = row(step, top, words(step, quotations, quoted), below);
            rows.add(row);
            top += row.height();
        }
        if (diagram.loop().isPresent()) {
            List<DiagramText> words = new ArrayList<>();
            add(words, diagram.loop().get().inWords(), Style.TITLE);
            rows.add(new DiagramRow(Optional.empty(), top, 0, height(DiagramRow.STRIP, words, below), List.of(), words));
            top += rows.get(rows.size() - 1).height();
        }
        height = top;
    }

    private List<DiagramText> words(DiagramStep step, Map<String, String> quotations, Set<String> quoted) {
        List<DiagramText> words = new ArrayList<>();
        add(words, step.title(), Style.TITLE);
        step.harmful().ifPresent(why -> add(words, why, Style.HARM));
        for (String paragraph : step.paragraphs(quotations, quoted)) {
            add(words, paragraph, paragraph.equals(step.meaning()) ? Style.BODY : Style.NOTE);
        }
        return words;
    }

    private void add(List<DiagramText> words, String text, Style style) {
        for (String line : TextWidth.wrap(text, style.size(), style.bold(), wordsWidth)) {
            words.add(new DiagramText(line, 0, FIRST_LINE + words.size() * LINE, style));
        }
    }

    private DiagramRow row(DiagramStep step, int top, List<DiagramText> words, boolean below) {
        List<Box> boxes = new ArrayList<>();
        Map<String, Integer> free = new HashMap<>();
        for (Sight sight : step.shows()) {
            int width = WIDTHS.getOrDefault(sight.lane(), LEG) - 2;
            int middle = middles.get(sight.lane());
            int y = free.getOrDefault(sight.lane(), BOX_TOP);
            List<DiagramText> lines = new ArrayList<>();
            for (String line : TextWidth.wrap(sight.text(), Style.TAG.size(), Style.TAG.bold(), width - 4)) {
                lines.add(new DiagramText(line, middle, y + BOX_LINE - 1 + lines.size() * BOX_LINE, Style.TAG));
            }
            int needed = (int) Math.ceil(lines.stream().mapToDouble(DiagramText::width).max().orElse(0)) + 6;
            int boxHeight = lines.size() * BOX_LINE + 3;
            boxes.add(new Box(middle - needed / 2, y, needed, boxHeight, lines));
            free.put(sight.lane(), y + boxHeight + 2);
        }
        int end = free.values().stream().mapToInt(Integer::intValue).max().orElse(0) + 2;
        int more = Math.max(0, (end - DiagramRow.STRIP + DiagramRow.LINE - 1) / DiagramRow.LINE);
        // The name of a crash stands below its line.
        more = step.crash() ? Math.max(more, 1) : more;
        return new DiagramRow(Optional.of(step), top, more, height(DiagramRow.STRIP + more * DiagramRow.LINE, words, below), boxes, words);
    }

    private static int height(int strip, List<DiagramText> words, boolean below) {
        int said = FIRST_LINE + words.size() * LINE - LINE;
        return (below ? strip + said : Math.max(strip, said)) + BETWEEN;
    }

    Diagram diagram() {
        return diagram;
    }

    /** Returns the middle of a lane. */
    int middle(String lane) {
        return middles.get(lane);
    }

    List<Integer> middles() {
        return List.copyOf(middles.values());
    }

    List<DiagramText> heads() {
        return heads;
    }

    List<DiagramRow> rows() {
        return rows;
    }

    /** Returns how wide the lanes are, the place for a loop's line included. */
    int lanesWidth() {
        return lanesWidth;
    }

    /** Returns how wide it is with the words beside the lanes. */
    int width() {
        return lanesWidth + GAP + wordsWidth;
    }

    int height() {
        return height;
    }

    /** Returns the row of the state in which a loop begins again; the last step's, if nothing happens any more. */
    Optional<DiagramRow> backTo() {
        return diagram.loop().flatMap(loop -> rows.stream()
                .filter(row -> row.step().filter(step -> step.number() == loop.backTo()).isPresent()).findFirst());
    }
}
