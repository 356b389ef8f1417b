package dev.lockstep.cli;

import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.suite.SuiteGenerator;
import dev.lockstep.sut.AdapterException;
import dev.lockstep.sut.Size;
import dev.lockstep.tlc.Model;
import dev.lockstep.tlc.TlcVersion;
import dev.lockstep.trace.StateGraph;
import dev.lockstep.trace.Trace;
import dev.lockstep.trace.TraceJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verb {@code replay}: every behaviour of the model's state graph, forced on the mirror. */
@Command(name = "replay", sortOptions = false,
        description = "Makes a suite that covers every edge of the model's state graph, performs it on the mirror over real files, "
                + "and compares all that can be observed after every step.")
final class ReplayVerb extends Verb {
    @Parameters(arity = "0..1", paramLabel = "SIZE", description = "Regions x blocks a region x legs (default: 1x1x2).")
    private Optional<String> size = Optional.empty();

    @Option(names = "--policy", paramLabel = "NAME", description = "Only this policy; may be given more than once.")
    private List<String> names = List.of();

    @Option(names = "--environment", paramLabel = "NAME", description = "What else happens: direct (writes are direct, and no page is stored "
            + "into), fail (a leg stops answering and comes "
            + "back), flushFails (a leg's flush fails), replace (a leg that is out is replaced by a blank one), absent (a volume may "
            + "have yet to get a leg, which replace then brings), syncFails (a sweep's sync() fails or is given up), scrub (a region is suspected and "
            + "resynced); may be given more than once. Where legs fail, writes are direct. Or mmap: a page is stored into and marked in one "
            + "step.")
    private List<String> more = List.of();

    @Option(names = "--slots", paramLabel = "N", description = "How many writes can be in flight at one time (default: as many as there are "
            + "blocks).")
    private Optional<Integer> slots = Optional.empty();

    @Option(names = "--log-format", paramLabel = "FORMAT", defaultValue = LogFormats.HARDENED, description = "The log's format: hardened "
            + "(Lockstep's own), dm (dm-mirror's) or both (default: ${DEFAULT-VALUE}).")
    private String format = LogFormats.HARDENED;

    @Mixin
    private SuiteOptions suites = new SuiteOptions();

    @Option(names = "--trace", paramLabel = "FILE", description = "Only this trace, an ITF file: policy and size are its own.")
    private Optional<Path> trace = Optional.empty();

    @Option(names = "--spec", paramLabel = "DIR", description = "Use the spec in this folder instead of the bundled one.")
    private Optional<Path> spec = Optional.empty();

    @Option(names = "--files", paramLabel = "DIR", description = "Have the legs and the log in a folder in this one (default: in "
            + "memory, if there is a file system for that, else where temporary files are).")
    private Optional<Path> files = Optional.empty();

    @Mixin
    private SutOptions sut;

    private final Function<Model, StateGraph> explorer;

    ReplayVerb(Console console) {
        super(console);
        this.explorer = model -> PolicyReplay.explore(model, suites.threads());
    }

    /** One that has models explored otherwise. */
    ReplayVerb(Console console, Function<Model, StateGraph> explorer) {
        super(console);
        this.explorer = explorer;
    }

    /**
     * The result, as it is kept.
     *
     * @param size        the model's size
     * @param specHash    what tells the spec from others
     * @param slots       how many writes could be in flight at one time
     * @param environment what happened beside what always does
     * @param shard       the shard of each suite that was performed, such as {@code 2/5}; {@code 1/1} is all of it
     * @param folder      {@code tmpfs} if the files were in memory, else {@code disk}
     * @param notes       what was wrong with files of the cache, a sentence each
     * @param policies    what each policy's replay came to
     */
    record Result(String size, String specHash, int slots, List<String> environment, String shard, String folder, List<String> notes,
            List<ReplayedPolicy> policies) {
    }

    /**
     * What was performed, as it is kept beside the result.
     *
     * @param size        the model's size
     * @param specHash    what tells the spec from others
     * @param tlc         TLC's version
     * @param slots       how many writes could be in flight at one time
     * @param environment what happened beside what always does
     * @param suites      each policy's whole suite
     */
    record Suites(String size, String specHash, String tlc, int slots, List<String> environment, List<SuiteManifest> suites) {
    }

