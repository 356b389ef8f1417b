package dev.lockstep.report;

import dev.lockstep.report.DiagramStep.Move;
import dev.lockstep.report.DiagramStep.Sight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A drawing in characters, for a terminal: lanes from left to right, time downwards, words at the right. */
final class DiagramLines {
    private static final int LEG = 9;
    private static final int WORDS = 76;
    private static final String MARGIN = "  ";
    private static final String HARM = "! ";
    private static final String GAP = "  ";
    private static final Map<String, Integer> WIDTHS = Map.of("application", 13, "page cache", 13, "driver", 17, "log", 15);

    private final Diagram diagram;
    private final Map<String, String> quotations;
    private final Map<String, Integer> middles = new LinkedHashMap<>();
    private final int width;
    private final StringBuilder out = new StringBuilder();

    private DiagramLines(Diagram diagram, Map<String, String> quotations) {
        this.diagram = diagram;
        this.quotations = quotations;
        int x = 0;
        for (String lane : diagram.lanes()) {
            int wide = WIDTHS.getOrDefault(lane, Math.max(LEG, lane.length() + 2));
            middles.put(lane, x + wide / 2);
            x += wide;
        }
        width = x;
    }

    /** Returns the drawing, lines and all. */
    static String of(Diagram diagram, Map<String, String> quotations) {
        return new DiagramLines(diagram, quotations).write();
    }

    private String write() {
        char[] head = blank();
        middles.forEach((lane, middle) -> put(head, middle - lane.length() / 2, lane));
        out.append((MARGIN + new String(head)).stripTrailing()).append('\n');
        Set<String> quoted = new HashSet<>();
        for (DiagramStep step : diagram.steps()) {
            List<String> words = new ArrayList<>(wrap(step.title()));
            step.harmful().ifPresent(why -> words.addAll(wrap(why)));
            step.paragraphs(quotations, quoted).forEach(paragraph -> words.addAll(wrap(paragraph)));
            step.changes().forEach(change -> words.addAll(wrap("  " + change)));
            row(strip(step), words, step.harm().isPresent() ? HARM : MARGIN);
        }
        diagram.loop().ifPresent(loop -> out.append(loop.inWords()).append('\n'));
        return out.toString();
    }

    private void row(List<char[]> strip, List<String> words, String margin) {
        for (int i = 0; i < Math.max(strip.size(), words.size()); i++) {
            String lanes = new String(i < strip.size() ? strip.get(i) : lives());
            out.append((margin + lanes + GAP + (i < words.size() ? words.get(i) : "")).stripTrailing()).append('\n');
        }
        out.append((MARGIN + new String(lives())).stripTrailing()).append('\n');
    }

    /** What happens on the lanes: arrows, and below them what is so from now on. */
    private List<char[]> strip(DiagramStep step) {
        List<char[]> lines = new ArrayList<>(List.of(lives()));
        if (step.crash()) {
            Arrays.fill(lines.get(0), '=');
            put(lines.get(0), 1, " " + step.crashName() + " ");
        } else if (step.moves().isEmpty()) {
            step.lane().ifPresent(lane -> lines.get(0)[middles.get(lane)] = 'o');
        }
        step.moves().forEach(move -> arrow(lines.get(0), move));
        // Where several arrows lie over each other their ends are drawn last.
        step.moves().forEach(move -> ends(lines.get(0), move));
        Map<String, Integer> used = new HashMap<>();
        for (Sight sight : step.shows()) {
            int line = used.merge(sight.lane(), 1, Integer::sum);
            while (lines.size() <= line) {
                lines.add(lives());
            }
            String box = "[" + sight.text() + "]";
            put(lines.get(line), middles.get(sight.lane()) - box.length() / 2, box);
        }
        return lines;
    }

    private void arrow(char[] line, Move move) {
        int from = middles.get(move.from());
        int to = middles.get(move.to());
        Arrays.fill(line, Math.min(from, to), Math.max(from, to) + 1, '-');
    }

    private void ends(char[] line, Move move) {
        line[middles.get(move.from())] = 'o';
        line[middles.get(move.to())] = middles.get(move.to()) > middles.get(move.from()) ? '>' : '<';
    }

    private char[] blank() {
        char[] line = new char[width];
        Arrays.fill(line, ' ');
        return line;
    }

    private char[] lives() {
        char[] line = blank();
        middles.values().forEach(middle -> line[middle] = '|');
        return line;
    }

    private static void put(char[] line, int at, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (at + i >= 0 && at + i < line.length) {
                line[at + i] = text.charAt(i);
            }
        }
    }

    private static List<String> wrap(String text) {
        String indent = text.substring(0, text.length() - text.stripLeading().length());
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(indent);
        for (String word : text.strip().split(" ")) {
            if (line.length() > indent.length() && line.length() + 1 + word.length() > WORDS) {
                lines.add(line.toString());
                line = new StringBuilder(indent);
            }
            line.append(line.length() > indent.length() ? " " : "").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
