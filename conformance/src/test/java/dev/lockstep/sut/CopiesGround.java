package dev.lockstep.sut;

import dev.lockstep.tlc.Model;
import dev.lockstep.trace.FunctionValue;
import dev.lockstep.trace.IntValue;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.RecordValue;
import dev.lockstep.trace.StateGraph;
import dev.lockstep.trace.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * The state graph of TwoCopies, replayed on a hardened log of so many regions, of which one page is the module's: 0 is the superblock.
 *
 * @param regions  how many
 * @param observed the page
 */
public record CopiesGround(int regions, int observed) {
    /** How many regions a page has. */
    public static final int PAGE_REGIONS = CopyPages.PAGE_REGIONS;

    /** {@return the model: that of the verdicts, with two contents} */
    public static Model model(Path spec) {
        return new Model("Replay_TwoCopies", spec, "MCTwoCopies", """
                SPECIFICATION Spec
                CONSTRAINT Few

                CONSTANTS
                  Content = {"a", "b"}
                  AllDirty = "a"
                  Damage = TRUE
                  Off = {}
                """);
    }

    /**
     * {@return the graph without the two actions that a log refuses}
     * When a first copy is damaged before it is repeated, the log says so and is not used any more, where TwoCopies has it repeated: it is replayed
     * that the log refuses it, and dies.
     *
     * @param whole the graph
     */
    public static StateGraph withoutRefused(StateGraph whole) {
        return without(whole, CopiesGround::isRefused);
    }

    /** {@return the graph without some edges, told by label and state before, and without what only they lead to} */
    static StateGraph without(StateGraph whole, BiPredicate<Label, Map<String, Value>> edges) {
        StateGraph.Builder builder = new StateGraph.Builder(whole.variables());
        int[] ids = new int[whole.stateCount()];
        Arrays.fill(ids, -1);
        ArrayDeque<Integer> open = new ArrayDeque<>();
        for (int state : whole.initialStates()) {
            ids[state] = copy(builder, whole, state);
            builder.initial(ids[state]);
            open.add(state);
        }
        while (!open.isEmpty()) {
            int state = open.remove();
            Map<String, Value> values = whole.state(state);
            for (int edge = whole.firstEdge(state); edge < whole.firstEdge(state + 1); edge++) {
                int target = whole.target(edge);
                if (edges.test(whole.label(edge), values)) {
                    continue;
                }
                if (ids[target] < 0) {
                    ids[target] = copy(builder, whole, target);
                    open.add(target);
                }
                builder.edge(ids[state], whole.label(edge), ids[target]);
            }
        }
        return builder.build();
    }

    private static int copy(StateGraph.Builder builder, StateGraph graph, int state) {
        return builder.state(graph.variables().stream().map(name -> graph.value(state, graph.variable(name))).toArray(Value[]::new));
    }

    private static boolean isRefused(Label label, Map<String, Value> before) {
        return (label.action().equals("Repeat") || label.action().equals("KillWriting")) && CopiedLog.text(before.get("io")).equals("kept")
                && isTorn(before, (int) ((IntValue) before.get("last")).value());
    }

    static boolean isTorn(Map<String, Value> state, int copy) {
        RecordValue page = (RecordValue) ((FunctionValue) state.get("now")).entries().get(new IntValue(copy));
        return CopiedLog.text(page.fields().get("turn")).equals("torn");
    }

    /**
     * Performs walks until one diverges.
     *
     * @param graph  the graph
     * @param walks  the walks
     * @param most   how many steps, about
     * @param folder where the log's file is
     * @return where the log is not as the module says
     * @throws IOException if the file cannot be used
     */
    public Optional<String> replay(StateGraph graph, List<int[]> walks, int most, Path folder) throws IOException {
        try (CopiedLog log = new CopiedLog(folder.resolve("log"), regions, observed)) {
            return LogWalks.replay(log, graph, walks, most);
        }
    }

    @Override
    public String toString() {
        return "TwoCopies, " + regions + " regions, page " + observed;
    }
}
