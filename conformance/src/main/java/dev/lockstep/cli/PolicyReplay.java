package dev.lockstep.cli;

import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.replay.Aftermath;
import dev.lockstep.replay.Divergence;
import dev.lockstep.suite.ShortestPath;
import dev.lockstep.suite.SuiteGenerator;
import dev.lockstep.sut.DrivenMirror;
import dev.lockstep.sut.RigFolder;
import dev.lockstep.sut.Size;
import dev.lockstep.sut.Stamps;
import dev.lockstep.sut.SystemUnderTest;
import dev.lockstep.tlc.Model;
import dev.lockstep.tlc.TlcGraph;
import dev.lockstep.trace.GraphHashes;
import dev.lockstep.trace.StateGraph;
import dev.lockstep.trace.Trace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/** The replay of one policy at one size: graph, suite, coverage, walks, and how a divergence is shown. */
final class PolicyReplay {
    private static final Duration LONGEST_GRAPH = Duration.ofMinutes(60);

    private final Function<Model, StateGraph> explorer;
    private final SpecFolder spec;
    private final Policy policy;
    private final Size size;
    private final List<String> more;
    private final Path folder;
    private final ResultFolder results;
    private final BiFunction<Path, LogFormat, String> repeat;
    private final Progress progress;
    private final MirrorMaker maker;

    /**
     * Nothing is done yet; it will be done on Lockstep's own mirror.
     *
     * @param explorer gives a model's state graph: {@link #explore(Model)}, or the same of a model that was explored before
     * @param more    what happens beside what always does: {@link ReplayModel#MORE}
     * @param folder  where the mirror's files are to be
     * @param results where the trace of a divergence is to be kept
     * @param repeat  the command that replays the trace in a file, on a log of a format
     */
    PolicyReplay(Function<Model, StateGraph> explorer, SpecFolder spec, Policy policy, Size size, List<String> more, Path folder, ResultFolder results,
            BiFunction<Path, LogFormat, String> repeat, Progress progress) {
        this(explorer, spec, policy, size, more, folder, results, repeat, progress, MirrorMaker.OWN);
    }

    /**
     * The same on another mirror.
     *
     * @param maker makes the mirror
     */
    PolicyReplay(Function<Model, StateGraph> explorer, SpecFolder spec, Policy policy, Size size, List<String> more, Path folder, ResultFolder results,
            BiFunction<Path, LogFormat, String> repeat, Progress progress, MirrorMaker maker) {
        this.maker = maker;
        this.explorer = explorer;
        this.spec = spec;
        this.policy = policy;
        this.size = size;
        this.more = more;
        this.folder = folder;
        this.results = results;
        this.repeat = repeat;
        this.progress = progress;
    }

    /**
     * The policy's state graph.
     *
     * @param graph   the graph
     * @param suite   the suite, if it was kept with the graph
     * @param seconds how long it took to be explored, or read
     */
    record Explored(StateGraph graph, Optional<SuiteGenerator.Measured> suite, double seconds) {
        /** A graph that no suite was made for. */
        Explored(StateGraph graph, double seconds) {
            this(graph, Optional.empty(), seconds);
        }
    }

    /** Has TLC explore a model's state graph. */
    static StateGraph explore(Model model) {
        return explore(model, 1);
    }

    /** The same with several of TLC's workers. */
    static StateGraph explore(Model model, int workers) {
        return TlcGraph.explore(model, LONGEST_GRAPH, workers);
    }

    /** Has the state graph explored; may be called on another thread than the rest. */
    Explored explore() {
        Stopwatch time = new Stopwatch();
        return new Explored(explorer.apply(model()), time.seconds());
    }

    /** Takes graph and suite from a cache, if it has them; else has the graph explored. May be called on another thread than the rest. */
    Explored explore(Optional<SuiteCache> cache) throws IOException {
        Stopwatch time = new Stopwatch();
        if (cache.isPresent()) {
            Optional<SuiteCache.Kept> kept = cache.get().read(model(), spec.hash());
            if (kept.isPresent()) {
                return new Explored(kept.get().graph(), Optional.of(kept.get().measured()), time.seconds());
            }
        }
        return explore();
    }

