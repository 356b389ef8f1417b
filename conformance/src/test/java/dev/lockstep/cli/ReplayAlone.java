package dev.lockstep.cli;

import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.replay.Divergence;
import dev.lockstep.sut.Size;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.pitest.classinfo.ClassByteArraySource;
import org.pitest.help.PitHelpError;
import org.pitest.testapi.AbstractTestUnit;
import org.pitest.testapi.Configuration;
import org.pitest.testapi.Description;
import org.pitest.testapi.ResultCollector;
import org.pitest.testapi.TestGroupConfig;
import org.pitest.testapi.TestPluginFactory;
import org.pitest.testapi.TestSuiteFinder;
import org.pitest.testapi.TestUnit;
import org.pitest.testapi.TestUnitExecutionListener;
import org.pitest.testapi.TestUnitFinder;

/**
 * The replay as the only test that PIT has, in the profile {@code mutation}: each state graph is a test, and so is the beginning of each
 * graph's suite, as most mutants are found there. A test of PIT's own kind, as JUnit would perform each of them once more whenever PIT starts
 * a Java for mutants, only to learn their names.
 */
public final class ReplayAlone implements TestPluginFactory, Configuration, TestUnitFinder {
    /** Where graphs and suites are kept. */
    private static final String SUITES = "lockstep.suites";
    private static final int BEGINNING = 1_500;
    private static final int REFUSING = 4_000;
    /** More than a table or a set holds before it grows. */
    private static final int WIDE = 20;
    private static final int WALKS = 100;
    private static final int STEPS = 60;
    private static final String NONE = "0 divergences";

    /** Graphs and suites, which each Java of PIT's reads once for all its mutants. */
    private static final Map<ReplayGround, ReplayGround.Prepared> PREPARED = new ConcurrentHashMap<>();

    /** Made by PIT. */
    public ReplayAlone() {
        // What it needs it finds by itself.
    }

    private static ReplayGround whole(String policy, LogFormat format, int shards, String... more) {
        return new ReplayGround(Policy.named(policy).orElseThrow(), List.of(more), Size.SMALLEST, format, ReplayGround.WHOLE, shards);
    }

    private static ReplayGround beginning(String policy, LogFormat format, String size, int edges, String... more) {
        return new ReplayGround(Policy.named(policy).orElseThrow(), List.of(more), Size.parse(size), format, edges, 1);
    }

    private static ReplayGround overlapping(String policy, LogFormat format, int shards) {
        return new ReplayGround(Policy.named(policy).orElseThrow(), List.of("direct"), new Size(1, 1, 2, 2), format, ReplayGround.WHOLE, shards);
    }

    /** Where mutants are sought. */
    static List<ReplayGround> grounds() {
        LogFormat dm = LogFormat.DM;
        LogFormat hardened = LogFormat.HARDENED;
        return List.of(
                whole("Original", dm, 1, "direct"), whole("Original", hardened, 1, "direct"), whole("LockBuffers", dm, 1, "direct"),
                whole("NeverClean", hardened, 1, "direct"), whole("FlushPeriod", dm, 2, "direct"), whole("MaybeDirty", hardened, 2, "direct"),
                whole("BounceCopy", dm, 1, "direct"), whole("CompareLegs", hardened, 2, "direct"),
                whole("LockBuffers", hardened, 2, "mmap"), whole("BounceCopy", dm, 6, "mmap"), whole("MaybeDirty", dm, 16, "mmap"),
                whole("FlushPeriod", hardened, 16, "mmap"), whole("CompareLegs", dm, 16, "mmap"),
                whole("BounceCopy", dm, 40, "fail"), whole("BounceCopy", hardened, 16, "flushFails", "replace"),
                whole("BounceCopy", dm, 1, "direct", "scrub"), whole("MaybeDirty", dm, 16, "syncFails", "mmap"),
                whole("CompareLegs", dm, 50, "fail"), whole("BounceCopy", dm, 3, "absent"),
                overlapping("BounceCopy", dm, 40), overlapping("MaybeDirty", hardened, 40),
                beginning("BounceCopy", dm, "2x1x2", 4000, "mmap"), beginning("MaybeDirty", hardened, "2x1x2", 4000, "mmap"),
                beginning("CompareLegs", dm, "1x2x2", 4000, "mmap"), beginning("BounceCopy", hardened, "1x1x3", 4000, "fail"));
    }

    /** Where the region machine is driven by itself. */
    static List<ReplayGround> driven() {
        return List.of(whole("BounceCopy", LogFormat.DM, 1, "direct"), whole("CompareLegs", LogFormat.HARDENED, 2, "direct"));
    }

    /** Where the machine is driven with many regions for one of the model's. */
    static List<ReplayGround> wide() {
        return List.of(whole("BounceCopy", LogFormat.DM, 1, "direct"), whole("MaybeDirty", LogFormat.HARDENED, 2, "direct"),
                whole("CompareLegs", LogFormat.HARDENED, 2, "direct"));
    }

    /** Where what follows from a step is made at once. */
    static List<ReplayGround> atOnce() {
        return List.of(whole("BounceCopy", LogFormat.DM, 1, "direct"), whole("MaybeDirty", LogFormat.HARDENED, 2, "direct"),
                whole("CompareLegs", LogFormat.HARDENED, 2, "direct"), overlapping("BounceCopy", LogFormat.DM, 40));
    }

