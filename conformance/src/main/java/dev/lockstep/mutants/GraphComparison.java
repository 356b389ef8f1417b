package dev.lockstep.mutants;

import dev.lockstep.suite.ShortestPath;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.PartialGraph;
import dev.lockstep.trace.StateGraph;
import dev.lockstep.trace.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Compares the state graphs of mutants with that of the spec. States are told by their values and steps by their labels, so
 * that it does not matter how either graph numbers them. Immutable and thread-safe.
 */
public final class GraphComparison {
    /** Where a replay does not diverge at the first few differences, all of the graph has to be replayed. */
    private static final int ENOUGH = 8;

    private final StateGraph known;
    private final List<Map<Value, Integer>> valueIds = new ArrayList<>();
    private final Map<Row, Integer> states = new HashMap<>();
    private final Map<Label, Integer> labelIds = new HashMap<>();

    /** Indexes the graph of the spec. */
    public GraphComparison(StateGraph known) {
        this.known = known;
        for (int variable = 0; variable < known.variables().size(); variable++) {
            List<Value> values = known.values(variable);
            Map<Value, Integer> ids = new HashMap<>();
            IntStream.range(0, values.size()).forEach(id -> ids.put(values.get(id), id));
            valueIds.add(ids);
        }
        for (int state = 0; state < known.stateCount(); state++) {
            int from = state;
            states.put(new Row(IntStream.range(0, valueIds.size()).map(each -> known.valueId(from, each)).toArray()), state);
        }
        IntStream.range(0, known.labels().size()).forEach(id -> labelIds.put(known.labels().get(id), id));
    }

    /** {@return the graph that others are compared with} */
    public StateGraph known() {
        return known;
    }

    /**
     * How a mutant's graph differs.
     *
     * @param paths   ways through the mutant's graph, each from an initial state, at whose end a replay on what conforms to the
     *                spec has to diverge: the last step is none of the spec's, or what is possible before or after it is not
     *                what the spec says; the first few, the shortest first
     * @param differs whether anything was found to differ, seen by a replay or not
     * @param same    whether the mutant's graph is whole, and the spec's
     */
    public record Result(List<int[]> paths, boolean differs, boolean same) {
    }

    /** {@return how the graph of a mutant differs, as far as it was explored} */
    public Result compare(PartialGraph mutant) {
        return new Comparing(mutant).result();
    }

    /** The ids of a state's values. */
    private record Row(int[] ids) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Row row && Arrays.equals(ids, row.ids);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(ids);
        }
    }

    /** One comparison. */
    private final class Comparing {
        private final PartialGraph partial;
        private final StateGraph graph;
        private final int[][] knownValues;
        private final int[] knownLabels;
        private final List<int[]> paths = new ArrayList<>();
        private ShortestPath ways;
        private boolean differs;

        Comparing(PartialGraph partial) {
            this.partial = partial;
            this.graph = partial.graph();
            knownValues = IntStream.range(0, valueIds.size()).mapToObj(variable -> graph.values(variable).stream()
                    .mapToInt(value -> valueIds.get(variable).getOrDefault(value, -1)).toArray()).toArray(int[][]::new);
            knownLabels = graph.labels().stream().mapToInt(label -> labelIds.getOrDefault(label, -1)).toArray();
        }

        Result result() {
            for (int state = 0; state < partial.expanded() && paths.size() < ENOUGH; state++) {
                int same = knownState(state);
                if (same >= 0) {
                    compare(state, same);
                } else {
                    differs = true;
                }
            }
            return new Result(List.copyOf(paths), differs, partial.whole() && !differs && graph.stateCount() == known.stateCount());
        }

        private int knownState(int state) {
            int[] row = new int[knownValues.length];
            for (int variable = 0; variable < row.length; variable++) {
                row[variable] = knownValues[variable][graph.valueId(state, variable)];
                if (row[variable] < 0) {
                    return -1;
                }
            }
            return states.getOrDefault(new Row(row), -1);
        }

        private void compare(int state, int same) {
            Set<Integer> possible = new HashSet<>();
            Set<Long> expected = new HashSet<>();
            for (int edge = known.firstEdge(same); edge < known.firstEdge(same + 1); edge++) {
                possible.add(known.labelId(edge));
                expected.add(step(known.labelId(edge), known.target(edge)));
            }
            Set<Integer> itsPossible = new HashSet<>();
            int edges = 0;
            for (int edge = graph.firstEdge(state); edge < graph.firstEdge(state + 1); edge++) {
                int label = knownLabels[graph.labelId(edge)];
                itsPossible.add(label);
                edges++;
                int target = knownState(graph.target(edge));
                if (possible.contains(label) && (target < 0 || !expected.contains(step(label, target)))) {
                    differs = true;
                    // What is possible after the step is compared as well, so it has to be known.
                    if (graph.target(edge) < partial.expanded()) {
                        paths.add(ways().to(edge));
                    }
                }
            }
            differs |= edges != expected.size();
            if (!possible.equals(itsPossible)) {
                differs = true;
                to(state);
            }
        }

        /** A way there, with a step more: what is possible after a crash, or at the beginning, is compared before the next step. */
        private void to(int state) {
            IntStream out = IntStream.range(graph.firstEdge(state), graph.firstEdge(state + 1))
                    .filter(edge -> graph.target(edge) < partial.expanded());
            IntStream into = IntStream.range(0, graph.edgeCount()).filter(edge -> graph.target(edge) == state);
            // The first edge into it is of a state that was found as early as any that leads there.
            IntStream.concat(out, into).limit(1).forEach(edge -> paths.add(ways().to(edge)));
        }

        private ShortestPath ways() {
            if (ways == null) {
                ways = new ShortestPath(graph);
            }
            return ways;
        }

        private long step(int label, int target) {
            return (long) label << Integer.SIZE | target;
        }
    }
}
