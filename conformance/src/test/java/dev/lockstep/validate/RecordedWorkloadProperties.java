package dev.lockstep.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.LongTest;
import dev.lockstep.region.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/** Whatever is done to a mirror, what it is seen to do is a behaviour of the specification. */
@LongTest
class RecordedWorkloadProperties {
    /** So many turns of a plan have two mirrors of each kind of which something fails. */
    private static final int TURNS = 40;
    /** TLC's classes are warm after the first. */
    private static final Validator VALIDATOR = new Validator(Path.of("../spec"), Duration.ofMinutes(5));

    @AfterContainer
    static void letGo() {
        VALIDATOR.close();
    }

    @Property(edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF, seed = "20250201", tries = 5)
    void whatAMirrorDoesIsABehaviourOfTheSpecification(@ForAll("mirrors") RunSettings settings) throws IOException {
        Path folder = Files.createTempDirectory("lockstep-recorded");
        try {
            Recording recording = Recording.of(settings, Files.createDirectory(folder.resolve("mirror")));
            assertThat(recording.events()).isGreaterThanOrEqualTo(settings.events());
            List<Validator.Verdict> verdicts = VALIDATOR.judge(List.of(recording), Files.createDirectory(folder.resolve("spec"))).verdicts();
            assertThat(verdicts).allSatisfy(verdict -> assertThat(verdict.rejection().map(Rejection::text))
                    .as("%s", settings).isEmpty());
        } finally {
            delete(folder);
        }
    }

    /** So it is where legs and sync()s fail, two mirrors of a kind together. */
    @Property(edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF, seed = "20250203", tries = 3)
    void whatAMirrorDoesOfWhichSomethingFailsIsABehaviourOfTheSpecification(@ForAll("failing") List<RunSettings> mirrors) throws IOException {
        Path folder = Files.createTempDirectory("lockstep-recorded");
        RunSettings first = mirrors.get(0);
        try {
            List<Recording> recordings = new ArrayList<>();
            for (RunSettings each : mirrors) {
                recordings.add(Recording.of(each, Files.createDirectory(folder.resolve("mirror" + each.seed()))));
            }
            List<Validator.Verdict> verdicts = VALIDATOR.judge(recordings, Files.createDirectory(folder.resolve("spec"))).verdicts();
            assertThat(verdicts).allSatisfy(verdict -> assertThat(verdict.faults()).as("java -jar conformance/target/lockstep.jar validate --killed 0 "
                    + "--policy %s --recordings %s --events %s --seed %s", first.policy().name(), TURNS, first.events(),
                    first.seed() - turn(mirrors)).isEmpty());
        } finally {
            delete(folder);
        }
    }

    /** The first mirror's turn: its seed is so many after the one that the plan begins with. */
    private static int turn(List<RunSettings> mirrors) {
        RunSettings first = mirrors.get(0);
        return IntStream.range(0, TURNS).filter(turn -> failing(first.policy(), first.events(), first.seed() - turn).contains(mirrors)).findFirst().orElseThrow();
    }

    private static List<List<RunSettings>> failing(Policy policy, int events, long seed) {
        return Plan.of(List.of(policy), TURNS, events, seed).stream().map(group -> group.stream().filter(RunSettings::fails).toList()).toList();
    }

    @Provide
    Arbitrary<List<RunSettings>> failing() {
        return Combinators.combine(Arbitraries.of(Policy.all()), Arbitraries.integers().between(0, 3), Arbitraries.integers().between(100, 250),
                Arbitraries.longs().between(0, 1_000_000)).as((policy, kind, events, seed) -> failing(policy, events, seed).get(kind));
    }

    /** So is what a process has done until it is killed, and what is found then. */
    @Property(edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF, seed = "20250202", tries = 3)
    void whatAKilledProcessLeavesIsAllowedByTheSpecification(@ForAll("mirrors") RunSettings settings) throws IOException {
        Path folder = Files.createTempDirectory("lockstep-recorded");
        try {
            Recording recording = new KilledRecording(System.getProperty("java.class.path")).of(settings, Files.createDirectory(folder.resolve("mirror")));
            assertThat(VALIDATOR.judge(List.of(recording), Files.createDirectory(folder.resolve("spec"))).verdicts().get(0).faults())
                    .as("%s", settings).isEmpty();
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    @Provide
    Arbitrary<RunSettings> mirrors() {
        return Combinators.combine(Arbitraries.of(Policy.all()), Arbitraries.integers().between(0, 7), Arbitraries.integers().between(60, 120),
                Arbitraries.longs().between(0, 1_000_000)).as((policy, turn, events, seed) ->
                Plan.of(List.of(policy), turn + 1, events, seed - turn).stream().flatMap(List::stream)
                        .filter(each -> each.seed() == seed).findFirst().orElseThrow());
    }
}
