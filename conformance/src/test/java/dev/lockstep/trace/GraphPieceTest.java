package dev.lockstep.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GraphPieceTest {
    private static final int SEED = 20250309;
    private static final int STATES = 500;
    private static final List<String> VARIABLES = List.of("x", "y");

    /** Edges of random states, so that most are reached, with targets by their places in the order of the states' values. */
    private record Model(List<List<Integer>> targets, List<List<Label>> labels) {
        static Model random(Random random) {
            List<List<Integer>> targets = new ArrayList<>();
            List<List<Label>> labels = new ArrayList<>();
            for (int state = 0; state < STATES; state++) {
                targets.add(random.ints(random.nextInt(8), 0, STATES).boxed().toList());
                labels.add(targets.get(state).stream().map(target -> Label.of("A", Value.of(random.nextInt(5)))).toList());
            }
            return new Model(targets, labels);
        }
    }

    @Test
    void whoeverFindsWhatAndWhenItIsTheSameGraph() throws IOException {
        Random random = new Random(SEED);
        Model model = Model.random(random);
        List<Integer> order = new ArrayList<>(IntStream.range(0, STATES).boxed().toList());
        byte[] alone = written(joined(model, order, 1, random));
        StateGraph graph = joined(model, order, 1, random);
        assertThat(graph.stateCount()).isBetween(STATES / 2, STATES);
        assertThat(graph.initialStates()).containsExactly(0, 1);
        for (int searchers = 1; searchers <= 4; searchers++) {
            Collections.shuffle(order, random);
            assertThat(written(joined(model, order, searchers, random))).as("%d searchers, seed %d", searchers, SEED).isEqualTo(alone);
        }
    }

    /** The numbers of the states are their places in the order; who has a state, and who has its edges, is chosen at random. */
    private static StateGraph joined(Model model, List<Integer> order, int searchers, Random random) {
        List<GraphPiece> pieces = IntStream.range(0, searchers).mapToObj(each -> new GraphPiece(VARIABLES.size())).toList();
        pieces.get(0).initial(order.indexOf(0));
        pieces.get(0).initial(order.indexOf(1));
        for (int state : order) {
            GraphPiece finder = pieces.get(random.nextInt(searchers));
            finder.state(order.indexOf(state), finder.value(0, Value.of(state / 30)), finder.value(1, Value.of(state % 30)));
            GraphPiece goesOn = pieces.get(random.nextInt(searchers));
            for (int i = 0; i < model.targets.get(state).size(); i++) {
                goesOn.edge(order.indexOf(state), goesOn.label(model.labels.get(state).get(i)), order.indexOf(model.targets.get(state).get(i)));
            }
        }
        return GraphPiece.joined(VARIABLES, pieces);
    }

    private static byte[] written(StateGraph graph) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        GraphFile.write(graph, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    @Test
    void piecesThatDoNotFitTogetherAreRefused() {
        GraphPiece one = piece(0, 7);
        one.initial(0);
        assertRefused("state 0 was found twice", one, piece(0, 7));
        one.edge(0, one.label(Label.of("A")), 1);
        assertRefused("state 1 was not found by anyone", one);
        assertRefused("two states that were told apart are the same: 0 and 1", one, piece(1, 7));
        GraphPiece other = piece(1, 8);
        other.edge(0, other.label(Label.of("A")), 1);
        assertRefused("the edges of state 0 were not found in one go", one, other);
    }

    private static GraphPiece piece(int number, int value) {
        GraphPiece piece = new GraphPiece(1);
        piece.state(number, piece.value(0, Value.of(value)));
        return piece;
    }

    private static void assertRefused(String sentence, GraphPiece... pieces) {
        List<String> variables = List.of("x");
        List<GraphPiece> all = List.of(pieces);
        assertThatThrownBy(() -> GraphPiece.joined(variables, all)).isInstanceOf(IllegalStateException.class).hasMessage(sentence);
    }
}