    private Model model() {
        return ReplayModel.of(spec, policy, size, more);
    }

    /** Makes a suite that covers every edge, unless there is one already, and has it kept. */
    SuiteGenerator.Measured suite(Explored explored, Optional<SuiteCache> cache) throws IOException {
        if (explored.suite().isPresent()) {
            return explored.suite().get();
        }
        progress.show("replay " + policy.name() + "  a suite for " + explored.graph().edgeCount() + " edges");
        SuiteGenerator.Measured measured;
        try {
            measured = SuiteGenerator.measured(explored.graph(), PreparedSuite::isCrash);
        } catch (IllegalArgumentException e) {
            throw misfit(e);
        }
        if (cache.isPresent()) {
            cache.get().write(model(), spec.hash(), new SuiteCache.Kept(explored.graph(), measured));
        }
        return measured;
    }

    /** {@return the ids of all that a graph's traces can be made of} */
    GraphHashes hashes(StateGraph graph) throws IOException {
        return new GraphHashes(graph, spec.hash(), policy.name(), size.toString());
    }

    /** {@return what tells a suite from others} */
    SuiteManifest manifest(StateGraph graph, SuiteGenerator.Measured measured) throws IOException {
        return SuiteManifest.of(policy.name(), graph, measured, hashes(graph));
    }

    /** {@return a path of the graph as a trace} */
    Trace trace(StateGraph graph, int start, int... edges) throws IOException {
        return graph.trace(spec.hash(), policy.name(), size.toString(), start, edges);
    }

    /** As the other one, with a suite that is made for it and performed as a whole. */
    List<ReplayedPolicy> run(Explored explored, List<LogFormat> formats) throws IOException {
        Stopwatch time = new Stopwatch();
        SuiteGenerator.Measured measured = suite(explored, Optional.empty());
        return run(explored, PreparedSuite.of(explored.graph(), measured, Shard.WHOLE, 1, time), formats);
    }

    /**
     * Performs every walk of a suite, once for each format of the log, beside each other.
     *
     * @param explored what the suite is of
     * @return what came of each, in the order of the formats
     */
    List<ReplayedPolicy> run(Explored explored, PreparedSuite suite, List<LogFormat> formats) throws IOException {
        List<Callable<ReplayedPolicy>> tasks = new ArrayList<>();
        formats.forEach(format -> tasks.add(() -> run(explored, suite, format)));
        return Hunters.run(formats.size(), tasks);
    }

    private ReplayedPolicy run(Explored explored, PreparedSuite suite, LogFormat format) throws IOException {
        Stopwatch time = new Stopwatch();
        AtomicBoolean enough = new AtomicBoolean();
        LongAdder steps = new LongAdder();
        long all = suite.steps();
        List<Callable<PerformedPart>> tasks = new ArrayList<>();
        for (PreparedSuite.Part part : suite.parts()) {
            tasks.add(() -> perform(suite, part, format, enough, more -> {
                steps.add(more);
                progress.show("replay " + policy.name() + "  " + steps + "/" + all + " steps");
            }));
        }
        PerformedPart performed = Hunters.run(tasks.size(), tasks).stream().reduce(PerformedPart::and).orElseThrow();
        double seconds = time.seconds();
        return new ReplayedPolicy(policy.name(), LogFormats.name(format), suite.edges(), suite.covered(), performed.steps(),
                Math.round(performed.steps() / seconds), performed.divergence().isPresent() ? 1 : 0, suite.graph().stateCount(),
                suite.walks(), performed.forks(), performed.images(), suite.stepsPerEdge(), suite.stats().leastStepsPerEdge(), explored.seconds(), suite.seconds(), seconds,
                performed.stepsPerAction(), performed.divergence().isPresent() ? finding(suite.graph(), format, performed.divergence().get()) : null);
    }

