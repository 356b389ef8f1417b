package dev.lockstep.crash.enumerate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.LongTest;
import dev.lockstep.crash.RecordedCrashes;
import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.store.Leg;
import dev.lockstep.sut.Size;
import dev.lockstep.validate.Recording;
import dev.lockstep.validate.RecordingJson;
import dev.lockstep.validate.Rejection;
import dev.lockstep.validate.RunSettings;
import dev.lockstep.validate.Seam;
import dev.lockstep.validate.Validator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What power cuts leave of recorded workloads is what the specification allows; and what it does not allow is rejected, by name. */
@LongTest
class EnumeratedRecordingsTest {
    private static final Path SPEC = Path.of("../spec");
    private static final List<LogFormat> BOTH = List.of(LogFormat.HARDENED, LogFormat.DM);
    private static final long SEED = 42;

    @TempDir
    private Path folder;
    private final List<String> progress = new ArrayList<>();
    private int folders;

    private Path empty() throws IOException {
        return Files.createDirectory(folder.resolve("folder" + folders++));
    }

    private RecordedCrashes run(List<Policy> policies, int recordings, long seed, UnaryOperator<List<Leg>> doctored) throws IOException {
        return new EnumeratedRecordings(policies, BOTH, recordings, seed, progress::add, new Wiring(doctored, UnaryOperator.identity())).run(SPEC, empty());
    }

    private RecordedCrashes run(Policy policy, UnaryOperator<List<Leg>> doctored) throws IOException {
        return run(List.of(policy), 2, SEED, doctored);
    }

    private static List<Rejection> rejections(RecordedCrashes recorded) {
        return recorded.verdicts().stream().map(Validator.Verdict::rejection).flatMap(Optional::stream).toList();
    }

    @Test
    void everyPolicysPowerCutsLeaveWhatTheSpecificationAllowsAndThatIsCounted() throws IOException {
        RecordedCrashes recorded = run(Policy.all(), 3 * Policy.all().size(), SEED, UnaryOperator.identity());
        assertThat(recorded.verdicts()).hasSize(3 * Policy.all().size()).allSatisfy(each -> assertThat(each.faults()).isEmpty());
        assertThat(recorded.verdicts().stream().map(each -> each.recording().settings().size().toString()).distinct()).containsExactlyInAnyOrder("2x1x2", "1x2x2", "2x1x3");
        assertThat(recorded.crashes()).isGreaterThan(500);
        assertThat(recorded.judged()).isGreaterThanOrEqualTo(recorded.found());
        assertThat(recorded.found()).isLessThanOrEqualTo(recorded.allowed());
        assertThat(recorded.found()).as("nearly all that is allowed").isGreaterThan(recorded.allowed() * 3 / 4);
        assertThat(recorded.kinds()).extracting(RecordedCrashes.Kind::underWay).contains("nothing", "leg 0, leg 1", "leg 2", "log");
        assertThat(recorded.kinds().stream().mapToLong(RecordedCrashes.Kind::found).sum()).isEqualTo(recorded.found());
        assertThat(recorded.kinds()).filteredOn(each -> each.underWay().equals("nothing")).allSatisfy(each -> {
            assertThat(each.allowed()).isEqualTo(each.crashes());
            assertThat(each.found()).isEqualTo(each.crashes());
        });
        assertThat(progress).last().isEqualTo("enumerate  21 of 21 recordings judged");
    }

    private static String recorded(long seed) {
        RunSettings settings = new RunSettings(Policy.MAYBE_DIRTY, new Size(2, 1, 2, 4), RecordedWorkload.storing(), LogFormat.DM, Seam.POOL, seed, 1);
        return RecordingJson.write(new RecordedWorkload(settings, Plan.ANYTHING, Wiring.DIRECT).run());
    }

    @Test
    void theSameSeedRecordsTheSameAndAnotherDoesNot() {
        assertThat(recorded(SEED)).isEqualTo(recorded(SEED)).isNotEqualTo(recorded(SEED + 1));
    }

