package dev.lockstep.replay;

import dev.lockstep.sut.AdapterException;
import dev.lockstep.sut.DiskImage;
import dev.lockstep.sut.Labels;
import dev.lockstep.sut.Mirror;
import dev.lockstep.sut.RefusedException;
import dev.lockstep.sut.SystemUnderTest;
import dev.lockstep.sut.Variable;
import dev.lockstep.trace.IntValue;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.RecordValue;
import dev.lockstep.trace.FunctionValue;
import dev.lockstep.trace.StateGraph;
import dev.lockstep.trace.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Performs walks of a state graph on a mirror and compares. A crash in a walk is a fork: what a kill or a power cut would
 * leave at that moment is taken from the files and the volatile caches, compared, and kept as the image of the down state
 * that it leads to; the mirror goes on. Not thread-safe.
 */
public final class Replayer {
    private static final String RETURNS = "LegReturns";
    private static final Set<String> CHOOSING = Set.of(RETURNS, "Replace");
    private static final Set<String> PUTTING_OUT = Set.of("NoticeFailure", "LegFlushFails");

    private final CodedGraph coded;
    private final StateGraph graph;
    private final SystemUnderTest mirror;
    private final SystemUnderTest.Prepared[] actions;
    /** Actions that make a choice inside, which shows in the state after them only. */
    private final boolean[] chooses;
    private final boolean[] putsOut;
    /** What the mirror could do and the model never does: it must never be possible. */
    private final List<Label> neverLabels;
    private final SystemUnderTest.Prepared[] never;
    private final Images images = new Images();
    private final long[] downCodes;
    private final int legVariable;
    private final int logVariable;
    /** What a crash does not change. */
    private final int goneVariable;
    private final int recordVariable;
    private final int blankVariable;
    private final long[] stepsOfLabel;
    private long steps;
    private long forks;

    /**
     * A replayer that has performed nothing yet.
     *
     * @param graph     the model's state graph
     * @param variables the variables to compare
     * @param mirror    the system under test, down
     * @throws IOException              if the mirror's files cannot be read
     * @throws IllegalArgumentException if the graph is none that this mirror can be replayed on, with one clause that says why
     */
    public Replayer(StateGraph graph, List<Variable> variables, SystemUnderTest mirror) throws IOException {
        this(graph, variables, mirror, label -> false);
    }

    /**
     * A replayer that has performed nothing yet, of a model that leaves out what a user could do.
     *
     * @param graph     the model's state graph
     * @param variables the variables to compare
     * @param mirror    the system under test, down
     * @param leftOut   says of what is no label of the graph whether it is left out, and not impossible
     * @throws IOException              if the mirror's files cannot be read
     * @throws IllegalArgumentException if the graph is none that this mirror can be replayed on, with one clause that says why
     */
    public Replayer(StateGraph graph, List<Variable> variables, SystemUnderTest mirror, Predicate<Label> leftOut) throws IOException {
        this.graph = graph;
        this.coded = new CodedGraph(graph, variables, mirror.unobserved().keySet());
        this.mirror = mirror;
        this.actions = graph.labels().stream().map(mirror::prepare).toArray(SystemUnderTest.Prepared[]::new);
        this.chooses = new boolean[actions.length];
        this.putsOut = new boolean[actions.length];
        for (int label = 0; label < chooses.length; label++) {
            chooses[label] = CHOOSING.contains(graph.labels().get(label).action());
            putsOut[label] = PUTTING_OUT.contains(graph.labels().get(label).action());
        }
        this.stepsOfLabel = new long[actions.length];
        Set<Label> known = Set.copyOf(graph.labels());
        this.neverLabels = Labels.of(mirror.size(), mirror.surroundings()).stream().filter(label -> !known.contains(label) && !leftOut.test(label)).toList();
        this.never = neverLabels.stream().map(mirror::prepare).toArray(SystemUnderTest.Prepared[]::new);
        this.legVariable = coded.indexOf("leg");
        this.logVariable = coded.indexOf("log");
        this.goneVariable = coded.indexOf("gone");
        this.recordVariable = coded.indexOf("record");
        this.blankVariable = coded.indexOf("blank");
        this.downCodes = new long[variables.size()];
        for (int i = 0; i < downCodes.length; i++) {
            downCodes[i] = variables.get(i).observe(mirror);
        }
        for (int state : graph.initialStates()) {
            images.keep(state, mirror.created(firstContent(state), (int) coded.code(state, blankVariable)));
        }
    }

