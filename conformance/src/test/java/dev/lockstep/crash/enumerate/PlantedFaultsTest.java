package dev.lockstep.crash.enumerate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.log.LogFormat;
import dev.lockstep.mutants.Mutant;
import dev.lockstep.mutants.PlantedMirror;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults planted in the mirror itself: each is caught under a policy that must hold, by the plan that is there for it. */
class PlantedFaultsTest {
    private static final String MACHINE = "dev/lockstep/region/RegionMachine.java";
    private static final String DRIVER = "dev/lockstep/region/Driver.java";
    private static final String DESYNC = "under a bit that says clean|the legs differ: block";

    private static final String TORN = "the log cannot be trusted: .* neither copy of page 1 of its bits is whole";

    @TempDir
    private Path folder;

    private static Mutant.Edit edit(String file, String from, String to) {
        return new Mutant.Edit(file, from, to);
    }

    private static Mutant fault(String id, Mutant.Edit... edits) {
        return new Mutant(id, "", "", "", List.of(), "", List.of(edits));
    }

    private static Mutant kept(String id) {
        return Mutant.kept().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
    }

    private static Arguments caught(Mutant mutant, String policy, Plan plan, String symptom) {
        return Arguments.of(mutant.id(), mutant, policy, plan, symptom);
    }

    /** A resync copies although a write that came before it is still on its way, to the source alone. */
    private static final Mutant RESYNC_DOES_NOT_WAIT = fault("resync-does-not-wait",
            edit(MACHINE, "return writes.pending(region) ? List.of() : resync.copies();", "return resync.copies();"),
            edit(DRIVER, "!resync.idle() && !writes.pending(resync.region()) && resync", "!resync.idle() && resync"));
    private static final Mutant THIRD_LEG_NOT_COPIED = fault("third-leg-not-copied",
            edit("dev/lockstep/region/Resync.java", "if ((targets & 1 << leg) != 0) {", "if ((targets & 1 << leg) != 0 && leg < 2) {"));
    private static final Mutant ROUND_NOT_LEFT = fault("round-not-left",
            edit(MACHINE, "if (round.chosen().remove(region) && ", "if (!round.chosen().contains(region) && "));
    private static final Mutant ONE_LEG_FLUSHED = fault("one-leg-flushed",
            edit("dev/lockstep/volume/Devices.java", "legFlushes[leg] = legs.get(leg).beginFlush();",
                    "legFlushes[leg] = legs.get(0).beginFlush();"));

    static Stream<Arguments> faults() {
        return Stream.of(
                caught(RESYNC_DOES_NOT_WAIT, "BounceCopy", Plan.RESYNC, DESYNC),
                caught(RESYNC_DOES_NOT_WAIT, "CompareLegs", Plan.RESYNC, DESYNC),
                caught(THIRD_LEG_NOT_COPIED, "BounceCopy", Plan.RESYNC, DESYNC + "|of leg 2 does not hold what the source held"),
                caught(kept("not-kicked-out"), "MaybeDirty", Plan.MARK, DESYNC),
                caught(kept("not-kicked-out"), "CompareLegs", Plan.MARK, DESYNC),
                caught(ROUND_NOT_LEFT, "BounceCopy", Plan.MARK, DESYNC),
                caught(ROUND_NOT_LEFT, "MaybeDirty", Plan.MARK, DESYNC),
                caught(ROUND_NOT_LEFT, "NeverClean", Plan.RESYNC, DESYNC),
                caught(ONE_LEG_FLUSHED, "BounceCopy", Plan.MARK, DESYNC),
                caught(kept("legs-not-flushed"), "LockBuffers", Plan.MARK, DESYNC),
                caught(kept("log-not-flushed"), "BounceCopy", Plan.MARK, DESYNC),
                caught(kept("clean-before-copy"), "BounceCopy", Plan.RESYNC, DESYNC + "|is dirty in the log"));
    }

    private List<String> failures(Mutant mutant, String policy, Plan plan, LogFormat format) throws IOException {
        try (PlantedMirror mirror = new PlantedMirror(mutant, Files.createDirectory(folder.resolve("planted")))) {
            return mirror.run(EnumerationOfOne.class, policy, plan.name(), "42", folder.resolve("images").toString(), format.name());
        }
    }

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource("faults")
    void isCaught(String id, Mutant mutant, String policy, Plan plan, String symptom) throws IOException {
        assertThat(failures(mutant, policy, plan, LogFormat.DM)).as(id).anyMatch(each -> each.matches(".* \\(" + plan + ".*(" + symptom + ").*"));
    }

    private static Arguments ofTheLog(String id, String type, String from, String to, String symptom) {
        return Arguments.of(id, fault(id, edit("dev/lockstep/log/" + type + ".java", from, to)), symptom);
    }

    /** Faults of the hardened log, of its labels, and of conversions. */
    static Stream<Arguments> faultsOfTheHardenedLog() {
        return Stream.of(
                ofTheLog("second-copy-before-the-first-is-durable", "HardenedLog", "return () -> {",
                        "try { repeat(covered); } catch (IOException e) { throw new java.io.UncheckedIOException(e); } return () -> {",
                        TORN),
                ofTheLog("wrong-copy-after-a-crash", "Copies", "return second[newer] ? 1 - newer : newer;",
                        "return second[newer] ? newer : 1 - newer;", TORN),
                ofTheLog("log-made-before-the-labels-are-durable", "LegLabel",
                        "to.write(encode(), position(bytes) + (long) copy * PAGE);\n            to.beginFlush().await();",
                        "to.write(encode(), position(bytes) + (long) copy * PAGE);", "while a volume is set up.*does not open"),
                ofTheLog("source-not-voided", "LogConversion", "source.beginFlush().await();", ";", "two logs are trusted"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faultsOfTheHardenedLog")
    void ofTheHardenedLogIsCaught(String id, Mutant mutant, String symptom) throws IOException {
        assertThat(failures(mutant, "BounceCopy", Plan.MARK, LogFormat.HARDENED)).as(id).anyMatch(each -> each.matches(".*(" + symptom + ").*"));
    }

    /** If this one were caught, the others would prove nothing. */
    @Test
    void anEditThatChangesNothingIsNotCaught() throws IOException {
        Mutant equivalent = fault("equivalent", edit(MACHINE, "resync.begin(region, ", "resync.begin(region + 0, "));
        assertThat(failures(equivalent, "BounceCopy", Plan.RESYNC, LogFormat.DM)).isEmpty();
        assertThat(folder.resolve("images")).doesNotExist();
    }

    /** Every fault that the project keeps is among those above, but for those of what no workload here does: scrub, and replace legs. */
    @Test
    void noFaultThatIsKeptIsLeftOut() {
        assertThat(faults().map(each -> (String) each.get()[0])).containsAll(Mutant.kept().stream().filter(each -> each.environment().isEmpty()).map(Mutant::id).toList());
    }
}
