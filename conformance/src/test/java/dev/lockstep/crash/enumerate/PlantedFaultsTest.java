package dev.lockstep.crash.enumerate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.LongTest;
import dev.lockstep.log.LogFormat;
import dev.lockstep.mutants.Mutant;
import dev.lockstep.mutants.PlantedMirror;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults planted in the mirror itself: each is caught under a policy that must hold, by the plan that is there for it. */
@LongTest
class PlantedFaultsTest {
    private static final String RESYNC = "dev/lockstep/region/ResyncSteps.java";
    private static final String DRIVER = "dev/lockstep/region/Driver.java";
    private static final String DESYNC = "under a bit that says clean|the legs differ: block";

    private static final String TORN = "the log cannot be trusted: .* neither copy of page 1 of its bits is whole";

    private static final int SEED = 42;
    /** A fault of the log shows in few workloads: so many times the workloads of one seed are tried. */
    private static final int MOST_SEEDS = 8;

    @TempDir
    private Path folder;

    private static Mutant.Edit edit(String file, String from, String to) {
        return new Mutant.Edit(file, from, to);
    }

    private static Mutant fault(String id, Mutant.Edit... edits) {
        return Mutant.of(id, edits);
    }

    private static Mutant kept(String id) {
        return Mutant.kept().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
    }

    private static Arguments caught(Mutant mutant, String policy, Plan plan, String symptom) {
        return Arguments.of(mutant.id(), mutant, policy, plan, symptom);
    }

