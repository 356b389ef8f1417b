package dev.lockstep.sut;

import dev.lockstep.trace.FunctionValue;
import dev.lockstep.trace.IntValue;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.RecordValue;
import dev.lockstep.trace.StateGraph;
import dev.lockstep.trace.StringValue;
import dev.lockstep.trace.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Of two writes to one block that are in flight the specification lets either go first; the mirror has the one that came first go first, so that none
 * waits for ever. This is the part of a model's state graph in which that is so: its states say which came first, and the mirror's are compared in
 * that too. What the mirror does has to be all of it, and no more.
 */
public final class FirstBegun {
    private static final String NAME = "firstBegun";
    private static final int NONE = -1;
    private static final Value NO_COPY = new IntValue(-1);

    private FirstBegun() {
    }

    /** {@return what the mirror's states are compared in, beside the variables of the specification: which slot's write came first, or -1} */
    public static Variable variable() {
        return new Variable(NAME, Codec.integer(NONE, 2), mirror -> mirror.environment().firstDirect() - NONE);
    }

    /** {@return the same of a driven mirror, which is given the writes} */
    public static Variable ofDriven() {
        return variable().on(DrivenMirror.class, mirror -> mirror.pages().firstBegun() - NONE);
    }

    /** A state, and the slot whose write came first of those in flight. */
    private record At(int state, int first) {
    }

    /** {@return that part of a graph of two slots, with direct writes} */
    public static StateGraph of(StateGraph graph) {
        List<String> names = new ArrayList<>(graph.variables());
        names.add(NAME);
        StateGraph.Builder builder = new StateGraph.Builder(names);
        Map<At, Integer> states = new HashMap<>();
        Deque<At> todo = new ArrayDeque<>();
        for (int initial : graph.initialStates()) {
            At at = new At(initial, NONE);
            builder.initial(id(graph, builder, states, todo, at));
        }
        Set<Integer> done = new HashSet<>();
        while (!todo.isEmpty()) {
            At at = todo.remove();
            int source = states.get(at);
            if (done.add(source)) {
                for (int edge = graph.firstEdge(at.state); edge < graph.firstEdge(at.state + 1); edge++) {
                    Label label = graph.label(edge);
                    if (!overtakes(graph, at, label)) {
                        At next = new At(graph.target(edge), firstAfter(graph, edge, at.first));
                        builder.edge(source, label, id(graph, builder, states, todo, next));
                    }
                }
            }
        }
        return builder.build();
    }

    private static int id(StateGraph graph, StateGraph.Builder builder, Map<At, Integer> states, Deque<At> todo, At at) {
        Integer known = states.get(at);
        if (known != null) {
            return known;
        }
        List<Value> values = new ArrayList<>();
        for (int variable = 0; variable < graph.variables().size(); variable++) {
            values.add(graph.value(at.state, variable));
        }
        values.add(new IntValue(at.first));
        int id = builder.state(values.toArray(Value[]::new));
        states.put(at, id);
        todo.add(at);
        return id;
    }

    private static int slot(Label label) {
        return (int) ((IntValue) label.arguments().get(0)).value();
    }

    private static boolean overtakes(StateGraph graph, At at, Label label) {
        return label.action().equals("Issue") && slot(label) != at.first && block(graph, at.state, 0).equals(block(graph, at.state, 1));
    }

    /** The block that a write past the page cache is of: that of which it has a copy. */
    private static Set<Value> block(StateGraph graph, int state, int slot) {
        Map<Value, Value> copy = new HashMap<>(((FunctionValue) write(graph, state, slot).fields().get("copy")).entries());
        copy.values().removeIf(NO_COPY::equals);
        return copy.keySet();
    }

    private static int firstAfter(StateGraph graph, int edge, int first) {
        Label label = graph.label(edge);
        return switch (label.action()) {
            case "Kill", "PowerCut", "Restart", "UnmountEnd" -> NONE;
            case "DirectWrite" -> first < 0 ? slot(label) : first;
            case "EndWrite" -> slot(label) != first ? first : busy(graph, graph.target(edge), 1 - slot(label)) ? 1 - slot(label) : NONE;
            default -> first;
        };
    }

    private static boolean busy(StateGraph graph, int state, int slot) {
        return !write(graph, state, slot).fields().get("phase").equals(new StringValue("free"));
    }

    private static RecordValue write(StateGraph graph, int state, int slot) {
        return (RecordValue) ((FunctionValue) graph.value(state, graph.variable("slot"))).entries().get(new IntValue(slot));
    }
}
