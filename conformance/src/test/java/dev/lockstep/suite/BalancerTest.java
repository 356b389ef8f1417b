package dev.lockstep.suite;

import static dev.lockstep.suite.Graphs.A;
import static dev.lockstep.suite.Graphs.B;
import static dev.lockstep.suite.Graphs.CODES;
import static dev.lockstep.suite.Graphs.OPEN;
import static dev.lockstep.suite.Graphs.graph;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.suite.Graphs.Edge;
import dev.lockstep.trace.StateGraph;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BalancerTest {
    @Property(edgeCases = EdgeCasesMode.NONE, seed = "20250203", tries = 1000)
    void entersEveryUpStateAsOftenAsItLeavesIt(@ForAll @Size(max = 70) List<@IntRange(max = CODES - 1) Integer> codes) {
        MoveGraph graph = new MoveGraph(Graphs.fromCodes(codes), Graphs::isCrash);
        int[] copies = balance(graph);
        int[] balance = new int[graph.stateCount()];
        for (int edge = 0; edge < copies.length; edge++) {
            int source = graph.source(edge);
            assertThat(copies[edge] > 0).isEqualTo(graph.isMove(source, edge));
            balance[source] -= copies[edge];
            balance[graph.target(edge)] += copies[edge];
        }
        for (int state = 0; state < balance.length; state++) {
            assertThat(graph.isDown(state) || balance[state] >= 0).isTrue();
        }
    }

    @Test
    void prefersTheNearestStateWhereAWalkWouldEnd() {
        // State 2 has one way in too many, state 4 one too few; 2 is nearer to 4 than the down state 0 is.
        StateGraph graph = graph(6, 1, new Edge(0, OPEN, 1), new Edge(1, A, 2), new Edge(1, B, 2), new Edge(0, A, 1),
                new Edge(2, A, 3), new Edge(3, A, 4), new Edge(4, A, 5), new Edge(4, B, 5));
        assertThat(balance(new MoveGraph(graph, Graphs::isCrash))).containsExactly(1, 1, 1, 1, 2, 2, 1, 1);
    }

    @Test
    void theLowerBoundIsMetWhereNothingCompetes() {
        StateGraph graph = graph(5, 1, new Edge(0, OPEN, 1), new Edge(1, A, 2), new Edge(2, A, 3), new Edge(2, B, 3),
                new Edge(2, OPEN, 4));
        MoveGraph moves = new MoveGraph(graph, Graphs::isCrash);
        LowerBound bound = new LowerBound(moves);
        int steps = 0;
        for (int times : Balancer.balance(moves, bound)) {
            steps += times;
        }
        assertThat(graph.edgeCount() + bound.repeatedMoves()).isEqualTo(steps).isEqualTo(9);
    }

    private static int[] balance(MoveGraph graph) {
        return Balancer.balance(graph, wave -> { });
    }
}