    /** A flush of a leg is counted and was not done: so what is left is older than the specification allows. */
    @Test
    void aFlushOfTheLegsThatIsSkippedIsRejectedAtWhatAPowerCutLeaves() throws IOException {
        assertThat(rejections(run(Policy.BOUNCE_COPY, DoctoredDevices.legsUnflushed()))).isNotEmpty().allSatisfy(each -> {
            assertThat(each.event()).startsWith("CutFound(");
            assertThat(each.differs()).isNotEmpty().allMatch(difference -> difference.matches("block \\d on leg \\d: a power cut may leave \\{.*} in the specification, found was \\{.*}"));
            assertThat(each.text()).contains("what differs");
        });
    }

    @Test
    void aFlushOfTheLogThatIsSkippedIsRejectedAtWhatAPowerCutLeaves() throws IOException {
        assertThat(rejections(run(Policy.COMPARE_LEGS, DoctoredDevices.logUnflushed()))).isNotEmpty().allSatisfy(each -> {
            assertThat(each.event()).startsWith("CutFound(");
            assertThat(each.differs()).singleElement().asString().startsWith("log: a power cut may leave {").contains("in the specification, found was {");
        });
    }

    /** What is rejected is not counted beside what is allowed. */
    @Test
    void aLegThatDoesNotGetWhatIsWrittenIsRejectedAndNotCounted() throws IOException {
        RecordedCrashes recorded = run(Policy.BOUNCE_COPY, DoctoredDevices.legUnwritten(1));
        assertThat(rejections(recorded)).hasSameSizeAs(recorded.verdicts());
        assertThat(List.of(recorded.crashes(), recorded.judged(), recorded.allowed(), recorded.found())).containsOnly(0L);
    }

    private Optional<Rejection> judged(String json) throws IOException {
        Recording recording = RecordingJson.read(Files.writeString(empty().resolve("doctored.json"), json));
        try (Validator validator = new Validator(SPEC, Duration.ofMinutes(5))) {
            return validator.judge(List.of(recording), empty()).verdicts().get(0).rejection();
        }
    }

    /** A crash state more than there was: a content on a leg that never was there, or bits of a log that nobody wrote. */
    @Test
    void aCrashStateThatTheSpecificationDoesNotAllowIsRejectedByName() throws IOException {
        String right = RecordingJson.write(run(List.of(Policy.MAYBE_DIRTY), 1, SEED, UnaryOperator.identity()).verdicts().get(0).recording());
        assertThat(judged(right)).isEmpty();
        int last = right.lastIndexOf("[\"CutFound\"");
        int leg = right.indexOf('{', last) + 1;
        Rejection onLeg = judged(right.substring(0, leg) + "99, " + right.substring(leg)).orElseThrow();
        assertThat(onLeg.event()).startsWith("CutFound(<<<<{").contains("99");
        assertThat(onLeg.differs()).singleElement().asString().startsWith("block 0 on leg 0: a power cut may leave {").contains("found was {").contains("99");
        int log = right.indexOf("{<<", last);
        int bits = right.indexOf(">>}", log);
        String first = right.substring(log + 1, right.indexOf(">>", log) + 2);
        for (String other : List.of("<<FALSE, TRUE>>", "<<TRUE, FALSE>>", "<<TRUE, TRUE>>", "<<FALSE, FALSE>>")) {
            if (!right.substring(log, bits + 3).contains(other)) {
                Rejection onLog = judged(right.substring(0, log + 1) + other + ", " + first + right.substring(log + 1 + first.length())).orElseThrow();
                assertThat(onLog.event()).startsWith("CutFound(");
                assertThat(onLog.differs()).singleElement().asString().startsWith("log: a power cut may leave {");
                return;
            }
        }
        throw new AssertionError("a power cut may leave any bits at all at the end of " + right);
    }
}
