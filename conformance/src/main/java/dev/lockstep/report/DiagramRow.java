package dev.lockstep.report;

import java.util.List;
import java.util.Optional;

/**
 * A step's place in a drawing: a strip across the lanes with arrows and boxes, and words beside it, or below it where there is no
 * room beside it.
 *
 * @param step   the step; none for the row that says how a loop goes on
 * @param top    where it begins
 * @param more   how many lines of boxes the strip is higher than one without any
 * @param height how high it is, words included
 * @param boxes  what is seen on lanes, in the strip
 * @param words  the words, from their own corner
 */
record DiagramRow(Optional<DiagramStep> step, int top, int more, int height, List<Box> boxes, List<DiagramText> words) {
    static final int STRIP = 26;
    static final int LINE = 14;

    /** A box on a lane, from the row's corner. */
    record Box(int x, int y, int width, int height, List<DiagramText> lines) {
    }

    /** Returns how high the strip is. */
    int strip() {
        return STRIP + more * LINE;
    }
}
