package dev.lockstep.suite;

import static dev.lockstep.suite.Graphs.A;
import static dev.lockstep.suite.Graphs.B;
import static dev.lockstep.suite.Graphs.KILL;
import static dev.lockstep.suite.Graphs.OPEN;
import static dev.lockstep.suite.Graphs.graph;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.suite.Graphs.Edge;
import org.junit.jupiter.api.Test;

class WaveTest {
    private final MoveGraph graph = new MoveGraph(graph(7, 2, new Edge(0, OPEN, 2), new Edge(2, A, 2),
            new Edge(2, A, 3), new Edge(2, B, 4), new Edge(3, B, 5), new Edge(4, B, 5), new Edge(5, A, 1),
            new Edge(5, KILL, 0), new Edge(1, OPEN, 6)), Graphs::isCrash);

    @Test
    void findsShortestWaysUntilAWalkEnds() {
        Wave wave = new Wave(graph, state -> state == 0);
        assertThat(wave.size()).isEqualTo(5);
        assertThat(wave.at(0)).isZero();
        assertThat(wave.isOrigin(0)).isTrue();
        assertThat(wave.isOrigin(5)).isFalse();
        assertThat(wave.at(4)).isEqualTo(5);
        assertThat(wave.parent(5)).isEqualTo(3);
        assertThat(graph.source(wave.parentEdge(5))).isEqualTo(3);
        assertThat(graph.target(wave.parentEdge(5))).isEqualTo(5);
    }

    @Test
    void startsAtManyStates() {
        Wave wave = new Wave(graph, state -> state == 0 || state == 1 || state == 4);
        assertThat(wave.size()).isEqualTo(7);
        assertThat(wave.parent(5)).isEqualTo(4);
        assertThat(wave.parent(6)).isEqualTo(1);
    }

    @Test
    void stopsAtWhatIsWanted() {
        Wave wave = new Wave(graph, state -> state == 0, state -> state == 3);
        assertThat(wave.size()).isEqualTo(3);
        assertThat(wave.at(2)).isEqualTo(3);
    }
}