    /** Where the machine is asked for what it has to refuse as well: together they have all its steps, possible and not. */
    static List<ReplayGround> refusing() {
        return List.of(whole("BounceCopy", LogFormat.DM, 1, "direct", "scrub"), whole("CompareLegs", LogFormat.HARDENED, 2, "direct"),
                whole("CompareLegs", LogFormat.DM, 50, "fail"), whole("MaybeDirty", LogFormat.DM, 16, "syncFails", "mmap"));
    }

    private static Optional<Divergence> wide(ReplayGround ground) throws IOException {
        return ground.driven(ground.asWideAsCanBe(prepared(ground)), WIDE);
    }

    private static Path suites() {
        return Path.of(System.getProperty(SUITES, "target/suites"));
    }

    private static ReplayGround.Prepared prepared(ReplayGround ground) {
        return PREPARED.computeIfAbsent(ground, key -> {
            try (SpecFolder spec = SpecFolder.open(Optional.empty())) {
                return key.prepare(spec, suites());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /**
     * Makes graphs and suites, so that no Java of PIT's has to, and replays each once.
     *
     * @param arguments none
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String... arguments) throws IOException {
        for (ReplayGround ground : grounds()) {
            Stopwatch time = new Stopwatch();
            ReplayGround.Prepared prepared = prepared(ground);
            double made = time.seconds();
            Stopwatch replayed = new Stopwatch();
            String found = ground.replay(prepared).map(ReplayAlone::text).orElse(NONE);
            System.out.printf("%-50s %7d edges %8d steps, made in %5.1f s, replayed in %5.1f s: %s%n", ground, prepared.graph().edgeCount(),
                    prepared.walks().stream().mapToLong(walk -> walk.edges().length).sum(), made, replayed.seconds(), found);
        }
        for (ReplayGround ground : driven()) {
            System.out.println("driven: " + ground + ": " + ground.driven(prepared(ground), 1).map(ReplayAlone::text).orElse(NONE));
        }
        for (ReplayGround ground : wide()) {
            System.out.println("many regions for one: " + ground + ": " + wide(ground).map(ReplayAlone::text).orElse(NONE));
        }
        for (ReplayGround ground : atOnce()) {
            System.out.println("at once: " + ground + ": " + ground.atOnce(prepared(ground), WALKS, STEPS).orElse(NONE));
        }
        for (ReplayGround ground : refusing()) {
            System.out.println("refusals of " + ground + ": " + ground.refusals(prepared(ground).first(REFUSING)).orElse("every step that is not enabled"));
        }
    }

    private static String text(Divergence divergence) {
        return divergence.label() + ": " + divergence.differences().stream().map(each -> each.variable() + ": expected " + each.expected()
                + ", observed " + each.observed()).collect(Collectors.joining("; "));
    }

    /** Says what it finds. */
    @FunctionalInterface
    private interface Seeking {
        Optional<String> found() throws IOException;
    }

    /** A replay that PIT has performed on each mutant, until one of them finds it. */
    private static final class Replay extends AbstractTestUnit {
        private final Seeking seeking;

        Replay(String name, Seeking seeking) {
            super(new Description(name, ReplayAlone.class));
            this.seeking = seeking;
        }

        @Override
        public void execute(ResultCollector results) {
            results.notifyStart(getDescription());
            try {
                Optional<String> found = seeking.found();
                if (found.isPresent()) {
                    results.notifyEnd(getDescription(), new AssertionError(found.get()));
                } else {
                    results.notifyEnd(getDescription());
                }
            } catch (Throwable e) {
                // Whatever a mutant throws, the replay has noticed it.
                results.notifyEnd(getDescription(), e);
            }
        }
    }

    @Override
    public List<TestUnit> findTestUnits(Class<?> type, TestUnitExecutionListener listener) {
        List<TestUnit> units = new ArrayList<>();
        if (type.equals(ReplayAlone.class)) {
            grounds().forEach(ground -> {
                units.add(new Replay("beginning of " + ground, () -> ground.replay(prepared(ground).first(BEGINNING)).map(ReplayAlone::text)));
                units.add(new Replay(ground.toString(), () -> ground.replay(prepared(ground)).map(ReplayAlone::text)));
            });
            driven().forEach(ground -> units.add(new Replay("machine driven, " + ground, () -> ground.driven(prepared(ground), 1).map(ReplayAlone::text))));
            wide().forEach(ground -> units.add(new Replay("many regions for one, " + ground, () -> wide(ground).map(ReplayAlone::text))));
            atOnce().forEach(ground -> units.add(new Replay("at once, " + ground, () -> ground.atOnce(prepared(ground), WALKS, STEPS))));
            refusing().forEach(ground -> units.add(new Replay("refusals of " + ground, () -> ground.refusals(prepared(ground).first(REFUSING)))));
        }
        return units;
    }

    @Override
    public Configuration createTestFrameworkConfiguration(TestGroupConfig groups, ClassByteArraySource classes, java.util.Collection<String> runners,
            java.util.Collection<String> methods) {
        return this;
    }

    @Override
    public String name() {
        return "replay";
    }

    @Override
    public String description() {
        return "The replay of state graphs";
    }

    @Override
    public TestUnitFinder testUnitFinder() {
        return this;
    }

    @Override
    public TestSuiteFinder testSuiteFinder() {
        return type -> List.of();
    }

    @Override
    public Optional<PitHelpError> verifyEnvironment() {
        return Optional.empty();
    }
}
