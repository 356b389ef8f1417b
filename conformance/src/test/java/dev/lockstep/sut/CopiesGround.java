package dev.lockstep.sut;

import dev.lockstep.tlc.Model;
import dev.lockstep.trace.FunctionValue;
import dev.lockstep.trace.IntValue;
import dev.lockstep.trace.RecordValue;
import dev.lockstep.trace.StateGraph;
import dev.lockstep.trace.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The state graph of TwoCopies, replayed on a hardened log of so many regions, of which one page is the module's: 0 is the superblock.
 *
 * @param regions  how many
 * @param observed the page
 */
public record CopiesGround(int regions, int observed) {
    /** How many regions a page has. */
    public static final int PAGE_REGIONS = CopyPages.PAGE_REGIONS;
    private static final int LONGEST = 300;

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
            for (int edge = whole.firstEdge(state); edge < whole.firstEdge(state + 1); edge++) {
                int target = whole.target(edge);
                if (isRefused(whole, state, whole.label(edge).action())) {
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

    private static boolean isRefused(StateGraph graph, int state, String action) {
        if (!action.equals("Repeat") && !action.equals("KillWriting")) {
            return false;
        }
        Map<String, Value> values = graph.state(state);
        return CopiedLog.text(values.get("io")).equals("kept") && isTorn(values, (int) ((IntValue) values.get("last")).value());
    }

    static boolean isTorn(Map<String, Value> state, int copy) {
        RecordValue page = (RecordValue) ((FunctionValue) state.get("now")).entries().get(new IntValue(copy));
        return CopiedLog.text(page.fields().get("turn")).equals("torn");
    }

    /**
     * {@return walks from initial states that take every edge of a graph, or as many as can be}
     *
     * @param graph the graph
     * @param most  how many steps, about
     */
    public static List<int[]> walks(StateGraph graph, int most) {
        int steps = 0;
        BitSet taken = new BitSet();
        List<int[]> walks = new ArrayList<>();
        while (steps < most && taken.cardinality() < graph.edgeCount()) {
            List<Integer> walk = new ArrayList<>();
            // One after the other, from each state that a new log may be in.
            int[] initial = graph.initialStates();
            int[] way = nearest(graph, new int[] {initial[walks.size() % initial.length]}, taken);
            way = way == null ? nearest(graph, initial, taken) : way;
            while (way != null && (walk.isEmpty() || walk.size() + way.length <= LONGEST)) {
                for (int edge : way) {
                    walk.add(edge);
                    taken.set(edge);
                }
                way = nearest(graph, new int[] {graph.target(walk.get(walk.size() - 1))}, taken);
            }
            if (walk.isEmpty()) {
                throw new IllegalStateException("not every edge can be reached");
            }
            steps += walk.size();
            walks.add(walk.stream().mapToInt(Integer::intValue).toArray());
        }
        return walks;
    }

    /** The shortest way to an edge that was not taken, that edge included; null if there is none. */
    private static int[] nearest(StateGraph graph, int[] from, BitSet taken) {
        Map<Integer, Integer> cameBy = new HashMap<>();
        ArrayDeque<Integer> open = new ArrayDeque<>();
        for (int state : from) {
            cameBy.put(state, -1);
            open.add(state);
        }
        while (!open.isEmpty()) {
            int state = open.remove();
            int last = graph.firstEdge(state + 1);
            int edge = taken.nextClearBit(graph.firstEdge(state));
            if (edge < last) {
                ArrayDeque<Integer> way = new ArrayDeque<>(List.of(edge));
                for (int by = cameBy.get(state); by >= 0; by = cameBy.get(graph.source(by))) {
                    way.addFirst(by);
                }
                return way.stream().mapToInt(Integer::intValue).toArray();
            }
            for (int each = graph.firstEdge(state); each < last; each++) {
                if (!cameBy.containsKey(graph.target(each))) {
                    cameBy.put(graph.target(each), each);
                    open.add(graph.target(each));
                }
            }
        }
        return null;
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
            int steps = 0;
            for (int i = 0; i < walks.size() && steps < most; i++) {
                Optional<String> wrong = walk(log, graph, walks.get(i));
                if (wrong.isPresent()) {
                    return wrong;
                }
                steps += walks.get(i).length;
            }
            return Optional.empty();
        }
    }

    private static Optional<String> walk(CopiedLog log, StateGraph graph, int[] walk) throws IOException {
        Map<String, Value> before = graph.state(graph.source(walk[0]));
        log.begin(CopiedLog.text(before.get("image")));
        Optional<String> wrong = log.differs(before).map(found -> "a new log: " + found);
        for (int i = 0; i < walk.length && wrong.isEmpty(); i++) {
            Map<String, Value> after = graph.state(graph.target(walk[i]));
            int last = i;
            try {
                log.perform(graph.label(walk[i]), before, after);
            } catch (IOException | RuntimeException e) {
                return Optional.of(told(graph, walk, i) + ": " + e);
            }
            wrong = log.differs(after).map(found -> told(graph, walk, last) + ": " + found);
            before = after;
        }
        return wrong;
    }

    private static String told(StateGraph graph, int[] walk, int last) {
        return "step " + last + ", after … "
                + Arrays.stream(walk, Math.max(0, last - 5), last + 1).mapToObj(edge -> graph.label(edge).toString()).collect(Collectors.joining(" "));
    }

    @Override
    public String toString() {
        return "TwoCopies, " + regions + " regions, page " + observed;
    }
}
