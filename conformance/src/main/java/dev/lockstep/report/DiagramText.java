package dev.lockstep.report;

/**
 * A line of text in a drawing.
 *
 * @param text  the text
 * @param x     where it begins, or its middle, see {@link Style#middle}
 * @param y     its base line
 * @param style how it looks
 */
record DiagramText(String text, int x, int y, Style style) {
    /** How a text looks, and so how large it is. */
    enum Style {
        /** A lane's name. */
        HEAD("k", 11, false, true),
        /** Number and action of a step. */
        TITLE("b", 12, true, false),
        /** What a step means. */
        BODY("m", 12, false, false),
        /** What it stands for. */
        NOTE("n", 11, false, false),
        /** Why it is the harmful one. */
        HARM("h", 12, true, false),
        /** What is so on a lane. */
        TAG("g", 10, false, true),
        /** What a crash is called. */
        CRASH("x", 10, true, false);

        private final String css;
        private final int size;
        private final boolean bold;
        private final boolean middle;

        Style(String css, int size, boolean bold, boolean middle) {
            this.css = css;
            this.size = size;
            this.bold = bold;
            this.middle = middle;
        }

        String css() {
            return css;
        }

        int size() {
            return size;
        }

        boolean bold() {
            return bold;
        }

        /** Whether a text of this style stands in the middle of its place. */
        boolean middle() {
            return middle;
        }
    }

    /** Returns how wide it is at most. */
    double width() {
        return TextWidth.of(text, style.size, style.bold);
    }

    /** Returns where it begins. */
    double left() {
        return style.middle ? x - width() / 2 : x;
    }
}
