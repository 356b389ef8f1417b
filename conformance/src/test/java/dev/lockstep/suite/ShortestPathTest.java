package dev.lockstep.suite;

import static dev.lockstep.suite.Graphs.A;
import static dev.lockstep.suite.Graphs.B;
import static dev.lockstep.suite.Graphs.CODES;
import static dev.lockstep.suite.Graphs.KILL;
import static dev.lockstep.suite.Graphs.OPEN;
import static dev.lockstep.suite.Graphs.graph;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.suite.Graphs.Edge;
import dev.lockstep.trace.StateGraph;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ShortestPathTest {
    private static final int FAR = 1_000;

    @Test
    void goesThroughACrashAsThroughAnyStep() {
        StateGraph graph = graph(5, 2, new Edge(0, OPEN, 2), new Edge(2, A, 3), new Edge(3, A, 4), new Edge(2, KILL, 1),
                new Edge(1, OPEN, 4), new Edge(4, B, 4));
        int last = graph.firstEdge(4);
        int[] way = new ShortestPath(graph).to(last);
        assertThat(Arrays.stream(way).mapToObj(graph::label)).containsExactly(OPEN, A, A, B);
        assertThat(new ShortestPath(graph).to(graph.firstEdge(0))).containsExactly(graph.firstEdge(0));
        int[] open = new ShortestPath(graph).to(graph.firstEdge(1));
        assertThat(Arrays.stream(open).mapToObj(graph::label)).containsExactly(OPEN, KILL, OPEN);
    }

    @Property(edgeCases = EdgeCasesMode.NONE, seed = "20250204", tries = 500)
    void noWayIsShorter(@ForAll @Size(max = 50) List<@IntRange(max = CODES - 1) Integer> codes) {
        StateGraph graph = Graphs.fromCodes(codes);
        ShortestPath paths = new ShortestPath(graph);
        int[] distance = distances(graph);
        for (int edge = 0; edge < graph.edgeCount(); edge++) {
            int[] way = paths.to(edge);
            assertThat(way).hasSize(distance[graph.source(edge)] + 1).endsWith(edge);
            assertThat(graph.source(way[0])).isIn(Arrays.stream(graph.initialStates()).boxed().toList());
            for (int i = 1; i < way.length; i++) {
                assertThat(graph.source(way[i])).isEqualTo(graph.target(way[i - 1]));
            }
        }
    }

    @Test
    void refusesAnEdgeThatNothingLeadsTo() {
        ShortestPath paths = new ShortestPath(graph(3, 1, new Edge(1, A, 2)));
        assertThatThrownBy(() -> paths.to(0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("edge 0 cannot be reached from an initial state");
    }

    /** Bellman and Ford's way, to have another one. */
    private static int[] distances(StateGraph graph) {
        int[] distance = new int[graph.stateCount()];
        Arrays.fill(distance, FAR);
        for (int state : graph.initialStates()) {
            distance[state] = 0;
        }
        for (int round = 0; round < distance.length; round++) {
            for (int edge = 0; edge < graph.edgeCount(); edge++) {
                int target = graph.target(edge);
                distance[target] = Math.min(distance[target], distance[graph.source(edge)] + 1);
            }
        }
        return distance;
    }
}
