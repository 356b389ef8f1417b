package dev.lockstep.replay;

import dev.lockstep.sut.DrivenMirror;
import dev.lockstep.sut.RefusedException;
import dev.lockstep.trace.BoolValue;
import dev.lockstep.trace.FunctionValue;
import dev.lockstep.trace.IntValue;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.RecordValue;
import dev.lockstep.trace.SetValue;
import dev.lockstep.trace.StateGraph;
import dev.lockstep.trace.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What comes of a divergence of a driven mirror: once it has done what the model does not, it is had to go on along the model's shortest way to a
 * log that says clean durably, and then its legs are compared. It may be past help on the way, or no worse for it. Not thread-safe.
 */
public final class Aftermath {
    /** What the user or a crash does: on the way the mirror is left to itself. */
    private static final Set<String> OTHERS = Set.of("Store", "MarkPageDirty", "WriteBackClear", "CopyPage", "Submit", "DirectWrite", "Read", "FlushBegin",
            "UnmountBegin", "Kill", "PowerCut", "Restart");
    private static final int SHOWN = 32;

    private final StateGraph graph;
    private final DrivenMirror mirror;
    private final boolean[] saysClean;

    /**
     * Of a mirror that is down.
     *
     * @param graph  the model's state graph
     * @param mirror the mirror
     */
    public Aftermath(StateGraph graph, DrivenMirror mirror) {
        this.graph = graph;
        this.mirror = mirror;
        int log = graph.variable("log");
        List<Value> logs = graph.values(log);
        boolean[] clean = new boolean[logs.size()];
        for (int id = 0; id < clean.length; id++) {
            clean[id] = durablyClean(logs.get(id));
        }
        saysClean = new boolean[graph.stateCount()];
        for (int state = 0; state < saysClean.length; state++) {
            saysClean[state] = clean[graph.valueId(state, log)];
        }
    }

    /** Whether nothing but clean can be found of any region. */
    private static boolean durablyClean(Value log) {
        SetValue may = (SetValue) ((RecordValue) log).fields().get("may");
        return may.elements().stream().allMatch(bits -> ((FunctionValue) bits).entries().values().stream()
                .allMatch(bit -> ((BoolValue) bit).value()));
    }

    /**
     * {@return what came of a walk, if legs differ in the end under a log that says clean}
     *
     * @param edges a walk from a new volume to the step that the mirror does otherwise; without a crash
     * @throws IOException                            if the mirror's files cannot be used
     * @throws dev.lockstep.sut.AdapterException if the mirror does not answer as it has to
     */
    public Optional<Difference> of(int[] edges) throws IOException {
        int[] rest = toClean(graph.target(edges[edges.length - 1]));
        if (rest == null || Arrays.stream(edges).anyMatch(edge -> CodedGraph.isCrash(graph.label(edge)))) {
            return Optional.empty();
        }
        mirror.load(mirror.created(content(graph.source(edges[0])), 0));
        try {
            for (int edge : edges) {
                mirror.prepare(graph.label(edge)).perform();
            }
            List<String> done = new ArrayList<>();
            for (int edge : rest) {
                Label next = graph.label(edge);
                if (!mirror.prepare(next).enabled()) {
                    return Optional.empty();
                }
                mirror.prepare(next).perform();
                done.add(next.toString());
            }
            return legsDiffer(done);
        } catch (RefusedException e) {
            // It does not get that far: what is shown is the divergence itself.
            return Optional.empty();
        } finally {
            if (!mirror.isDown()) {
                mirror.abandon();
            }
        }
    }

    private int content(int state) {
        FunctionValue legs = (FunctionValue) graph.value(state, graph.variable("leg"));
        RecordValue leg = (RecordValue) legs.entries().get(new IntValue(0));
        return (int) ((IntValue) ((FunctionValue) leg.fields().get("now")).entries().get(new IntValue(0))).value();
    }

    private Optional<Difference> legsDiffer(List<String> done) throws IOException {
        for (int block = 0; block < mirror.size().blocks(); block++) {
            byte[] first = mirror.bytes(0, block);
            for (int leg = 1; leg < mirror.size().legs(); leg++) {
                byte[] other = mirror.bytes(leg, block);
                if (!Arrays.equals(first, other)) {
                    return Optional.of(Difference.of("legs under a clean bit", "equal in block " + block, "after " + String.join(", ", done)
                            + " the log says durably that the region is clean, and leg 0 has \"" + beginning(first) + "\", leg " + leg + " has \""
                            + beginning(other) + '"'));
                }
            }
        }
        return Optional.empty();
    }

    /** The stamp that a content begins with. */
    private static String beginning(byte[] bytes) {
        return new String(bytes, 0, SHOWN, StandardCharsets.US_ASCII).strip();
    }

    /** The edges of a shortest way on which nobody but the mirror and its devices acts; null if there is none. */
    private int[] toClean(int from) {
        Map<Integer, Integer> by = new HashMap<>();
        Deque<Integer> queue = new ArrayDeque<>(List.of(from));
        by.put(from, -1);
        while (!queue.isEmpty()) {
            int state = queue.remove();
            if (saysClean[state]) {
                return way(by, state);
            }
            for (int edge = graph.firstEdge(state); edge < graph.firstEdge(state + 1); edge++) {
                if (!OTHERS.contains(graph.label(edge).action()) && by.putIfAbsent(graph.target(edge), edge) == null) {
                    queue.add(graph.target(edge));
                }
            }
        }
        return null;
    }

    private int[] way(Map<Integer, Integer> by, int to) {
        List<Integer> edges = new ArrayList<>();
        for (int edge = by.get(to); edge >= 0; edge = by.get(graph.source(edge))) {
            edges.add(edge);
        }
        Collections.reverse(edges);
        return edges.stream().mapToInt(edge -> edge).toArray();
    }
}
