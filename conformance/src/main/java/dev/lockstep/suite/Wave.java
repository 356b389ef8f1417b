package dev.lockstep.suite;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * A breadth-first search along moves from many states at once: a shortest way from the nearest of them to every state
 * that a walk from one of them can reach without ending.
 */
final class Wave {
    private static final int UNREACHED = -2;
    private static final int ORIGIN = -1;

    private final MoveGraph graph;
    private final int[] order;
    private final int[] parentEdge;
    private final int[] parent;
    private int reached;

    /** Searches everything that can be reached from the states that are origins. */
    Wave(MoveGraph graph, IntPredicate origin) {
        this(graph, origin, state -> false);
    }

    /** Searches until a state is reached that is wanted; that one is then the last in the order. */
    Wave(MoveGraph graph, IntPredicate origin, IntPredicate wanted) {
        this.graph = graph;
        int states = graph.stateCount();
        order = new int[states];
        parentEdge = new int[states];
        parent = new int[states];
        Arrays.fill(parentEdge, UNREACHED);
        for (int state = 0; state < states; state++) {
            if (origin.test(state)) {
                parentEdge[state] = ORIGIN;
                order[reached++] = state;
            }
        }
        boolean found = false;
        for (int next = 0; next < reached && !found; next++) {
            found = spread(order[next], wanted);
        }
    }

    private boolean spread(int state, IntPredicate wanted) {
        int end = graph.firstEdge(state + 1);
        for (int edge = graph.firstEdge(state); edge < end; edge++) {
            int target = graph.target(edge);
            if (parentEdge[target] == UNREACHED && !graph.isDown(target) && graph.isMove(state, edge)) {
                parentEdge[target] = edge;
                parent[target] = state;
                order[reached++] = target;
                if (wanted.test(target)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns how many states were reached, origins included. */
    int size() {
        return reached;
    }

    /** Returns the states in the order in which they were reached: never a farther one before a nearer one. */
    int at(int index) {
        return order[index];
    }

    boolean isOrigin(int state) {
        return parentEdge[state] == ORIGIN;
    }

    /** Returns the last edge of the way to a state that was reached and is no origin. */
    int parentEdge(int state) {
        return parentEdge[state];
    }

    /** Returns the state before that one on its way. */
    int parent(int state) {
        return parent[state];
    }
}