    private int firstContent(int state) {
        FunctionValue legs = (FunctionValue) graph.value(state, graph.variable("leg"));
        RecordValue leg = (RecordValue) legs.entries().get(new IntValue(Mirror.SOURCE));
        Value block = ((FunctionValue) leg.fields().get("now")).entries().get(new IntValue(0));
        return (int) ((IntValue) block).value();
    }

    /**
     * Performs a walk: from a down state whose image is there, one edge after another.
     *
     * @param start the down state
     * @param edges the walk; a crash edge in it is a fork, and does not end it
     * @return the first thing that is not as the model says, if there is one
     * @throws IOException           if the files cannot be written or read
     * @throws IllegalStateException if no walk has led to the down state yet
     */
    public Optional<Divergence> walk(int start, int[] edges) throws IOException {
        DiskImage image = images.of(start);
        if (image == null) {
            throw new IllegalStateException("state " + start + " has no image yet");
        }
        mirror.load(image);
        Optional<Divergence> found = Optional.empty();
        try {
            List<Difference> atFirst = differences(start);
            found = atFirst.isEmpty() ? walkOn(start, edges) : Optional.of(new Divergence(-1, null, atFirst, start, List.of()));
        } finally {
            Optional<Divergence> atLast = leave(start, edges);
            found = found.isPresent() ? found : atLast;
        }
        return found;
    }

    /** A walk ends with a kill, which a mirror that is a program of its own may not bear. */
    private Optional<Divergence> leave(int start, int[] edges) throws IOException {
        try {
            if (!mirror.isDown()) {
                mirror.abandon();
            }
            return Optional.empty();
        } catch (AdapterException e) {
            Label last = edges.length == 0 ? null : graph.label(edges[edges.length - 1]);
            return Optional.of(new Divergence(edges.length == 0 ? -1 : edges[edges.length - 1], last, List.of(unanswered(e)), start,
                    Arrays.stream(edges).boxed().toList()));
        }
    }

    private static Difference unanswered(AdapterException e) {
        return Difference.of("system under test", e.expected(), e.observed());
    }

    private Optional<Divergence> walkOn(int start, int[] edges) throws IOException {
        DiskImage killed = null;
        for (int i = 0; i < edges.length; i++) {
            int edge = edges[i];
            int label = graph.labelId(edge);
            steps++;
            stepsOfLabel[label]++;
            List<Difference> found;
            if (coded.crash(label)) {
                killed = killed == null ? mirror.image() : killed;
                found = fork(killed, label, graph.target(edge));
            } else {
                killed = null;
                found = step(edge);
            }
            if (!found.isEmpty()) {
                List<Integer> walked = Arrays.stream(edges, 0, i + 1).boxed().toList();
                return Optional.of(new Divergence(edge, graph.labels().get(label), found, start, walked));
            }
        }
        return Optional.empty();
    }

    private List<Difference> step(int edge) throws IOException {
        int label = graph.labelId(edge);
        int target = graph.target(edge);
        try {
            if (chooses[label]) {
                choose(graph.labels().get(label), coded.code(target, legVariable));
            } else if (putsOut[label] && isRecorded(edge)) {
                mirror.putOutRecorded(graph.labels().get(label));
            } else {
                actions[label].perform();
            }
        } catch (AdapterException e) {
            return List.of(unanswered(e));
        } catch (RefusedException | IOException | IllegalStateException | IllegalArgumentException e) {
            return List.of(Difference.enabled(graph.labels().get(label), graph.labels().get(label) + " can be done",
                    e.getMessage()));
        }
        List<Difference> found = differences(target);
        if (found.isEmpty() && coded.down(target)) {
            return keep(target, mirror.image());
        }
        return found;
    }