    @Override
    VerbResult run(Progress progress) throws IOException {
        List<LogFormat> formats = LogFormats.parseSome("--log-format", format);
        Path folder = filesFolder();
        more.stream().filter(each -> !ReplayModel.MORE.contains(each)).findFirst().ifPresent(each -> {
            throw new UserMistake("nothing that happens in a replay is called " + each + "; " + String.join(", ", ReplayModel.MORE)
                    + " is expected");
        });
        if (more.contains("replace") && Stream.of("fail", "flushFails", "absent").noneMatch(more::contains)) {
            throw new UserMistake("--environment replace: a leg is replaced that is out of use; fail, flushFails or absent is expected with it");
        }
        if (trace.isPresent() && suites.areOfSuites()) {
            throw new UserMistake("--trace is one trace, of which there is no suite: it is expected without --shard, --cache, --list and --export");
        }
        sut.check(trace.isPresent() ? 1 : names.size(), more, trace.isPresent());
        Optional<VerbResult> tried = trace.isPresent() || names.isEmpty() ? Optional.empty() : sut.kit(policy(names.get(0)), folder);
        if (tried.isPresent()) {
            return tried.get();
        }
        try (SpecFolder opened = SpecFolder.open(spec)) {
            return trace.isPresent() ? one(opened, trace.get(), formats, folder, progress) : all(opened, formats, folder, progress);
        } catch (AdapterException e) {
            return SutOptions.refused(e);
        }
    }

    private VerbResult all(SpecFolder opened, List<LogFormat> formats, Path folder, Progress progress) throws IOException {
        Size parsed = withSlots(size.map(ReplayVerb::size).orElse(Size.SMALLEST));
        Shard shard = suites.shard();
        int threads = suites.threads();
        List<Policy> policies = names.isEmpty() ? Policy.all() : names.stream().map(ReplayVerb::policy).toList();
        Optional<SuiteCache> cache = suites.cache();
        sut.greet(parsed, policies.get(0));
        List<PolicySuite> wanted = policies.stream().map(policy -> new PolicySuite(opened, policy, parsed, more)).toList();
        List<ReplayedPolicy> replayed = new ArrayList<>();
        List<SuiteManifest> manifests = new ArrayList<>();
        ExportedTraces traces = new ExportedTraces(suites, folder());
        progress.show("replay  the state graph of " + policies.get(0).name());
        Future<PolicySuite.Explored> next = ahead(wanted.get(0), cache);
        try {
            for (int i = 0; i < wanted.size(); i++) {
                PolicySuite of = wanted.get(i);
                PolicySuite.Explored explored = result(next);
                // One policy is replayed while TLC explores the next one's graph.
                next = i + 1 < wanted.size() ? ahead(wanted.get(i + 1), cache) : next;
                Stopwatch time = new Stopwatch();
                SuiteGenerator.Measured suite = of.suite(explored, cache, progress);
                if (suites.onlyTraces()) {
                    traces.look(of, explored.graph(), suite.suite());
                } else {
                    PreparedSuite prepared = PreparedSuite.of(explored.graph(), suite, shard, threads, time);
                    manifests.add(of.manifest(explored.graph(), suite));
                    replayed.addAll(replay(of, folder, progress).run(explored, prepared, formats));
                }
            }
        } finally {
            next.cancel(true);
        }
        List<String> notes = cache.map(SuiteCache::notes).orElse(List.of());
        if (suites.onlyTraces()) {
            return VerbResult.ofText(traces.text() + notes.stream().map(note -> note + "\n").collect(Collectors.joining()));
        }
        Suites all = new Suites(parsed.toString(), opened.hash(), TlcVersion.bundled(), parsed.slots(), more, manifests);
        folder().write("suites.json", Json.text(all));
        Result result = new Result(parsed.toString(), opened.hash(), parsed.slots(), more, shard.toString(), kind(folder), notes, replayed);
        boolean right = replayed.stream().allMatch(ReplayedPolicy::asExpected);
        return VerbResult.of(right ? Ending.AS_EXPECTED : Ending.FINDING, result, ReplayText.of(result));
    }