    /** A resync copies although a write that came before it is still on its way, to the source alone. */
    private static final Mutant RESYNC_DOES_NOT_WAIT = fault("resync-does-not-wait",
            edit(RESYNC, "return writes.pending(region) ? List.of() : resync.copies();", "return resync.copies();"),
            edit(DRIVER, "!resync.idle() && !writes.pending(resync.region()) && resync", "!resync.idle() && resync"));
    private static final Mutant THIRD_LEG_NOT_COPIED = fault("third-leg-not-copied",
            edit("dev/lockstep/region/Resync.java", "if ((targets & 1 << leg) != 0) {", "if ((targets & 1 << leg) != 0 && leg < 2) {"));
    private static final Mutant ROUND_NOT_LEFT = fault("round-not-left",
            edit("dev/lockstep/region/SweepSteps.java", "if (round.chosen().contains(region)) {", "if (!round.chosen().contains(region)) {"));
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
            return failures(mirror, policy, plan, format, SEED);
        }
    }

    private List<String> failures(PlantedMirror mirror, String policy, Plan plan, LogFormat format, int seed) throws IOException {
        return mirror.run(EnumerationOfOne.class, policy, plan.name(), Integer.toString(seed), folder.resolve("images" + seed).toString(), format.name());
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
                ofTheLog("log-made-before-the-labels", "NewVolume",
                        "return format == LogFormat.DM ? DirtyRegionLog.create(log, image) : DirtyRegionLog.create(log, volume, image);",
                        "DirtyRegionLog made = format == LogFormat.DM ? DirtyRegionLog.create(log, image) : DirtyRegionLog.create(log, volume, "
                                + "image); for (Leg leg : legs) { LegLabel.erase(leg, volume.bytes()); } LabelledRecord.label(legs, volume); return made;",
                        "while a volume is set up.*the new log is trusted, and leg \\d does not have its label"),
                ofTheLog("label-not-durable-before-the-log-notes-it", "LegLabel",
                        "to.write(encode(), position(bytes) + (long) copy * PAGE);\n            to.beginFlush().await();",
                        "to.write(encode(), position(bytes) + (long) copy * PAGE);", "a leg is out of use because of a crash|opening does not trust what a crash left"),
                ofTheLog("source-not-voided", "LogConversion", "source.beginFlush().await();", ";", "two logs are trusted"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faultsOfTheHardenedLog")
    void ofTheHardenedLogIsCaught(String id, Mutant mutant, String symptom) throws IOException {
        List<String> failures = new ArrayList<>();
        try (PlantedMirror mirror = new PlantedMirror(mutant, Files.createDirectory(folder.resolve("planted")))) {
            for (int seed = SEED; seed < SEED + MOST_SEEDS && failures.stream().noneMatch(each -> each.matches(".*(" + symptom + ").*")); seed++) {
                failures.addAll(failures(mirror, "BounceCopy", Plan.MARK, LogFormat.HARDENED, seed));
            }
        }
        assertThat(failures).as(id).anyMatch(each -> each.matches(".*(" + symptom + ").*"));
    }

    private static Arguments ofChanges(Mutant mutant, Plan plan, String symptom) {
        return Arguments.of(mutant.id(), mutant, plan, symptom);
    }

    private static final String UNEQUAL = DESYNC + "|of leg 2 does not hold what the source held";
    private static final String DEVICES = "dev/lockstep/volume/Devices.java";
    private static final String RECORD = "dev/lockstep/log/LabelledRecord.java";
    /** The legs that a round flushes are those that were in use when the volume was opened: the new one's resync ends, and is volatile. */
    private static final Mutant NEW_LEG_NOT_FLUSHED = fault("new-leg-counted-in-before-its-resync-is-durable",
            edit(DEVICES, "if ((out & 1 << leg) == 0) {\n                meter.legForces.increment();\n                flushedUses[leg] =",
                    "legFlushes[leg] = () -> { };\n            if (((out | found().out()) & 1 << leg) == 0) {\n                meter.legForces.increment();\n                flushedUses[leg] ="));
    private static final Mutant NEW_LEG_IN_SYNC = fault("new-leg-counted-in-before-its-resync",
            edit("dev/lockstep/region/FailureSteps.java", "state(region, regions.bit(region) ? RegionState.CLEAN : RegionState.NOSYNC);",
                    "state(region, RegionState.CLEAN);"));
    private static final Mutant REMOVAL_NOT_RECORDED = fault("write-acknowledged-before-the-removal-is-recorded",
            edit(DRIVER, "found.legsTodo == 0 && failureRecorded();", "found.legsTodo == 0;"));
    private static final Mutant PLACE_NOT_EMPTIED = fault("removed-and-its-place-not-recorded-as-empty",
            edit("dev/lockstep/volume/Failover.java", "core.devices.record(recorded);\n            } catch (IOException e) {",
                    "if (recorded == null) core.devices.record(recorded);\n            } catch (IOException e) {"));
    private static final Mutant NEW_LEG_NOTED_BY_NOTHING = fault("new-leg-noted-by-no-generation",
            edit(RECORD, "new Superblock.LegEntry(path, true, last.generation())", "new Superblock.LegEntry(path, true, Generation.NONE)"));
    private static final Mutant NEW_LEG_NOT_LABELLED = fault("new-leg-in-use-before-it-has-a-label",
            edit(RECORD, "labelFresh(membership);\n        last =", "last ="));
    private static final Mutant RESYNC_FROM_NEW_LEG = fault("resync-reads-the-leg-that-it-is-for",
            edit(DEVICES, "read(bytes, position, source);\n            write(bytes.flip()", "read(bytes, position, leg);\n            write(bytes.flip()"));
    private static final Mutant OLD_LOG_NOT_ERASED = fault("old-log-not-erased",
            edit("dev/lockstep/log/NewVolume.java", "LogConversion.erase(log);", ""));

    /** A leg's label is erased before it is recorded that the volume has no such leg: an order that the production code alone has. */
    private static final Mutant ERASED_BEFORE_REMOVED = fault("label-erased-before-the-leg-is-removed",
            edit("dev/lockstep/volume/LegChanges.java", "putOut(leg, \"it is to be removed\");",
                    "erase(files.leg(leg)); putOut(leg, \"it is to be removed\");"));
    /** What the labels say of one another is not heeded: all that is left where the log is lost, or is one of dm-mirror's. */
    private static final Mutant LABELS_UNHEEDED = fault("what-labels-know-of-labels-unheeded",
            edit("dev/lockstep/log/FoundRecord.java", ": newest.get().known();",
                    ": volume.slots().stream().map(each -> Generation.NONE).toList();"));
    /** A leg that was to come in, and did not, is believed later. */
    private static final Mutant NEWCOMER_BELIEVED = fault("newcomer-believed",
            edit("dev/lockstep/log/LegLabel.java", " || isOfNewcomer() && !generation.equals(seen)", ""));
    /** Labels are noted that a power cut takes back. */
    private static final Mutant VOLATILE_LABEL_NOTED = fault("volatile-label-noted", edit(RECORD, "record.flush(opened.membership());", ""));
    /** Only bits that are durable are true: the command has said how to name the new leg, and a power cut brings the old bits back. */
    private static final Mutant DIRTY_MARKS_VOLATILE = fault("all-marked-dirty-and-not-durable",
            edit("dev/lockstep/volume/FileVolume.java", "opening.log().writeAll();\n            opening.log().beginFlush().await();",
                    "opening.log().writeAll();"));

    /** Faults of legs that come and go, each caught by the plans that are there for it. */
    static Stream<Arguments> faultsOfChanges() {
        return Stream.of(
                ofChanges(NEW_LEG_NOT_FLUSHED, Plan.ADD, DESYNC),
                ofChanges(NEW_LEG_NOT_FLUSHED, Plan.ADD_CLOSED, DESYNC),
                ofChanges(NEW_LEG_IN_SYNC, Plan.ADD, UNEQUAL),
                ofChanges(kept("blank-before-dirty"), Plan.ADD, UNEQUAL),
                ofChanges(kept("blank-before-dirty"), Plan.REPLACE, UNEQUAL),
                ofChanges(REMOVAL_NOT_RECORDED, Plan.REMOVE, "something acknowledged is lost: block"),
                ofChanges(REMOVAL_NOT_RECORDED, Plan.REPLACE, "something acknowledged is lost: block"),
                ofChanges(PLACE_NOT_EMPTIED, Plan.REMOVE_CLOSED, "opening does not trust what a crash left"),
                ofChanges(NEW_LEG_NOTED_BY_NOTHING, Plan.REPLACE, "leg2: was to come into the volume and did not"),
                ofChanges(NEW_LEG_NOTED_BY_NOTHING, Plan.REPLACE_CLOSED, "leg2: was to come into the volume and did not"),
                ofChanges(NEW_LEG_NOT_LABELLED, Plan.ADD_CLOSED, "opening does not trust what a crash left: leg2: is of generation 1; expected"),
                ofChanges(ERASED_BEFORE_REMOVED, Plan.REMOVE_CLOSED, "opening does not trust what a crash left: leg\\d: has no label that is whole"),
                ofChanges(LABELS_UNHEEDED, Plan.REPLACE_CLOSED, "the log is lost, and the legs are named as devices .*: device \\d is taken"),
                ofChanges(RESYNC_FROM_NEW_LEG, Plan.REPLACE, "is read from leg \\d, device \\d, which need not have it"));
    }

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource("faultsOfChanges")
    void ofALegThatComesOrGoesIsCaught(String id, Mutant mutant, Plan plan, String symptom) throws IOException {
        assertThat(failures(mutant, "BounceCopy", plan, LogFormat.HARDENED)).as(id).anyMatch(each -> each.matches(".* \\(" + plan + ".*(" + symptom + ").*"));
    }

    /** The same where the log does not say which legs there are. */
    static Stream<Arguments> faultsOfChangesWithADmLog() {
        return Stream.of(
                ofChanges(LABELS_UNHEEDED, Plan.REPLACE, "which is no leg of the volume, is named as leg \\d: it is believed"),
                ofChanges(NEWCOMER_BELIEVED, Plan.REPLACE, "which is no leg of the volume, is named as leg \\d: it is believed"),
                ofChanges(VOLATILE_LABEL_NOTED, Plan.REPLACE_CLOSED, "the volume is refused: leg\\d: is not there or cannot be trusted"),
                ofChanges(DIRTY_MARKS_VOLATILE, Plan.ADD_CLOSED, DESYNC));
    }

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource("faultsOfChangesWithADmLog")
    void ofALegThatComesWithADmLogIsCaught(String id, Mutant mutant, Plan plan, String symptom) throws IOException {
        assertThat(failures(mutant, "BounceCopy", plan, LogFormat.DM)).as(id).anyMatch(each -> each.matches(".* \\(" + plan + ".*(" + symptom + ").*"));
    }

    /** A device may hold the log of an older volume. */
    @ParameterizedTest
    @EnumSource(LogFormat.class)
    void anOldLogThatIsNotErasedIsCaught(LogFormat format) throws IOException {
        assertThat(failures(OLD_LOG_NOT_ERASED, "BounceCopy", Plan.MARK, format))
                .anyMatch(each -> each.matches(".*while a volume is set up over an older one.*the older log is trusted, and leg \\d does not have its label.*"));
    }

    /** If this one were caught, the others would prove nothing. */
    @ParameterizedTest
    @EnumSource(names = {"RESYNC", "ADD", "REMOVE", "REPLACE"})
    void anEditThatChangesNothingIsNotCaught(Plan plan) throws IOException {
        Mutant equivalent = fault("equivalent", edit(RESYNC, "resync.begin(region, ", "resync.begin(region + 0, "));
        assertThat(failures(equivalent, "BounceCopy", plan, plan.change().isPresent() ? LogFormat.HARDENED : LogFormat.DM)).isEmpty();
        assertThat(folder.resolve("images")).doesNotExist();
    }
}
