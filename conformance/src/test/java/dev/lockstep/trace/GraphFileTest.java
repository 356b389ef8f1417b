package dev.lockstep.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GraphFileTest {
    private static final int SEED = 20250205;

    @Test
    void whatIsReadIsWhatWasWrittenNumbersIncluded() throws IOException {
        StateGraph graph = graph();
        byte[] written = written(graph);
        StateGraph again = read(written);
        assertThat(again).hasToString(graph.toString());
        assertThat(again.variables()).isEqualTo(graph.variables());
        assertThat(again.labels()).isEqualTo(graph.labels());
        for (int state = 0; state < graph.stateCount(); state++) {
            assertThat(again.state(state)).isEqualTo(graph.state(state));
            assertThat(again.firstEdge(state + 1)).isEqualTo(graph.firstEdge(state + 1));
        }
        for (int edge = 0; edge < graph.edgeCount(); edge++) {
            assertThat(again.target(edge)).isEqualTo(graph.target(edge));
            assertThat(again.label(edge)).isEqualTo(graph.label(edge));
        }
        assertThat(written(again)).isEqualTo(written);
    }

    @Test
    void whatIsNoGraphIsRefused() throws IOException {
        StateGraph.Builder builder = new StateGraph.Builder(List.of("x"));
        builder.initial(builder.state(Value.of(0)));
        builder.edge(0, Label.of("A"), builder.state(Value.of(1)));
        byte[] written = written(builder.build());
        // One variable, x, with two values; one label, A, without parameters; two states; one of them initial; one edge, none.
        assertThat(written).isEqualTo(new byte[] {1, 1, 'x', 2, 1, '0', 1, '1', 1, 1, 'A', 4, '<', '<', '>', '>', 2, 0, 1, 1, 0, 1, 0, 2, 0});
        assertRefused(with(written, 18, 0), "expected a state graph, but its state 1 occurs twice");
        assertRefused(with(written, 20, 2), "expected a state graph, but no state has the id 2");
        assertRefused(with(written, 22, 1), "expected a state graph, but no label has the id 1");
        assertRefused(with(written, 23, 4), "expected a state graph, but no state has the id 2");
        assertThatThrownBy(() -> read(Arrays.copyOf(written, written.length - 1))).isInstanceOf(EOFException.class);
    }

    /** Many values, labels and edges, so that no number fits into a byte. */
    private static StateGraph graph() {
        Random random = new Random(SEED);
        StateGraph.Builder builder = new StateGraph.Builder(List.of("x", "of what kind"));
        for (int i = 0; i < 1000; i++) {
            builder.state(Value.of(random.nextInt(400)), i % 2 == 0 ? Value.model("m" + i % 7)
                    : Value.set(Value.tuple(Value.of("a \"text\""), Value.of(i)), Value.of(true)));
        }
        builder.initial(3);
        builder.initial(0);
        for (int i = 0; i < 20_000; i++) {
            builder.edge(random.nextInt(900), Label.of("A" + random.nextInt(3), Value.of(random.nextInt(100))), random.nextInt(900));
        }
        return builder.build();
    }

    private static byte[] with(byte[] bytes, int index, int value) {
        byte[] changed = bytes.clone();
        changed[index] = (byte) value;
        return changed;
    }

    private static void assertRefused(byte[] bytes, String sentence) {
        assertThatThrownBy(() -> read(bytes)).isInstanceOf(FormatException.class).hasMessage(sentence);
    }

    private static byte[] written(StateGraph graph) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        GraphFile.write(graph, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static StateGraph read(byte[] bytes) throws IOException {
        return GraphFile.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
}
