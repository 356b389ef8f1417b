package dev.lockstep.sut;

import dev.lockstep.region.Action;
import dev.lockstep.region.Step;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.StateGraph;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The replay of a mirror whose seam makes at once what follows from a step and needs no I/O, as a file volume's threads do. A step of a walk then takes
 * the mirror on by several steps of the model: its state after it has to be one that the model comes to by that step and by some of those that follow,
 * and what it would do next has to be what the model can do there. Walks are drawn with a seed, as where one goes on depends on where the mirror has
 * come to.
 */
public final class AtOnce {
    /** What is made at once, or together, where it follows. */
    private static final Set<String> FOLLOW = Set.of("Issue", "EndWrite", "Quiesce");
    private static final Set<String> LEAVE = Set.of("Kill", "PowerCut", "LegReturns", "Replace", "LegFails", "LegFlushFails");
    private static final int RARELY = 12;

    private final Mirror mirror;
    private final StateGraph graph;
    private final List<Variable> variables;
    private final Random random;
    private final List<Operation> operations;

    /** Of a mirror that is down. */
    public AtOnce(Mirror mirror, StateGraph graph, List<Variable> variables, long seed) {
        this.mirror = mirror;
        this.graph = graph;
        this.variables = variables;
        this.random = new Random(seed);
        mirror.followAtOnce();
        Operations all = new Operations(mirror, mirror.environment());
        this.operations = graph.labels().stream().map(all::of).toList();
    }

    /**
     * Performs a walk on a new volume.
     *
     * @param content what every block of it has
     * @param initial the model's state of it
     * @param steps   how many steps are picked at most
     * @return where the mirror did otherwise than the model
     * @throws IOException if a file cannot be written or read
     */
    public Optional<String> walk(int content, int initial, int steps) throws IOException {
        mirror.load(mirror.created(content));
        List<Label> picked = new ArrayList<>();
        try {
            int state = initial;
            for (int i = 0; i < steps; i++) {
                int edge = pick(state);
                if (edge < 0) {
                    break;
                }
                picked.add(graph.label(edge));
                try {
                    operations.get(graph.labelId(edge)).perform();
                } catch (RefusedException | IllegalStateException e) {
                    return Optional.of("at the end of " + picked + ": " + e.getMessage());
                }
                Set<String> follow = FOLLOW;
                if (writeTogether()) {
                    follow = Set.of("Issue", "LegWrite", "EndWrite", "Quiesce");
                }
                Optional<Integer> come = come(graph.target(edge), follow);
                Optional<String> wrong = come.isEmpty() ? Optional.of("it is in no state of the model's: " + observed()) : wrong(come.get());
                if (wrong.isPresent()) {
                    return Optional.of("after " + picked + ": " + wrong.get());
                }
                state = come.get();
            }
            return Optional.empty();
        } finally {
            if (!mirror.isDown()) {
                mirror.abandon();
            }
        }
    }

    private int pick(int state) {
        List<Integer> edges = new ArrayList<>();
        for (int edge = graph.firstEdge(state); edge < graph.firstEdge(state + 1); edge++) {
            String action = graph.label(edge).action();
            if (!LEAVE.contains(action) && (!action.equals("UnmountBegin") || random.nextInt(RARELY) == 0)) {
                edges.add(edge);
            }
        }
        return edges.isEmpty() ? -1 : edges.get(random.nextInt(edges.size()));
    }

    /** A write that was issued at once is written to all its legs in one go: that is one step of the seam's, by the name of the first of them. */
    private boolean writeTogether() {
        List<Step> together = mirror.isDown() ? List.of() : mirror.steps().waiting().stream().filter(step -> step.action() == Action.LEG_WRITE
                && IntStream.range(0, mirror.size().legs()).anyMatch(leg -> mirror.volume().inspect(driver -> driver.legsTodo(step.first()) >> leg & 1) == 1
                && !mirror.steps().isOffered(new Step(Action.LEG_WRITE, step.first(), leg)))).toList();
        together.forEach(mirror.steps()::run);
        return !together.isEmpty();
    }

    /** The state of the model's that the mirror is in: one that it comes to from here by what follows. */
    private Optional<Integer> come(int from, Set<String> follow) throws IOException {
        long[] codes = codes();
        Set<Integer> reached = new LinkedHashSet<>(List.of(from));
        List<Integer> todo = new ArrayList<>(reached);
        while (!todo.isEmpty()) {
            int state = todo.remove(0);
            if (is(state, codes)) {
                return Optional.of(state);
            }
            for (int edge = graph.firstEdge(state); edge < graph.firstEdge(state + 1); edge++) {
                if (follow.contains(graph.label(edge).action()) && reached.add(graph.target(edge))) {
                    todo.add(graph.target(edge));
                }
            }
        }
        return Optional.empty();
    }

    private long[] codes() throws IOException {
        long[] codes = new long[variables.size()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = variables.get(i).observe(mirror);
        }
        return codes;
    }

    private boolean is(int state, long[] codes) {
        return IntStream.range(0, codes.length).allMatch(i -> {
            Variable variable = variables.get(i);
            return variable.encode(graph.value(state, graph.variable(variable.name()))) == codes[i];
        });
    }

    private String observed() throws IOException {
        long[] codes = codes();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < codes.length; i++) {
            text.append(variables.get(i).name()).append(" = ").append(variables.get(i).decode(codes[i])).append("; ");
        }
        return text.toString();
    }

    private Optional<String> wrong(int state) throws IOException {
        for (int label = 0; label < operations.size(); label++) {
            int named = label;
            boolean expected = IntStream.range(graph.firstEdge(state), graph.firstEdge(state + 1)).anyMatch(edge -> graph.labelId(edge) == named);
            if (operations.get(label).enabled() != expected) {
                return Optional.of(graph.labels().get(label) + (expected ? " is possible, and the mirror would not do it; it offers " + mirror.waiting()
                        : " is not possible, and the mirror would do it"));
            }
        }
        return mirror.logFault();
    }
}
