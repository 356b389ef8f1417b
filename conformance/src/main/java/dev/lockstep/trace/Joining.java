package dev.lockstep.trace;

import java.util.Arrays;
import java.util.List;

/** One graph of the pieces that several searchers have found, by a search through them, breadth first. Used once. */
final class Joining {
    private static final int NONE = -1;

    private final List<GraphPiece> pieces;
    private final StateGraph.Builder graph;
    /** By state's number: the piece that has it, and its row there. */
    private final int[] pieceOf;
    private final int[] rowOf;
    /** By state's number: the piece that has its edges, and which source it is there. */
    private final int[] edgePieceOf;
    private final int[] sourceOf;
    /** By state's number: its id in the graph, once it was reached. */
    private final int[] idOf;
    private final int[] reached;
    private int count;
    /** By piece: the graph's ids of values and of labels, once they were needed. */
    private final int[][][] valueIds;
    private final int[][] labelIds;

    Joining(List<String> variables, List<GraphPiece> pieces) {
        this.pieces = pieces;
        graph = new StateGraph.Builder(variables);
        int states = pieces.stream().mapToInt(GraphPiece::bound).max().orElse(0);
        pieceOf = none(states);
        rowOf = none(states);
        edgePieceOf = none(states);
        sourceOf = none(states);
        idOf = none(states);
        reached = new int[states];
        valueIds = pieces.stream().map(piece -> ids(variables.size(), piece)).toArray(int[][][]::new);
        labelIds = pieces.stream().map(piece -> none(piece.labels().size())).toArray(int[][]::new);
        for (int piece = 0; piece < pieces.size(); piece++) {
            index(piece);
        }
    }

    private static int[] none(int length) {
        int[] none = new int[length];
        Arrays.fill(none, NONE);
        return none;
    }

    private static int[][] ids(int variables, GraphPiece piece) {
        int[][] ids = new int[variables][];
        Arrays.setAll(ids, variable -> none(piece.values(variable).size()));
        return ids;
    }

    private void index(int number) {
        GraphPiece piece = pieces.get(number);
        for (int row = 0; row < piece.stateCount(); row++) {
            int state = piece.state(row);
            requireNew(pieceOf[state], "state " + state + " was found twice");
            pieceOf[state] = number;
            rowOf[state] = row;
        }
        for (int index = 0; index < piece.sourceCount(); index++) {
            int state = piece.source(index);
            requireNew(edgePieceOf[state], "the edges of state " + state + " were not found in one go");
            edgePieceOf[state] = number;
            sourceOf[state] = index;
        }
    }

    private static void requireNew(int before, String otherwise) {
        if (before != NONE) {
            throw new IllegalStateException(otherwise);
        }
    }

    StateGraph graph() {
        for (GraphPiece piece : pieces) {
            for (int i = 0; i < piece.initial().size(); i++) {
                graph.initial(reach(piece.initial().get(i)));
            }
        }
        for (int source = 0; source < count; source++) {
            int number = edgePieceOf[reached[source]];
            if (number != NONE) {
                edges(source, number, sourceOf[reached[source]]);
            }
        }
        return graph.build();
    }

    private void edges(int source, int number, int index) {
        GraphPiece piece = pieces.get(number);
        for (int edge = piece.firstEdge(index); edge < piece.firstEdge(index + 1); edge++) {
            int target = reach(piece.target(edge));
            graph.edge(source, labelId(number, piece.labelId(edge)), target);
        }
    }

    /** The id of a state, which is the next one if it is reached for the first time. */
    private int reach(int state) {
        if (idOf[state] == NONE) {
            int number = pieceOf[state];
            if (number == NONE) {
                throw new IllegalStateException("state " + state + " was not found by anyone");
            }
            int[] row = new int[valueIds[number].length];
            for (int variable = 0; variable < row.length; variable++) {
                row[variable] = valueId(number, variable, pieces.get(number).valueId(rowOf[state], variable));
            }
            int id = graph.stateOf(row);
            if (id != count) {
                throw new IllegalStateException("two states that were told apart are the same: " + reached[id] + " and " + state);
            }
            idOf[state] = id;
            reached[count++] = state;
        }
        return idOf[state];
    }

    private int valueId(int number, int variable, int own) {
        int[] ids = valueIds[number][variable];
        if (ids[own] == NONE) {
            ids[own] = graph.valueId(variable, pieces.get(number).values(variable).get(own));
        }
        return ids[own];
    }

    private int labelId(int number, int own) {
        int[] ids = labelIds[number];
        if (ids[own] == NONE) {
            ids[own] = graph.labelId(pieces.get(number).labels().get(own));
        }
        return ids[own];
    }
}
