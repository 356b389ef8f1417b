package dev.lockstep.coverage;

import dev.lockstep.trace.Label;
import dev.lockstep.trace.StateGraph;
import dev.lockstep.trace.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Checks a suite against the graph that it claims to cover, by walking it.
 *
 * <p>The rules: a walk starts at a down state (variable {@code mode} is {@code "down"}) that is initial, or that a step
 * before it in the suite has led to. Each edge leaves the state where the walk is. An edge with a crash label leads to
 * a down state and leaves the walk where it is; any other moves the walk, and into a down state it must be the last but
 * for crashes and ends the walk. Every edge of the graph, or every one that is asked for, is taken at least once. A walk is checked up to
 * its first fault; what comes after it covers nothing.
 */
public final class CoverageChecker {
    /** So many errors are told one by one. */
    public static final int MAX_ERRORS = 50;

    private final StateGraph graph;
    private final BitSet down = new BitSet();
    private final BitSet images = new BitSet();
    private final BitSet covered = new BitSet();
    private final BitSet required;
    private final boolean[] isCrash;
    private final long[] stepsPerLabel;
    private final List<String> errors = new ArrayList<>();
    private long errorCount;
    private long steps;

    private CoverageChecker(StateGraph graph, Predicate<Label> crash, BitSet required) {
        this.graph = graph;
        this.required = required;
        int mode = graph.variable("mode");
        for (int state = 0; state < graph.stateCount(); state++) {
            if (graph.value(state, mode).equals(Value.of("down"))) {
                down.set(state);
            }
        }
        for (int state : graph.initialStates()) {
            images.set(state);
        }
        stepsPerLabel = new long[graph.labels().size()];
        isCrash = new boolean[stepsPerLabel.length];
        for (int label = 0; label < isCrash.length; label++) {
            isCrash[label] = crash.test(graph.labels().get(label));
        }
    }

    /**
     * Walks a suite.
     *
     * @param graph the graph
     * @param crash says which labels are crashes
     * @param walks the suite, in order
     * @return what it covers and all that is wrong with it
     */
    public static Coverage check(StateGraph graph, Predicate<Label> crash, Iterable<PlainWalk> walks) {
        BitSet all = new BitSet(graph.edgeCount());
        all.set(0, graph.edgeCount());
        return check(graph, crash, walks, all);
    }

    /**
     * Walks a part of a suite, which has to be walkable by itself.
     *
     * @param graph    the graph
     * @param crash    says which labels are crashes
     * @param walks    the part, in order
     * @param required the edges that it is to take; only they count
     * @return which of them it covers and all that is wrong with it
     */
    public static Coverage check(StateGraph graph, Predicate<Label> crash, Iterable<PlainWalk> walks, BitSet required) {
        CoverageChecker checker = new CoverageChecker(graph, crash, required);
        int number = 0;
        for (PlainWalk walk : walks) {
            checker.walk(number++, walk);
        }
        return checker.result();
    }

    private void walk(int number, PlainWalk walk) {
        steps += walk.edges().length;
        int at = walk.start();
        String fault = startFault(at);
        if (fault != null) {
            error("walk " + number + " " + fault);
            return;
        }
        boolean ended = false;
        for (int i = 0; i < walk.edges().length; i++) {
            int edge = walk.edges()[i];
            fault = edgeFault(at, edge, ended);
            if (fault != null) {
                error("walk " + number + ", step " + i + ": " + fault);
                return;
            }
            int target = graph.target(edge);
            covered.set(edge);
            stepsPerLabel[graph.labelId(edge)]++;
            if (down.get(target)) {
                images.set(target);
            }
            if (!isCrash[graph.labelId(edge)]) {
                at = target;
                ended = down.get(target);
            }
        }
    }

    private String startFault(int start) {
        if (start < 0 || start >= graph.stateCount()) {
            return "starts at state " + start + ", which does not exist";
        }
        if (!down.get(start)) {
            return "starts at state " + start + ", which is not down";
        }
        return images.get(start) ? null : "starts at state " + start + ", whose image does not exist by then";
    }

    private String edgeFault(int at, int edge, boolean ended) {
        if (edge < 0 || edge >= graph.edgeCount()) {
            return "edge " + edge + " does not exist";
        }
        if (edge < graph.firstEdge(at) || edge >= graph.firstEdge(at + 1)) {
            return describe(edge) + " is taken at state " + at;
        }
        if (ended) {
            return describe(edge) + " is taken after the walk has ended in down state " + at;
        }
        if (isCrash[graph.labelId(edge)] && !down.get(graph.target(edge))) {
            return describe(edge) + " is a crash, but its target is not down";
        }
        return null;
    }

    private Coverage result() {
        BitSet missing = (BitSet) required.clone();
        missing.andNot(covered);
        missing.stream().forEach(edge -> error(describe(edge) + " is not covered"));
        covered.and(required);
        if (errorCount > errors.size()) {
            errors.add("and " + (errorCount - errors.size()) + " more");
        }
        Map<String, Long> perAction = new TreeMap<>();
        for (int label = 0; label < stepsPerLabel.length; label++) {
            perAction.merge(graph.labels().get(label).action(), stepsPerLabel[label], Long::sum);
        }
        return new Coverage(required.cardinality(), covered.cardinality(), steps, perAction, errors);
    }

    private void error(String sentence) {
        errorCount++;
        if (errors.size() < MAX_ERRORS) {
            errors.add(sentence);
        }
    }

    private String describe(int edge) {
        return "edge " + edge + " (" + graph.source(edge) + " " + graph.label(edge) + " " + graph.target(edge) + ")";
    }
}
