package dev.lockstep.cli;

import dev.lockstep.log.LogFormat;
import dev.lockstep.replay.Divergence;
import dev.lockstep.sut.CopiesGround;
import dev.lockstep.sut.OneGround;
import dev.lockstep.sut.OwnDriver;
import dev.lockstep.sut.Size;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    /** Of all replays only those are performed in whose name this regular expression is found. */
    private static final String ONLY = "lockstep.only";
    private static final int BEGINNING = 1_500;
    private static final int REFUSING = 4_000;
    /** More than a table or a set holds before it grows. */
    private static final int WIDE = 20;
    private static final Size TWO_REGIONS = new Size(2, 1, 2, 1);
    private static final Size TWO_REGIONS_AND_WRITES = new Size(2, 1, 2, 2);
    private static final Size TWO_BLOCKS_AND_WRITES = new Size(1, 2, 2, 2);
    private static final Size THREE_LEGS = new Size(1, 1, 3, 1);
    private static final int WALKS = 100;
    private static final int STEPS = 60;

    /** Graphs and suites, which each Java of PIT's reads once for all its mutants. */
    private static final Map<ReplayGround, ReplayGround.Prepared> PREPARED = new ConcurrentHashMap<>();

    /** Made by PIT. */
    public ReplayAlone() {
        // What it needs it finds by itself.
    }

    private static ReplayGround whole(String policy, LogFormat format, int shards, String... more) {
        return new ReplayGround(policy, List.of(more), Size.SMALLEST, format, ReplayGround.WHOLE, shards);
    }

    private static ReplayGround beginning(String policy, LogFormat format, String size, int edges, String... more) {
        return new ReplayGround(policy, List.of(more), Size.parse(size), format, edges, 1);
    }

    private static ReplayGround twoSlots(String policy, LogFormat format, int shards) {
        return new ReplayGround(policy, List.of("direct"), new Size(1, 1, 2, 2), format, ReplayGround.WHOLE, shards);
    }

    /** Of a larger volume, whose blocks all have one content. */
    private static ReplayGround larger(String policy, LogFormat format, Size size, int shards, String... more) {
        return new ReplayGround(policy, Stream.concat(Stream.of(more), Stream.of(ReplayGround.ONE_CONTENT)).toList(), size, format,
                ReplayGround.WHOLE, shards);
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
                twoSlots("BounceCopy", dm, 40), twoSlots("MaybeDirty", hardened, 40),
                larger("BounceCopy", hardened, TWO_REGIONS, 3, "direct", "scrub"), larger("CompareLegs", dm, TWO_REGIONS, 3, "direct"),
                larger("MaybeDirty", dm, TWO_REGIONS, 5, "direct", "syncFails"), larger("FlushPeriod", hardened, TWO_REGIONS, 5, "direct"),
                larger("MaybeDirty", hardened, TWO_REGIONS_AND_WRITES, 16, "direct"), larger("BounceCopy", dm, TWO_BLOCKS_AND_WRITES, 1, "direct"),
                larger("BounceCopy", hardened, THREE_LEGS, 60, "fail"), larger("CompareLegs", hardened, TWO_REGIONS, 80, "fail"),
                larger("BounceCopy", dm, TWO_REGIONS, 60, "fail", "replace"),
                beginning("BounceCopy", dm, "2x1x2", 4000, "mmap"), beginning("MaybeDirty", hardened, "2x1x2", 4000, "mmap"),
                beginning("CompareLegs", dm, "1x2x2", 4000, "mmap"), beginning("BounceCopy", hardened, "1x1x3", 4000, "fail"));
    }

    /** Where the region machine is driven by itself. */
    static List<ReplayGround> driven() {
        return List.of(larger("CompareLegs", LogFormat.DM, TWO_REGIONS, 3, "direct"), larger("FlushPeriod", LogFormat.HARDENED, TWO_REGIONS, 5, "direct"),
                whole("BounceCopy", LogFormat.DM, 1, "direct"), whole("CompareLegs", LogFormat.HARDENED, 2, "direct"));
    }

    /** Where the machine is driven with several blocks for one of the model's. */
    static List<ReplayGround> overlapping() {
        return List.of(twoSlots("BounceCopy", LogFormat.DM, 40), twoSlots("MaybeDirty", LogFormat.HARDENED, 40));
    }

    /** Where the machine is driven with many regions for one of the model's. */
    static List<ReplayGround> wide() {
        return List.of(whole("BounceCopy", LogFormat.DM, 1, "direct"), whole("MaybeDirty", LogFormat.HARDENED, 2, "direct"),
                whole("CompareLegs", LogFormat.HARDENED, 2, "direct"), larger("MaybeDirty", LogFormat.DM, TWO_REGIONS, 9, "direct"));
    }

    /** Where what follows from a step is made at once. */
    static List<ReplayGround> atOnce() {
        return List.of(whole("BounceCopy", LogFormat.DM, 1, "direct"), whole("MaybeDirty", LogFormat.HARDENED, 2, "direct"),
                whole("CompareLegs", LogFormat.HARDENED, 2, "direct"), twoSlots("BounceCopy", LogFormat.DM, 40),
                larger("CompareLegs", LogFormat.DM, TWO_REGIONS, 3, "direct"), larger("BounceCopy", LogFormat.HARDENED, THREE_LEGS, 60, "fail"));
    }

    /** Where the machine is asked for what it has to refuse as well: together they have all its steps, possible and not. */
    static List<ReplayGround> refusing() {
        return List.of(whole("BounceCopy", LogFormat.DM, 1, "direct", "scrub"), whole("CompareLegs", LogFormat.HARDENED, 2, "direct"),
                whole("CompareLegs", LogFormat.DM, 50, "fail"), whole("MaybeDirty", LogFormat.DM, 16, "syncFails", "mmap"),
                larger("CompareLegs", LogFormat.DM, TWO_REGIONS, 3, "direct"), larger("MaybeDirty", LogFormat.DM, TWO_REGIONS, 5, "direct", "syncFails"));
    }

    /** Where the log in two copies is replayed by itself: with pages that are full, cut short and several, and the superblock. */
    static List<CopiesGround> copies() {
        return List.of(new CopiesGround(70, 1), new CopiesGround(64, 0), new CopiesGround(2 * CopiesGround.PAGE_REGIONS + 4_100, 3),
                new CopiesGround(2 * CopiesGround.PAGE_REGIONS + 4_100, 2), new CopiesGround(CopiesGround.PAGE_REGIONS + 1, 2),
                new CopiesGround(CopiesGround.PAGE_REGIONS, 0), new CopiesGround(4_096, 1), new CopiesGround(1, 1));
    }

    /** Where the log in dm-mirror's format is replayed by itself: with its sectors in one write and in several, full and cut short. */
    static List<OneGround> ones() {
        int sector = OneGround.SECTOR_REGIONS;
        return List.of(new OneGround(70, List.of(0)), new OneGround(sector + 1, List.of(0, 1)), new OneGround(6 * sector + 1, List.of(0, 6)),
                new OneGround(14 * sector + 100, List.of(13, 14)), new OneGround(6 * sector, List.of(4, 5)), new OneGround(14 * sector, List.of(5, 13)),
                new OneGround(1, List.of(0)), new OneGround(64, List.of(0)), new OneGround(2 * sector, List.of(0, 1)));
    }

    private static Optional<String> driven(ReplayGround ground) throws IOException {
        return ground.driven(prepared(ground), OwnDriver::new).map(ReplayAlone::text);
    }

    private static Optional<String> parts(ReplayGround ground) throws IOException {
        return ground.driven(prepared(ground), OwnDriver::ofParts).map(ReplayAlone::text);
    }

    private static Optional<String> wide(ReplayGround ground) throws IOException {
        return ground.driven(ground.asWideAsCanBe(prepared(ground)), (size, policy) -> new OwnDriver(size, policy, WIDE)).map(ReplayAlone::text);
    }

    private static Optional<String> inOnePlace(ReplayGround ground) throws IOException {
        return ground.driven(ground.asWideAsCanBe(prepared(ground)), OwnDriver::inOnePlace).map(ReplayAlone::text);
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
     * Makes graphs and suites, so that no Java of PIT's has to. PIT performs each replay before it begins, and goes no further if one finds something.
     *
     * @param arguments none; or one, and each replay whose name contains it is performed and what it finds is told
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String... arguments) throws IOException {
        Stream<List<ReplayGround>> all = arguments.length == 0 && System.getProperty(ONLY, "").isEmpty() ? Stream.of(grounds(), driven(), wide(), atOnce(), refusing()) : Stream.of();
        all.flatMap(List::stream).distinct().parallel().forEach(ground -> {
            Stopwatch time = new Stopwatch();
            ReplayGround.Prepared prepared = prepared(ground);
            System.out.printf("%-50s %7d edges %8d steps, made in %5.1f s%n", ground, prepared.graph().edgeCount(),
                    prepared.walks().stream().mapToLong(walk -> walk.edges().length).sum(), time.seconds());
        });
        tell("TwoCopies", PreparedLog.of(suites(), copies().get(0)));
        ones().forEach(ground -> tell(ground.graph(), PreparedLog.of(suites(), ground)));
        for (Map.Entry<String, Seeking> each : arguments.length == 0 ? Set.<Map.Entry<String, Seeking>>of() : seeking().entrySet()) {
            if (!each.getKey().contains(arguments[0])) {
                continue;
            }
            Stopwatch time = new Stopwatch();
            String found = each.getValue().found().orElse("nothing found");
            System.out.printf("%-80s %5.1f s: %s%n", each.getKey(), time.seconds(), found);
        }
    }

    private static void tell(String name, PreparedLog log) {
        System.out.printf("%s: %d edges, %d steps%n", name, log.graph().edgeCount(), log.walks().stream().mapToLong(walk -> walk.length).sum());
    }

    /** All that PIT has performed, by name. */
    private static Map<String, Seeking> seeking() {
        Map<String, Seeking> all = new LinkedHashMap<>();
        copies().forEach(ground -> all.put("beginning of " + ground, () -> PreparedLog.of(suites(), ground).replay(ground::replay, PreparedLog.STEPS / 8)));
        copies().stream().filter(ground -> ground.regions() < CopiesGround.PAGE_REGIONS).forEach(ground -> all.put(ground.toString(),
                () -> PreparedLog.of(suites(), ground).replay(ground::replay, PreparedLog.STEPS)));
        ones().forEach(ground -> {
            all.put("beginning of " + ground, () -> PreparedLog.of(suites(), ground).replay(ground::replay, PreparedLog.STEPS / 8));
            int steps = ground.regions() > 2 * OneGround.SECTOR_REGIONS ? PreparedLog.STEPS : PreparedLog.ALL;
            all.put(ground.toString(), () -> PreparedLog.of(suites(), ground).replay(ground::replay, steps));
        });
        grounds().forEach(ground -> {
            all.put("beginning of " + ground, () -> ground.replay(prepared(ground).first(BEGINNING)).map(ReplayAlone::text));
            all.put(ground.toString(), () -> ground.replay(prepared(ground)).map(ReplayAlone::text));
        });
        driven().forEach(ground -> all.put("machine driven, " + ground, () -> driven(ground)));
        overlapping().forEach(ground -> all.put("writes that overlap in part, " + ground, () -> parts(ground)));
        wide().forEach(ground -> all.put("many regions for one, " + ground, () -> wide(ground)));
        all.put("writes looked for in one place, " + wide().get(0), () -> inOnePlace(wide().get(0)));
        atOnce().forEach(ground -> all.put("at once, " + ground, () -> ground.atOnce(prepared(ground), WALKS, STEPS)));
        refusing().forEach(ground -> all.put("refusals of " + ground, () -> ground.refusals(prepared(ground).first(REFUSING))));
        return all;
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
            Pattern only = Pattern.compile(System.getProperty(ONLY, ""));
            seeking().forEach((name, seeking) -> {
                if (only.matcher(name).find()) {
                    units.add(new Replay(name, seeking));
                }
            });
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
