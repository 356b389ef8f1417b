package dev.lockstep.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class StateGraphTest {
    private static final Label A = Label.of("A", Value.of(0));
    private static final Label B = Label.of("B");

    @Test
    void internsStatesByTheirValues() {
        StateGraph.Builder builder = new StateGraph.Builder(List.of("x", "y"));
        assertThat(builder.state(Value.of(0), Value.set())).isZero();
        assertThat(builder.state(Value.of(1), Value.set())).isEqualTo(1);
        assertThat(builder.state(Value.of(0), Value.set(List.of()))).isZero();
        assertThat(builder.state(Value.of(0), Value.tuple())).isEqualTo(2);
        assertThat(builder.stateOf(1, 1)).isEqualTo(3);
        assertThat(builder.stateCount()).isEqualTo(4);
        builder.initial(1);
        builder.initial(1);
        StateGraph graph = builder.build();
        assertThat(graph.stateCount()).isEqualTo(4);
        assertThat(graph.initialStates()).containsExactly(1);
        assertThat(graph.values(0)).containsExactly(Value.of(0), Value.of(1));
        assertThat(graph.valueId(2, graph.variable("y"))).isEqualTo(1);
        assertThat(graph.value(3, 1)).isEqualTo(Value.tuple());
        assertThat(graph.state(1)).isEqualTo(Map.of("x", Value.of(1), "y", Value.set()));
        assertThat(graph).hasToString("StateGraph[4 states, 0 edges, initial [1]]");
    }

    @Test
    void keepsParallelEdgesAndSelfLoopsButNoDuplicates() {
        StateGraph.Builder builder = states(3);
        builder.edge(0, A, 1);
        builder.edge(0, B, 1);
        builder.edge(0, A, 1);
        builder.edge(0, A, 2);
        builder.edge(2, A, 2);
        StateGraph graph = builder.build();
        assertThat(edges(graph)).containsExactly("0 A(0) 1", "0 A(0) 2", "0 B 1", "2 A(0) 2");
        assertThat(graph.firstEdge(1)).isEqualTo(3).isEqualTo(graph.firstEdge(2));
        assertThat(graph.firstEdge(3)).isEqualTo(graph.edgeCount()).isEqualTo(4);
        assertThat(graph.labels()).containsExactly(A, B);
        assertThat(graph.labelId(2)).isEqualTo(1);
    }

    @Property(edgeCases = EdgeCasesMode.NONE, seed = "20250105", tries = 300)
    void holdsTheSetOfEdgesInWhateverOrderTheyCome(@ForAll List<@IntRange(max = 539) Integer> codes) {
        StateGraph.Builder builder = states(6);
        Set<Integer> expected = new TreeSet<>(codes);
        Label[] labels = new Label[15];
        for (int label = 0; label < labels.length; label++) {
            labels[label] = Label.of("L", Value.of(label));
            builder.labelId(labels[label]);
        }
        codes.forEach(code -> builder.edge(code / 90, labels[code / 6 % 15], code % 6));
        StateGraph graph = builder.build();
        List<Integer> found = new ArrayList<>();
        for (int edge = 0; edge < graph.edgeCount(); edge++) {
            int source = graph.source(edge);
            assertThat(edge).isBetween(graph.firstEdge(source), graph.firstEdge(source + 1) - 1);
            found.add(graph.source(edge) * 90 + graph.labelId(edge) * 6 + graph.target(edge));
        }
        assertThat(found).containsExactlyElementsOf(expected);
    }

    @Test
    void widensIdsWhenAVariableOrTheLabelsHaveManyValues() {
        StateGraph.Builder builder = new StateGraph.Builder(List.of("x"));
        int count = 70_000;
        for (int i = 0; i < count; i++) {
            assertThat(builder.state(Value.of(i))).isEqualTo(i);
        }
        for (int i = count - 1; i >= 0; i--) {
            builder.edge(i, Label.of("To", Value.of(i)), (i + 1) % count);
        }
        StateGraph graph = builder.build();
        assertThat(graph.edgeCount()).isEqualTo(count);
        for (int i = 0; i < count; i++) {
            assertThat(graph.value(i, 0)).isEqualTo(Value.of(i));
            assertThat(graph.label(i)).isEqualTo(Label.of("To", Value.of(i)));
            assertThat(graph.target(i)).isEqualTo((i + 1) % count);
        }
    }

    @Test
    void givesTheTraceAlongAPath() {
        StateGraph.Builder builder = states(2);
        builder.edge(0, A, 1);
        builder.edge(1, B, 0);
        StateGraph graph = builder.build();
        Trace trace = graph.trace("5pec", "Original", "1x1x2", 0, 0, 1, 0);
        assertThat(trace.start()).isEqualTo(Map.of("x", Value.of(0)));
        assertThat(trace.steps()).containsExactly(new Step(A, Map.of("x", Value.of(1))),
                new Step(B, Map.of("x", Value.of(0))), new Step(A, Map.of("x", Value.of(1))));
        assertThatThrownBy(() -> graph.trace("5pec", "Original", "1x1x2", 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("edge 0 A(0) starts at state 0, not at 1");
    }

    @Test
    void refusesWhatIsNotThere() {
        StateGraph.Builder builder = states(2);
        assertThatThrownBy(() -> builder.edge(0, A, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.edge(-1, A, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.edge(0, 9, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.initial(2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.state(Value.of(1), Value.of(2))).isInstanceOf(RuntimeException.class);
        StateGraph graph = builder.build();
        assertThatThrownBy(() -> builder.state(Value.of(0))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(builder::build).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> graph.variable("z")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the model has no variable z; it has [x]");
        assertThatThrownBy(() -> graph.state(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> graph.source(0)).isInstanceOf(IndexOutOfBoundsException.class);
        List<String> twice = List.of("x", "x");
        assertThatThrownBy(() -> new StateGraph.Builder(twice)).isInstanceOf(IllegalArgumentException.class);
    }

    private static StateGraph.Builder states(int count) {
        StateGraph.Builder builder = new StateGraph.Builder(List.of("x"));
        for (int i = 0; i < count; i++) {
            builder.state(Value.of(i));
        }
        return builder;
    }

    private static List<String> edges(StateGraph graph) {
        List<String> edges = new ArrayList<>();
        for (int edge = 0; edge < graph.edgeCount(); edge++) {
            edges.add(graph.source(edge) + " " + graph.label(edge) + " " + graph.target(edge));
        }
        return edges;
    }
}