    private PolicyReplay replay(PolicySuite of, Path folder, Progress progress) {
        return new PolicyReplay(of, folder, folder(), this::repeat, progress, sut.maker());
    }

    private Future<PolicySuite.Explored> ahead(PolicySuite of, Optional<SuiteCache> cache) {
        FutureTask<PolicySuite.Explored> task = new FutureTask<>(() -> of.explored(explorer, cache));
        Thread thread = new Thread(task, "lockstep-explore");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static PolicySuite.Explored result(Future<PolicySuite.Explored> explored) throws IOException {
        try {
            return explored.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IOException(e.getCause());
        }
    }

    private VerbResult one(SpecFolder opened, Path file, List<LogFormat> formats, Path folder, Progress progress) throws IOException {
        Trace read = read(file);
        Policy policy = Policy.named(read.policy()).orElseThrow(() -> new UserMistake(file + ": the trace's policy is "
                + read.policy() + "; " + policyNames() + " is expected"));
        if (!read.specHash().equals(opened.hash())) {
            throw new UserMistake(file + " is a trace of another model: its spec is " + read.specHash() + ", and this one is "
                    + opened.hash());
        }
        PolicySuite of = new PolicySuite(opened, policy, withSlots(sizeOf(read, file)), more);
        progress.show("replay " + policy.name() + "  the state graph of " + of.size());
        StateGraph graph = explorer.apply(of.model());
        Optional<ReplayedPolicy.Finding> finding = Optional.empty();
        for (LogFormat each : formats) {
            finding = finding.isPresent() ? finding : replay(of, folder, progress).run(graph, read, file, each);
        }
        return new VerbResult(finding.isPresent() ? Ending.FINDING : Ending.AS_EXPECTED, 0, Optional.empty(),
                Optional.empty(), finding.map(ReplayedPolicy.Finding::text).orElse("trace " + read.id() + ": "
                + read.steps().size() + " steps, each as the model says\n"));
    }

    private static Trace read(Path file) {
        try {
            return TraceJson.read(file);
        } catch (IOException e) {
            throw new UserMistake("the trace " + file + " cannot be read: " + e, e);
        }
    }

    private static Size sizeOf(Trace trace, Path file) {
        try {
            return Size.parse(trace.size());
        } catch (IllegalArgumentException e) {
            throw new UserMistake(file + ": " + e.getMessage(), e);
        }
    }

    /** The command that replays a trace of the same spec. */
    private String repeat(Path file, LogFormat on) {
        return "java -jar conformance/target/lockstep.jar replay" + spec.map(folder -> " --spec " + word(folder)).orElse("")
                + sut.again() + more.stream().map(each -> " --environment " + each).collect(Collectors.joining())
                + slots.map(some -> " --slots " + some).orElse("")
                + " --log-format " + LogFormats.name(on) + " --trace " + word(file);
    }

    /** A path as one word of a shell's command. */
    private static String word(Path path) {
        String text = path.toString();
        return text.matches("[\\w./+:@-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    private Size withSlots(Size whole) {
        try {
            return slots.map(some -> new Size(whole.regions(), whole.blocksPerRegion(), whole.legs(), some)).orElse(whole);
        } catch (IllegalArgumentException e) {
            throw new UserMistake("--slots: " + e.getMessage(), e);
        }
    }

    private static Size size(String text) {
        try {
            return Size.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UserMistake(e.getMessage(), e);
        }
    }

    private static Policy policy(String name) {
        return Policy.named(name).orElseThrow(() -> new UserMistake("there is no policy " + name + ": " + policyNames()
                + " was expected"));
    }

    private static String policyNames() {
        return Policy.all().stream().map(Policy::name).collect(Collectors.joining(", "));
    }

    private Path filesFolder() throws IOException {
        Path folder = files.orElseGet(MemoryFolder::orTemporary);
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new UserMistake("the mirror's files cannot be in " + folder + ": a folder that can be written was expected");
        }
        return folder;
    }

    private static String kind(Path folder) throws IOException {
        return Files.getFileStore(folder).type().equals("tmpfs") ? "tmpfs" : "disk";
    }
}
