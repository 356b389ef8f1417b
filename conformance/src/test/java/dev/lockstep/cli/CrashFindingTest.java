package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.LongTest;
import dev.lockstep.log.DmLogFormat;
import dev.lockstep.mutants.Mutant;
import dev.lockstep.mutants.PlantedMirror;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the crash tier says of a desync under a policy that must hold: a fault is planted, and the command that it prints is run. */
@LongTest
class CrashFindingTest {
    private static final Pattern FINDING = Pattern.compile(
            "FINDING BounceCopy: (seed 7, workload .*the legs differ.*; it is repeated by: )java -jar conformance/target/lockstep.jar "
                    + "(crash .*); its images are in (.*)");

    @TempDir
    private Path folder;

    /** A sentence without the place of its images, what the command that it names is, and what the images are. */
    private record Found(String sentence, List<String> command, Path images) {
    }

    private Found found(PlantedMirror mirror, String out, List<String> command) {
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(List.of("--out", folder.resolve(out).toString()));
        List<String> run = mirror.run(CommandLineOfOne.class, arguments.toArray(String[]::new));
        assertThat(run.get(0)).as(run.get(1) + run.get(2)).isEqualTo("" + ExitCode.FINDING);
        Matcher finding = FINDING.matcher(run.get(1));
        assertThat(finding.find()).as(run.get(1)).isTrue();
        return new Found(finding.group(1), List.of(finding.group(2).split(" ")), Path.of(finding.group(3)));
    }

    @Test
    void aDesyncIsRepeatedByTheCommandAndShownByTheImages() throws IOException {
        Mutant mutant = Mutant.of("round-not-left", new Mutant.Edit("dev/lockstep/region/SweepSteps.java",
                "if (round.chosen().contains(region)) {", "if (!round.chosen().contains(region)) {"));
        try (PlantedMirror mirror = new PlantedMirror(mutant, Files.createDirectory(folder.resolve("planted")))) {
            Found first = found(mirror, "first", List.of("crash", "--tier", "enumerate", "--policy", "NeverClean", "--policy", "BounceCopy",
                    "--log-format", "dm", "--cycles", "2000", "--recordings", "0", "--seed", "7"));
            assertThat(first.command).containsExactly("crash", "--tier", "enumerate", "--policy", "BounceCopy", "--log-format", "dm", "--cycles", "1000",
                    "--seed", "7");
            Found again = found(mirror, "again", first.command);
            assertThat(again.sentence).isEqualTo(first.sentence);
            assertThat(again.images).isNotEqualTo(first.images);
            for (String file : List.of("leg0", "leg1", "log")) {
                assertThat(again.images.resolve(file)).hasSameBinaryContentAs(first.images.resolve(file));
            }
            assertDesync(first.images);
        }
    }

    /** What was flushed is leg 0, twice: a power cut may leave of another leg what the specification does not allow. */
    @Test
    void aFlushThatIsSkippedIsRejectedInARecordingThatIsKept() throws IOException {
        Mutant mutant = Mutant.of("one-leg-flushed", new Mutant.Edit("dev/lockstep/volume/Devices.java",
                "legFlushes[leg] = legs.get(leg).beginFlush();", "legFlushes[leg] = legs.get(0).beginFlush();"));
        Path out = folder.resolve("out");
        try (PlantedMirror mirror = new PlantedMirror(mutant, Files.createDirectory(folder.resolve("planted")))) {
            List<String> run = mirror.run(CommandLineOfOne.class, "crash", "--tier", "enumerate", "--policy", "LockBuffers", "--log-format", "dm", "--cycles", "1",
                    "--recordings", "1", "--out", out.toString());
            assertThat(run.get(0)).as(run.get(1) + run.get(2)).isEqualTo("" + ExitCode.FINDING);
            assertThat(run.get(1)).contains("recorded: 1 recordings of ", " events, 1 rejected; ", "rejected: LockBuffers 2x1x2", "    CutFound(",
                    " on leg 1: a power cut may leave {", "validate --recording " + out.resolve("rejected-enumerate-LockBuffers-1.json"));
        }
        assertThat(Json.MAPPER.readTree(Files.readString(out.resolve("enumerate.json"))).path("recorded").path("rejected").asInt()).isEqualTo(1);
        assertThat(Run.lockstep("validate", "--recording", out.resolve("rejected-enumerate-LockBuffers-1.json").toString(), "--out", folder.resolve("again").toString())
                .exitCode()).isEqualTo(ExitCode.FINDING);
    }

    /** The legs differ in a region whose bit in the log, counted by hand, says clean. */
    private static void assertDesync(Path images) throws IOException {
        Matcher regionBytes = Pattern.compile("regionBytes=(\\d+)").matcher(Files.readString(images.resolve("events.txt")));
        assertThat(regionBytes.find()).isTrue();
        int length = Integer.parseInt(regionBytes.group(1));
        byte[] log = Files.readAllBytes(images.resolve("log"));
        byte[] first = Files.readAllBytes(images.resolve("leg0"));
        boolean found = false;
        for (int leg = 1; Files.exists(images.resolve("leg" + leg)); leg++) {
            byte[] other = Files.readAllBytes(images.resolve("leg" + leg));
            for (int region = 0; region * length < first.length; region++) {
                int end = Math.min(first.length, (region + 1) * length);
                boolean clean = (log[DmLogFormat.BITS_OFFSET + region / 8] & 1 << region % 8) != 0;
                found |= clean && !Arrays.equals(first, region * length, end, other, region * length, end);
            }
        }
        assertThat(found).isTrue();
    }
}