    /**
     * Whether a leg that is put out has just been recorded to be in use. Of two outcomes it is the one with another record; or, if both have
     * the record that was there, the one in which flushes have ended before it: less may be left then.
     */
    private boolean isRecorded(int edge) {
        int source = graph.source(edge);
        int target = graph.target(edge);
        if (coded.code(target, recordVariable) != coded.code(source, recordVariable)) {
            return true;
        }
        for (int other = graph.firstEdge(source); other < graph.firstEdge(source + 1); other++) {
            if (graph.labelId(other) == graph.labelId(edge) && coded.code(graph.target(other), recordVariable) == coded.code(source, recordVariable)) {
                long legs = coded.code(target, legVariable);
                long others = coded.code(graph.target(other), legVariable);
                if (legs != others && (legs & others) == legs) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What the leg has then is the choice. */
    private void choose(Label action, long legs) throws IOException {
        if (action.action().equals(RETURNS)) {
            mirror.legReturns(action, legs);
        } else {
            mirror.replace(action, legs);
        }
    }

    private List<Difference> fork(DiskImage killed, int label, int target) throws IOException {
        forks++;
        long legs = coded.code(target, legVariable);
        long log = coded.code(target, logVariable);
        DiskImage left;
        try {
            left = graph.labels().get(label).action().equals("PowerCut") ? mirror.cut(killed, legs, log) : killed;
        } catch (RefusedException e) {
            return List.of(Difference.of("leg, log", graph.value(target, graph.variable("leg")) + ", "
                    + graph.value(target, graph.variable("log")), e.getMessage()));
        }
        List<Difference> found = new ArrayList<>();
        for (int i = 0; i < downCodes.length; i++) {
            long observed = i == legVariable ? mirror.legsOf(left) : i == logVariable ? mirror.logOf(left)
                    : i == goneVariable || i == recordVariable ? coded.variables().get(i).observe(mirror)
                    : i == blankVariable ? left.blank() : downCodes[i];
            compare(target, i, observed, found);
        }
        return found.isEmpty() ? keep(target, left) : found;
    }

    private List<Difference> keep(int state, DiskImage image) {
        DiskImage before = images.keep(state, image);
        return before.meansTheSame(image) ? List.of()
                : List.of(Difference.of("files", before.toString(), image.toString()));
    }

    private List<Difference> differences(int state) throws IOException {
        List<Difference> found = List.of();
        List<Variable> variables = coded.variables();
        for (int i = 0; i < downCodes.length; i++) {
            long observed = variables.get(i).observe(mirror);
            if (observed != coded.code(state, i)) {
                found = found.isEmpty() ? new ArrayList<>() : found;
                compare(state, i, observed, found);
            }
        }
        Optional<String> fault = mirror.logFault();
        if (fault.isPresent()) {
            found = found.isEmpty() ? new ArrayList<>() : found;
            found.add(Difference.of("log copies", "as the log's format promises", fault.get()));
        }
        for (int label = 0; label < actions.length; label++) {
            boolean expected = coded.enabled(state, label);
            if (actions[label].enabled() != expected) {
                found = found.isEmpty() ? new ArrayList<>() : found;
                Label named = graph.labels().get(label);
                found.add(Difference.enabled(named, named + (expected ? " is possible" : " is not possible"),
                        expected ? "the mirror would not do it; it offers " + mirror.waiting() : "the mirror would do it"));
            }
        }
        for (int i = 0; i < never.length; i++) {
            if (never[i].enabled()) {
                found = found.isEmpty() ? new ArrayList<>() : found;
                found.add(Difference.enabled(neverLabels.get(i), neverLabels.get(i) + " is never possible", "the mirror would do it"));
            }
        }
        return found;
    }

    private void compare(int state, int variable, long observed, List<Difference> found) {
        long expected = coded.code(state, variable);
        if (observed != expected) {
            Variable named = coded.variables().get(variable);
            found.add(Difference.of(named.name(), named.decode(expected).toString(), named.decode(observed).toString()));
        }
    }

    /** {@return how many steps were performed, forks included} */
    public long steps() {
        return steps;
    }

    /** {@return how many of the steps were forks at a crash} */
    public long forks() {
        return forks;
    }

    /** {@return how many distinct images crashes and unmounts led to, new volumes included} */
    public int images() {
        return images.size();
    }

    /** {@return how many steps each action was performed in} */
    public Map<String, Long> stepsPerAction() {
        Map<String, Long> perAction = new TreeMap<>();
        for (int label = 0; label < stepsOfLabel.length; label++) {
            perAction.merge(graph.labels().get(label).action(), stepsOfLabel[label], Long::sum);
        }
        return perAction;
    }
}
