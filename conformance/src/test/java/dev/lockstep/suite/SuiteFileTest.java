package dev.lockstep.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.trace.FormatException;
import dev.lockstep.trace.StateGraph;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SuiteFileTest {
    @Property(edgeCases = EdgeCasesMode.NONE, seed = "20250204", tries = 500)
    void whatIsReadIsWhatWasWritten(@ForAll @Size(max = 70) List<@IntRange(max = Graphs.CODES - 1) Integer> codes) throws IOException {
        StateGraph graph = Graphs.fromCodes(codes);
        Suite suite = SuiteGenerator.generate(graph, Graphs::isCrash);
        assertThat(read(graph, written(graph, suite))).isEqualTo(suite);
    }

    @Test
    void whatIsNoSuiteIsRefused() throws IOException {
        StateGraph graph = Graphs.graph(3, 2, new Graphs.Edge(0, Graphs.OPEN, 2), new Graphs.Edge(2, Graphs.KILL, 1),
                new Graphs.Edge(1, Graphs.OPEN, 2));
        byte[] written = written(graph, SuiteGenerator.generate(graph, Graphs::isCrash));
        // Two walks; the first from state 0, of two edges: the first edge of state 0 and the first edge of state 2.
        assertThat(written).startsWith(2, 0, 2, 0, 0);
        assertRefused(graph, with(written, 1, 3), "expected a walk of the graph, found one of 2 steps from state 3");
        assertRefused(graph, with(written, 2, 4), "expected a walk of the graph, found one of 4 steps from state 0");
        assertRefused(graph, with(written, 4, 1), "expected an edge of state 2, found 3");
        assertThatThrownBy(() -> read(graph, Arrays.copyOf(written, written.length - 1))).isInstanceOf(EOFException.class);
    }

    private static byte[] with(byte[] bytes, int index, int value) {
        byte[] changed = bytes.clone();
        changed[index] = (byte) value;
        return changed;
    }

    private static void assertRefused(StateGraph graph, byte[] bytes, String sentence) {
        assertThatThrownBy(() -> read(graph, bytes)).isInstanceOf(FormatException.class).hasMessage(sentence);
    }

    private static byte[] written(StateGraph graph, Suite suite) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SuiteFile.write(graph, Graphs::isCrash, suite, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static Suite read(StateGraph graph, byte[] bytes) throws IOException {
        return SuiteFile.read(graph, Graphs::isCrash, new DataInputStream(new ByteArrayInputStream(bytes)));
    }
}
