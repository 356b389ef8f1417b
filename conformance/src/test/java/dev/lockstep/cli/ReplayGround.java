package dev.lockstep.cli;

import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.replay.Divergence;
import dev.lockstep.replay.Replayer;
import dev.lockstep.suite.ShortestPath;
import dev.lockstep.suite.Shards;
import dev.lockstep.suite.Suite;
import dev.lockstep.suite.SuiteGenerator;
import dev.lockstep.suite.SuiteStats;
import dev.lockstep.suite.Walk;
import dev.lockstep.sut.AtOnce;
import dev.lockstep.sut.DrivenMirror;
import dev.lockstep.sut.DrivenVariables;
import dev.lockstep.sut.FirstBegun;
import dev.lockstep.sut.Mirror;
import dev.lockstep.sut.OwnDriver;
import dev.lockstep.sut.Refusals;
import dev.lockstep.sut.RigFolder;
import dev.lockstep.sut.Size;
import dev.lockstep.sut.Stamps;
import dev.lockstep.sut.SystemUnderTest;
import dev.lockstep.sut.Variable;
import dev.lockstep.sut.Variables;
import dev.lockstep.tlc.GraphSession;
import dev.lockstep.tlc.Model;
import dev.lockstep.trace.IntValue;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.PartialGraph;
import dev.lockstep.trace.StateGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A state graph on which mutants of the mirror are sought by the replay, and how much of it.
 *
 * @param named  the policy's name, by which it is found each time
 * @param more   what happens beside what always does: {@link ReplayModel#MORE}, and {@link #ONE_CONTENT}
 * @param size   the size
 * @param format the log's
 * @param limit  of a graph that is too large for this, so many edges of its beginning; else {@link #WHOLE}
 * @param shards of how many shards of its suite the first is performed
 */
record ReplayGround(String named, List<String> more, Size size, LogFormat format, long limit, int shards) {
    /** All of a graph. */
    static final long WHOLE = Long.MAX_VALUE;

    /** As something that happens: no content is ever another than the first. */
    static final String ONE_CONTENT = "one";

    private static final String PREFIX = "lockstep-alone-";
    private static final long SEED = 20_080_517;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /**
     * What is performed.
     *
     * @param graph the graph
     * @param walks the walks
     */
    record Prepared(StateGraph graph, List<Walk> walks) {
        /** {@return the first walks, with about so many steps} */
        Prepared first(int steps) {
            List<Walk> first = new ArrayList<>();
            int taken = 0;
            for (int i = 0; i < walks.size() && taken < steps; i++) {
                first.add(walks.get(i));
                taken += walks.get(i).edges().length;
            }
            return new Prepared(graph, first);
        }
    }

    /** The mirror's. */
    private Policy policy() {
        return Policy.named(named).orElseThrow();
    }

    /** The model's: that one of all which has the name, or a mirror of another policy would be compared with a model of that. */
    private Policy modelled() {
        return Policy.all().stream().filter(each -> each.name().equals(named)).findFirst().orElseThrow();
    }

    /** Takes graph and suite from a cache; makes them, if it does not have them. */
    Prepared prepare(SpecFolder spec, Path folder) throws IOException {
        SuiteCache cache = new SuiteCache(limit == WHOLE ? folder : folder.resolve("beginnings-" + limit));
        Model model = model(spec);
        SuiteCache.Kept kept = cache.read(model, spec.hash()).orElse(null);
        if (kept == null) {
            kept = limit == WHOLE ? whole(model) : beginning(model);
            cache.write(model, spec.hash(), kept);
        }
        Suite suite = kept.measured().suite();
        return new Prepared(kept.graph(), shards == 1 ? suite.walks() : new Shards(kept.graph(), suite, shards).part(0).walks());
    }

    /** Where all blocks have one content all the time, what is done with them can be seen of larger volumes. */
    private Model model(SpecFolder spec) {
        Model model = ReplayModel.of(spec, modelled(), size, happening());
        return more.contains(ONE_CONTENT) ? new Model(model.name() + "_" + ONE_CONTENT, model.directory(), model.module(),
                model.configuration().replace("Value = {0, 1}", "Value = {0}")) : model;
    }

    private List<String> happening() {
        return more.stream().filter(each -> !each.equals(ONE_CONTENT)).toList();
    }

    private SuiteCache.Kept whole(Model model) {
        StateGraph explored = PolicyReplay.explore(model);
        StateGraph graph = overlapping() ? FirstBegun.of(explored) : explored;
        return new SuiteCache.Kept(graph, SuiteGenerator.measured(graph, PreparedSuite::isCrash));
    }

    /** Ways that together take each step that {@linkplain MutantGround#isKnown is known}. */
    private SuiteCache.Kept beginning(Model model) {
        PartialGraph begun;
        try (GraphSession session = new GraphSession()) {
            begun = session.explore(model, LONGEST, limit).found();
        }
        StateGraph graph = begun.graph();
        ShortestPath shortest = new ShortestPath(graph);
        BitSet taken = new BitSet();
        List<Walk> walks = new ArrayList<>();
        for (int edge = graph.edgeCount() - 1; edge >= 0; edge--) {
            if (MutantGround.isKnown(graph, edge, begun.expanded()) && !taken.get(edge)) {
                int[] way = shortest.to(edge);
                for (int each : way) {
                    taken.set(each);
                }
                walks.addAll(MutantGround.walks(graph, way));
            }
        }
        Suite suite = new Suite(walks);
        return new SuiteCache.Kept(graph, new SuiteGenerator.Measured(suite, new SuiteStats(suite.steps(), graph.edgeCount(), walks.size(), suite.steps())));
    }

    /** Performs walks on the mirror that this class was loaded with, until one diverges. */
    Optional<Divergence> replay(Prepared prepared) throws IOException {
        try (RigFolder files = RigFolder.in(MemoryFolder.orTemporary(), PREFIX)) {
            return replay(prepared, variables(), new Mirror(files.path(), size, policy(), ReplayModel.surroundings(happening()), format, stamps(), 0));
        }
    }

    /** Whether two writes to one block can be in flight. */
    private boolean overlapping() {
        return size.slots() == 2 && more.contains("direct");
    }

    private List<Variable> variables() {
        List<Variable> variables = new ArrayList<>(Variables.of(size));
        if (overlapping()) {
            variables.add(FirstBegun.variable());
        }
        return variables;
    }

    /**
     * The same with a seam that makes at once what follows from a step, on walks that are drawn.
     *
     * @param walks how many
     * @param steps how many steps each has at most
     */
    Optional<String> atOnce(Prepared prepared, int walks, int steps) throws IOException {
        StateGraph graph = prepared.graph();
        try (RigFolder files = RigFolder.in(MemoryFolder.orTemporary(), PREFIX);
                Mirror mirror = new Mirror(files.path(), size, policy(), ReplayModel.surroundings(happening()), format, stamps(), 0)) {
            AtOnce walked = new AtOnce(mirror, graph, variables(), SEED);
            for (int walk = 0; walk < walks; walk++) {
                Optional<String> wrong = walked.walk(0, graph.initialStates()[0], steps);
                if (wrong.isPresent()) {
                    return wrong;
                }
            }
            return Optional.empty();
        }
    }

    /**
     * The same of its region machine alone, driven as a mirror that is not Lockstep's own.
     *
     * @param driver what drives it
     */
    Optional<Divergence> driven(Prepared prepared, BiFunction<Size, Policy, OwnDriver> driver) throws IOException {
        try (RigFolder files = RigFolder.in(MemoryFolder.orTemporary(), PREFIX)) {
            List<Variable> variables = new ArrayList<>(DrivenVariables.of(size));
            if (overlapping()) {
                variables.add(FirstBegun.ofDriven());
            }
            return replay(prepared, variables, new DrivenMirror(files.path(), size, policy(), ReplayModel.surroundings(happening()), format, stamps(),
                    driver.apply(size, policy())));
        }
    }

    /**
     * The walks as far as many regions can play one, of which one is resynced at a time: up to an unmount while a region is resynced, or the issue of
     * a write to it, and none that begins with what only is after that.
     */
    Prepared asWideAsCanBe(Prepared prepared) {
        StateGraph graph = prepared.graph();
        int variable = graph.variable("state");
        BitSet left = new BitSet();
        Arrays.stream(graph.initialStates()).forEach(left::set);
        List<Walk> walks = new ArrayList<>();
        for (Walk walk : prepared.walks()) {
            if (left.get(walk.start())) {
                int[] edges = walk.edges();
                int end = (int) IntStream.range(0, edges.length).takeWhile(i -> !Set.of("UnmountBegin", "Issue").contains(graph.label(edges[i]).action())
                        || !graph.value(graph.source(edges[i]), variable).toString().contains("RECOVERING")).count();
                Arrays.stream(edges, 0, end).map(graph::target).forEach(left::set);
                walks.add(new Walk(walk.start(), Arrays.copyOf(edges, end)));
            }
        }
        return new Prepared(graph, walks);
    }

    private Optional<Divergence> replay(Prepared prepared, List<Variable> variables, SystemUnderTest mirror) throws IOException {
        try (mirror) {
            Replayer replayer = new Replayer(prepared.graph(), variables, mirror, this::isOfOtherContent);
            for (Walk walk : prepared.walks()) {
                Optional<Divergence> divergence = replayer.walk(walk.start(), walk.edges());
                if (divergence.isPresent()) {
                    return divergence;
                }
            }
            return Optional.empty();
        }
    }

    private boolean isOfOtherContent(Label label) {
        return more.contains(ONE_CONTENT) && label.action().equals("DirectWrite") && !label.arguments().get(2).equals(new IntValue(0));
    }

    private Stamps stamps() {
        return new Stamps(size.blocks(), ReplayModel.VALUES);
    }

    /** Asks for every step that is not enabled, on the walks from new volumes: what was not refused, or where a guard is not the model's. */
    Optional<String> refusals(Prepared prepared) throws IOException {
        try (RigFolder files = RigFolder.in(MemoryFolder.orTemporary(), PREFIX);
                Mirror mirror = new Mirror(files.path(), size, policy(), ReplayModel.surroundings(happening()), format, stamps(), 0)) {
            Refusals refusals = new Refusals(mirror);
            StateGraph graph = prepared.graph();
            for (Walk walk : prepared.walks()) {
                if (Arrays.stream(graph.initialStates()).anyMatch(state -> state == walk.start())) {
                    // No step is possible, or not, by what the blocks have.
                    Optional<String> granted = refusals.walk(0, Arrays.stream(walk.edges())
                            .mapToObj(edge -> new Refusals.Moment(graph.label(edge), possible(graph, graph.target(edge)))).toList());
                    if (granted.isPresent()) {
                        return granted;
                    }
                }
            }
            return Optional.empty();
        }
    }

    /** Where a leg fails, a step of the machine's may wait for it that the model has not. */
    private Optional<Set<String>> possible(StateGraph graph, int state) {
        return more.contains("fail") ? Optional.empty() : Optional.of(IntStream.range(graph.firstEdge(state), graph.firstEdge(state + 1))
                .mapToObj(edge -> graph.label(edge).toString()).collect(Collectors.toSet()));
    }

    @Override
    public String toString() {
        return named + (more.isEmpty() ? "" : " with " + String.join(", ", more)) + ", " + size + (overlapping() ? " of two slots" : "") + ", " + LogFormats.name(format);
    }
}
