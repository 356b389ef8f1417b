package dev.lockstep.suite;

/**
 * An Euler tour of the moves with their repetitions, all down states being one place, by Hierholzer's method.
 *
 * <p>There is one: {@link Balancer} has seen to it that every up state has at least as many ways in as out, and the
 * tour leaves from the surplus ones to the down states by {@link #END}. And all moves hang together: a way from an
 * initial state to an up state is made of moves from its last down state on.
 */
final class Tour {
    /** Stands in the tour for a walk's end at an up state. */
    static final int END = -1;

    private static final int NONE = -2;
    private static final int DOWN = -1;

    private final MoveGraph graph;
    /** How often an edge has still to be taken. */
    private final int[] left;
    private final int[] endsLeft;
    private final int[] cursor;
    private int downCursor;

    private Tour(MoveGraph graph, int[] copies) {
        this.graph = graph;
        this.left = copies;
        this.endsLeft = new int[graph.stateCount()];
        this.cursor = new int[graph.stateCount()];
        for (int state = 0; state < cursor.length; state++) {
            cursor[state] = graph.firstEdge(state);
            for (int edge = graph.firstEdge(state); edge < graph.firstEdge(state + 1); edge++) {
                endsLeft[state] -= copies[edge];
                endsLeft[graph.target(edge)] += copies[edge];
            }
        }
        downCursor = graph.nextDown(0);
    }

    /**
     * Returns the tour from the down states and back: edges and {@link #END}s.
     *
     * @param copies how often each edge is to be taken; used up
     * @throws IllegalArgumentException if the moves do not hang together, or are too many for an array
     */
    static int[] of(MoveGraph graph, int[] copies) {
        Tour tour = new Tour(graph, copies);
        long length = 0;
        for (int state = 0; state < graph.stateCount(); state++) {
            length += graph.isDown(state) ? 0 : tour.endsLeft[state];
        }
        for (int times : copies) {
            length += times;
        }
        return tour.run(Math.toIntExact(length));
    }

    /**
     * One array holds both the way from the start to here (from the left) and what is behind us for good (from the
     * right).
     */
    private int[] run(int length) {
        int[] steps = new int[length];
        int open = 0;
        int closed = length;
        int at = DOWN;
        int edge = takeFrom(at);
        while (edge != NONE || open > 0) {
            if (edge != NONE) {
                steps[open++] = edge;
            } else {
                steps[--closed] = steps[--open];
            }
            at = open == 0 ? DOWN : placeAfter(steps[open - 1]);
            edge = takeFrom(at);
        }
        if (closed != 0) {
            throw new IllegalArgumentException("the graph has edges that no walk from a down state reaches");
        }
        return steps;
    }

    private int takeFrom(int place) {
        if (place == DOWN) {
            return takeFromDown();
        }
        int edge = takeEdge(place);
        if (edge == NONE && endsLeft[place] > 0) {
            endsLeft[place]--;
            return END;
        }
        return edge;
    }

    private int takeFromDown() {
        while (downCursor >= 0) {
            int edge = takeEdge(downCursor);
            if (edge != NONE) {
                return edge;
            }
            downCursor = graph.nextDown(downCursor + 1);
        }
        return NONE;
    }

    private int takeEdge(int state) {
        int end = graph.firstEdge(state + 1);
        int edge = cursor[state];
        while (edge < end && left[edge] == 0) {
            edge++;
        }
        cursor[state] = edge;
        if (edge == end) {
            return NONE;
        }
        left[edge]--;
        return edge;
    }

    private int placeAfter(int edge) {
        return edge == END || graph.isDown(graph.target(edge)) ? DOWN : graph.target(edge);
    }
}
