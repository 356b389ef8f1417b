package dev.lockstep.report;

import java.util.ArrayList;
import java.util.List;

/**
 * How wide a text is at most: by the widths of a wide sans-serif font (DejaVu Sans, which browsers on Linux use), so that what fits
 * by this fits in the common fonts. Stateless.
 */
final class TextWidth {
    /** Characters by their widths, in thousandths of the font's size. */
    private static final String[] BY_WIDTH = {
        "278 ijlI'’", "318  .,", "352 f", "392 tr()[]{}", "361 -", "337 /:;", "524 sz\"“”_", "560 ckJL", "594 vxyFk",
        "638 abdeghnopqu0123456789EPTZS*?", "700 ABCKRVXY", "790 DGHNOQU+=<>~≠≤≥→←#–", "870 w&M", "1000 mW…—@%"};
    private static final int[] WIDTHS = widths();
    private static final int OTHER = 800;
    /** What is not in our list may be as wide as it is high: other scripts are. */
    private static final int WIDE = 1250;
    private static final int FIRST_WIDE = 0x2e80;
    private static final double BOLD = 1.13;
    private static final double SAFETY = 1.02;

    private TextWidth() {
    }

    private static int[] widths() {
        int[] widths = new int[0x2300];
        for (String entry : BY_WIDTH) {
            int space = entry.indexOf(' ');
            int width = Integer.parseInt(entry.substring(0, space));
            entry.substring(space + 1).chars().forEach(c -> widths[c] = width);
        }
        return widths;
    }

    /** Returns the width of a text, in the unit of the size. */
    static double of(String text, double size, boolean bold) {
        int sum = text.codePoints().map(TextWidth::of).sum();
        return sum / 1000.0 * size * SAFETY * (bold ? BOLD : 1);
    }

    private static int of(int character) {
        if (character < WIDTHS.length && WIDTHS[character] > 0) {
            return WIDTHS[character];
        }
        return character >= FIRST_WIDE ? WIDE : OTHER;
    }

    /**
     * Breaks a text into lines that are no wider than this: at spaces, after hyphens and underscores, and where there are none
     * anywhere. At least one line.
     */
    static List<String> wrap(String text, double size, boolean bold, double width) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String piece : text.strip().split("(?<=[ _-])")) {
            String rest = piece;
            if (of((line + rest).stripTrailing(), size, bold) > width && !line.isBlank()) {
                lines.add(line.stripTrailing());
                line = "";
            }
            while (of(rest.stripTrailing(), size, bold) > width && rest.codePointCount(0, rest.length()) > 1) {
                int end = longest(rest, size, bold, width);
                lines.add(rest.substring(0, end));
                rest = rest.substring(end);
            }
            line += rest;
        }
        lines.add(line.stripTrailing());
        return lines;
    }

    /** Returns how much of a text fits; one character at least. */
    private static int longest(String text, double size, boolean bold, double width) {
        int end = text.offsetByCodePoints(0, 1);
        while (end < text.length() && of(text.substring(0, text.offsetByCodePoints(end, 1)), size, bold) <= width) {
            end = text.offsetByCodePoints(end, 1);
        }
        return end;
    }
}