    private PerformedPart perform(PreparedSuite suite, PreparedSuite.Part part, LogFormat format, AtomicBoolean enough, LongConsumer done)
            throws IOException {
        try (RigFolder files = files(); ReplayRig rig = rig(suite.graph(), format, files.path())) {
            Optional<Divergence> divergence = rig.walk(part.suite(), enough, done);
            return PerformedPart.of(rig.replayer(), divergence);
        }
    }

    /**
     * Performs one trace.
     *
     * @param trace  a trace of this policy and size
     * @param file   where it was read, to be named if it is none
     * @param format the log's format
     * @return what is not as the model says
     * @throws UserMistake if it is a trace of another model
     */
    Optional<ReplayedPolicy.Finding> run(Trace trace, Path file, LogFormat format) throws IOException {
        progress.show("replay " + policy.name() + "  the state graph of " + size);
        StateGraph graph = explore().graph();
        int[] edges = new TraceInGraph(graph).edges(trace, file);
        return diverges(graph, fromAnInitialState(graph, edges), format).map(divergence -> {
            try {
                return finding(graph, format, divergence);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** A trace may begin with what a crash left: then a shortest way there comes first, as it makes those files. */
    private static int[] fromAnInitialState(StateGraph graph, int[] edges) {
        int start = edges.length == 0 ? -1 : graph.source(edges[0]);
        if (start < 0 || Arrays.stream(graph.initialStates()).anyMatch(state -> state == start)) {
            return edges;
        }
        ShortestPath shortest = new ShortestPath(graph);
        int[] way = IntStream.range(0, graph.edgeCount()).filter(edge -> graph.target(edge) == start).mapToObj(shortest::to)
                .min(Comparator.comparingInt(each -> each.length)).orElseThrow();
        return IntStream.concat(Arrays.stream(way), Arrays.stream(edges)).toArray();
    }

    private ReplayedPolicy.Finding finding(StateGraph graph, LogFormat format, Divergence divergence) throws IOException {
        return new FoundDivergence(spec, policy, size, results, repeat, maker == MirrorMaker.OWN).show(graph, format, divergence,
                path -> diverges(graph, path, format), shown -> worstCase(graph, format, shown));
    }

    /** Of a mirror that is not Lockstep's own, and may have any mistake, it is shown what that leads to. */
    private Optional<WorstCase> worstCase(StateGraph graph, LogFormat format, Divergence divergence) throws IOException {
        try (RigFolder files = files(); ReplayRig rig = rig(graph, format, files.path())) {
            return rig.mirror() instanceof DrivenMirror driven
                    ? WorstCase.of(graph, graph.label(divergence.edge()).action(), new Aftermath(graph, driven)) : Optional.empty();
        }
    }

    private UserMistake misfit(IllegalArgumentException reason) {
        return new UserMistake("the spec in " + spec.path() + " is not one of this mirror: " + reason.getMessage(), reason);
    }

    private RigFolder files() {
        try {
            return RigFolder.in(folder, "lockstep-replay-");
        } catch (IOException e) {
            throw new UserMistake("the mirror's files cannot be in " + folder + ": a folder that can be written was expected, but "
                    + e, e);
        }
    }

    /** Performs a path of a graph, from an initial state on, on a new mirror; returns what is not as the graph says. */
    Optional<Divergence> diverges(StateGraph graph, int[] path, LogFormat format) throws IOException {
        try (RigFolder files = files(); ReplayRig rig = rig(graph, format, files.path())) {
            return rig.path(path);
        }
    }

    private ReplayRig rig(StateGraph graph, LogFormat format, Path files) throws IOException {
        SystemUnderTest mirror = maker.make(files, size, policy, ReplayModel.surroundings(more), format, new Stamps(size.blocks(), ReplayModel.VALUES));
        try {
            return new ReplayRig(graph, mirror, maker.variables(size));
        } catch (IllegalArgumentException e) {
            throw misfit(e);
        }
    }
}
