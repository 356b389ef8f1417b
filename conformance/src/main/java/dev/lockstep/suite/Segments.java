package dev.lockstep.suite;

import java.util.Arrays;

/**
 * The pieces into which down states cut a tour: moves only, each piece a walk's, as ranges of the tour's array. Those
 * that still have to be put into the suite are kept by the down state that they start at.
 */
final class Segments {
    private static final int NONE = -1;

    private final MoveGraph graph;
    private final int[] steps;
    private final int[] from;
    private final int[] to;
    private final int[] nextAtSameStart;
    private final int[] firstAt;
    private int pending;

    Segments(MoveGraph graph, int[] tour) {
        this.graph = graph;
        this.steps = tour;
        int count = 0;
        for (int i = 0; i < tour.length; i++) {
            count += isLast(i) ? 1 : 0;
        }
        from = new int[count];
        to = new int[count];
        nextAtSameStart = new int[count];
        firstAt = new int[graph.stateCount()];
        Arrays.fill(firstAt, NONE);
        int segment = 0;
        int start = 0;
        for (int i = 0; i < tour.length; i++) {
            if (isLast(i)) {
                from[segment] = start;
                to[segment] = tour[i] == Tour.END ? i : i + 1;
                segment++;
                start = i + 1;
            }
        }
        for (segment = count - 1; segment >= 0; segment--) {
            int state = start(segment);
            nextAtSameStart[segment] = firstAt[state];
            firstAt[state] = segment;
        }
        pending = count;
    }

    private boolean isLast(int index) {
        return steps[index] == Tour.END || graph.isDown(graph.target(steps[index]));
    }

    private int start(int segment) {
        return graph.source(steps[from[segment]]);
    }

    boolean isEmpty() {
        return pending == 0;
    }

    /** Takes out the next piece that starts at a down state; null if there is none. */
    int[] take(int start) {
        int segment = firstAt[start];
        if (segment == NONE) {
            return null;
        }
        firstAt[start] = nextAtSameStart[segment];
        pending--;
        int[] moves = Arrays.copyOfRange(steps, from[segment], to[segment]);
        to[segment] = from[segment];
        return moves;
    }

    /** Marks the up states that a pending piece leaves. */
    boolean[] statesLeft() {
        boolean[] left = new boolean[graph.stateCount()];
        for (int segment = 0; segment < from.length; segment++) {
            for (int i = from[segment] + 1; i < to[segment]; i++) {
                left[graph.target(steps[i - 1])] = true;
            }
        }
        return left;
    }

    /**
     * Takes the rest of the first pending piece that leaves an up state, from there on; what is before it stays
     * pending.
     */
    int[] takeRest(int state) {
        for (int segment = 0; segment < from.length; segment++) {
            for (int i = from[segment] + 1; i < to[segment]; i++) {
                if (graph.target(steps[i - 1]) == state) {
                    int[] moves = Arrays.copyOfRange(steps, i, to[segment]);
                    to[segment] = i;
                    return moves;
                }
            }
        }
        throw new IllegalArgumentException("no pending piece leaves state " + state);
    }
}
