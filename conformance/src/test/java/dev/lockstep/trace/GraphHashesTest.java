package dev.lockstep.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GraphHashesTest {
    private static final Label STEP = Label.of("Step", Value.of(1));
    private static final Label OTHER = Label.of("Other");

    @Test
    void theIdOfAPathIsThatOfItsTraceAndSoIsThatOfEveryBeginning() {
        StateGraph graph = graph(List.of(0, 1, 2), List.of("a", "b"), STEP, OTHER);
        int[] path = {graph.firstEdge(0), graph.firstEdge(1)};
        GraphHashes hashes = new GraphHashes(graph, "5pec", "Original", "1x1x2");
        byte[] hash = hashes.start(0);
        assertThat(GraphHashes.id(hash)).isEqualTo(graph.trace("5pec", "Original", "1x1x2", 0).id());
        hash = hashes.step(hash, path[0]);
        assertThat(GraphHashes.id(hash)).isEqualTo(graph.trace("5pec", "Original", "1x1x2", 0, path[0]).id());
        hash = hashes.step(hash, path[1]);
        assertThat(GraphHashes.id(hash)).isEqualTo(graph.trace("5pec", "Original", "1x1x2", 0, path).id());
    }

    @Test
    void theIdDoesNotDependOnTheOrderInWhichThingsWereFound() {
        StateGraph graph = graph(List.of(0, 1, 2), List.of("a", "b"), STEP, OTHER);
        StateGraph other = graph(List.of(2, 1, 0), List.of("b", "a"), OTHER, STEP);
        assertThat(other.labels()).isNotEqualTo(graph.labels());
        assertThat(other.variables()).isNotEqualTo(graph.variables());
        byte[] hash = hashOfAStep(graph, 0);
        assertThat(hashOfAStep(other, 2)).isEqualTo(hash);
        assertThat(hashOfAStep(graph, 1)).isNotEqualTo(hash);
    }

    private static byte[] hashOfAStep(StateGraph graph, int state) {
        GraphHashes hashes = new GraphHashes(graph, "5pec", "Original", "1x1x2");
        byte[] hash = hashes.start(state);
        return hashes.step(hash, graph.firstEdge(state));
    }

    /** A chain of states 0, 1, 2 and back, made in this order; in state n variable a is n, and b is 10 + n. */
    private static StateGraph graph(List<Integer> order, List<String> variables, Label... labels) {
        StateGraph.Builder builder = new StateGraph.Builder(variables);
        for (int n : order) {
            builder.state(variables.stream().map(name -> Value.of(name.equals("a") ? n : 10 + n)).toArray(Value[]::new));
        }
        builder.initial(order.indexOf(0));
        for (Label label : labels) {
            builder.labelId(label);
        }
        for (int n = 0; n < 3; n++) {
            builder.edge(order.indexOf(n), n == 1 ? OTHER : STEP, order.indexOf((n + 1) % 3));
        }
        return builder.build();
    }
}
