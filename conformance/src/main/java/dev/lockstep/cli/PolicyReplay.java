package dev.lockstep.cli;

import dev.lockstep.log.LogFormat;
import dev.lockstep.replay.Aftermath;
import dev.lockstep.replay.Divergence;
import dev.lockstep.suite.ShortestPath;
import dev.lockstep.suite.SuiteGenerator;
import dev.lockstep.sut.DrivenMirror;
import dev.lockstep.sut.RigFolder;
import dev.lockstep.sut.Stamps;
import dev.lockstep.sut.SystemUnderTest;
import dev.lockstep.tlc.Model;
import dev.lockstep.tlc.TlcGraph;
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
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/** The replay of one policy at one size: its walks, and how a divergence is shown. */
final class PolicyReplay {
    private static final Duration LONGEST_GRAPH = Duration.ofMinutes(60);

    private final PolicySuite of;
    private final Path folder;
    private final ResultFolder results;
    private final BiFunction<Path, LogFormat, String> repeat;
    private final Progress progress;
    private final MirrorMaker maker;

    /**
     * Nothing is done yet; it will be done on Lockstep's own mirror.
     *
     * @param of      what is replayed
     * @param folder  where the mirror's files are to be
     * @param results where the trace of a divergence is to be kept
     * @param repeat  the command that replays the trace in a file, on a log of a format
     */
    PolicyReplay(PolicySuite of, Path folder, ResultFolder results, BiFunction<Path, LogFormat, String> repeat, Progress progress) {
        this(of, folder, results, repeat, progress, MirrorMaker.OWN);
    }

    /**
     * The same on another mirror.
     *
     * @param maker makes the mirror
     */
    PolicyReplay(PolicySuite of, Path folder, ResultFolder results, BiFunction<Path, LogFormat, String> repeat, Progress progress,
            MirrorMaker maker) {
        this.of = of;
        this.folder = folder;
        this.results = results;
        this.repeat = repeat;
        this.progress = progress;
        this.maker = maker;
    }

    /** Has TLC explore a model's state graph. */
    static StateGraph explore(Model model) {
        return explore(model, 1);
    }

    /** The same with several of TLC's workers. */
    static StateGraph explore(Model model, int workers) {
        return TlcGraph.explore(model, LONGEST_GRAPH, workers);
    }

    /** As the other one, with a suite that is made for it and performed as a whole. */
    List<ReplayedPolicy> run(PolicySuite.Explored explored, List<LogFormat> formats) throws IOException {
        Stopwatch time = new Stopwatch();
        SuiteGenerator.Measured measured = of.suite(explored, Optional.empty(), progress);
        return run(explored, PreparedSuite.of(explored.graph(), measured, Shard.WHOLE, 1, time), formats);
    }

    /**
     * Performs every walk of a suite, once for each format of the log, beside each other.
     *
     * @param explored what the suite is of
     * @return what came of each, in the order of the formats
     */
    List<ReplayedPolicy> run(PolicySuite.Explored explored, PreparedSuite suite, List<LogFormat> formats) throws IOException {
        List<Callable<ReplayedPolicy>> tasks = new ArrayList<>();
        formats.forEach(format -> tasks.add(() -> run(explored, suite, format)));
        return Hunters.run(formats.size(), tasks);
    }

    private ReplayedPolicy run(PolicySuite.Explored explored, PreparedSuite suite, LogFormat format) throws IOException {
        Stopwatch time = new Stopwatch();
        AtomicBoolean enough = new AtomicBoolean();
        LongAdder steps = new LongAdder();
        long all = suite.steps();
        List<Callable<PerformedPart>> tasks = new ArrayList<>();
        for (PreparedSuite.Part part : suite.parts()) {
            tasks.add(() -> perform(suite, part, format, enough, more -> {
                steps.add(more);
                progress.show("replay " + of.policy().name() + "  " + steps + "/" + all + " steps");
            }));
        }
        PerformedPart performed = Hunters.run(tasks.size(), tasks).stream().reduce(PerformedPart::and).orElseThrow();
        double seconds = time.seconds();
        return new ReplayedPolicy(of.policy().name(), LogFormats.name(format), suite.edges(), suite.covered(), performed.steps(),
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
     * @param graph  the graph of this policy and size
     * @param trace  a trace of it
     * @param file   where it was read, to be named if it is none
     * @param format the log's format
     * @return what is not as the model says
     * @throws UserMistake if it is a trace of another model
     */
    Optional<ReplayedPolicy.Finding> run(StateGraph graph, Trace trace, Path file, LogFormat format) throws IOException {
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
        return new FoundDivergence(of, results, repeat, maker == MirrorMaker.OWN).show(graph, format, divergence,
                path -> diverges(graph, path, format), shown -> worstCase(graph, format, shown));
    }

    /** Of a mirror that is not Lockstep's own, and may have any mistake, it is shown what that leads to. */
    private Optional<WorstCase> worstCase(StateGraph graph, LogFormat format, Divergence divergence) throws IOException {
        try (RigFolder files = files(); ReplayRig rig = rig(graph, format, files.path())) {
            return rig.mirror() instanceof DrivenMirror driven
                    ? WorstCase.of(graph, graph.label(divergence.edge()).action(), new Aftermath(graph, driven)) : Optional.empty();
        }
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
        SystemUnderTest mirror = maker.make(files, of.size(), of.policy(), of.surroundings(), format,
                new Stamps(of.size().blocks(), ReplayModel.VALUES));
        try {
            return new ReplayRig(graph, mirror, maker.variables(of.size()));
        } catch (IllegalArgumentException e) {
            throw of.misfit(e);
        }
    }
}
