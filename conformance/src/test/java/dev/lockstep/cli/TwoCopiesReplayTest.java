package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.LongTest;
import dev.lockstep.mutants.Mutant;
import dev.lockstep.mutants.PlantedMirror;
import dev.lockstep.sut.CopiesGround;
import dev.lockstep.sut.CopiesOfOne;
import dev.lockstep.tlc.TlcGraph;
import dev.lockstep.trace.GraphFile;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hardened log does what TwoCopies does, and the replay that shows it can find what is wrong with a log. */
@LongTest
class TwoCopiesReplayTest {
    private static final String STEPS = "900";

    @TempDir
    private static Path temporary;

    private static Path graph;

    @BeforeAll
    static void explores() throws IOException {
        graph = temporary.resolve("graph");
        try (SpecFolder spec = SpecFolder.open(Optional.empty());
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(graph)))) {
            GraphFile.write(CopiesGround.withoutRefused(TlcGraph.explore(CopiesGround.model(spec.path()), Duration.ofMinutes(2), 1)), out);
        }
    }

    private static String[] of(String name, int regions, int observed) throws IOException {
        return new String[] {Files.createDirectory(temporary.resolve(name)).toString(), graph.toString(), String.valueOf(regions), String.valueOf(observed), STEPS};
    }

    private static List<String> found(String id, String file, String what, String instead) throws IOException {
        Mutant mutant = Mutant.of(id, new Mutant.Edit("dev/lockstep/log/" + file, what, instead));
        try (PlantedMirror planted = new PlantedMirror(mutant, Files.createDirectory(temporary.resolve(id + "-classes")))) {
            return planted.run(CopiesOfOne.class, of(id, 70, 1));
        }
    }

    @Test
    void aPageOfBitsIsAsTheSpecificationSays() throws IOException {
        assertThat(new CopiesOfOne().apply(List.of(of("bits", 70, 1)))).isEmpty();
        assertThat(new CopiesOfOne().apply(List.of(of("second page", CopiesGround.PAGE_REGIONS + 1, 2)))).isEmpty();
    }

    @Test
    void theSuperblockIsAsTheSpecificationSays() throws IOException {
        assertThat(new CopiesOfOne().apply(List.of(of("superblock", 64, 0)))).isEmpty();
    }

    @Test
    void aWriteOverTheDurableCopyIsFound() throws IOException {
        assertThat(found("durable-overwritten", "Copies.java", "return second[0] ? 0 : 1;", "return second[0] ? 1 : 0;")).singleElement()
                .asString().contains("now: expected");
    }

    @Test
    void flushesThatAreLeftOutAreFound() throws IOException {
        assertThat(found("second-not-flushed", "HardenedLog.java", "if (repeated) {", "if (!repeated) {")).singleElement().asString()
                .contains("the other copies are not flushed");
        assertThat(found("written-since-not-flushed", "HardenedLog.java", "write -> write > covered", "write -> write < 0")).singleElement().asString()
                .contains("Kept: may: expected");
        assertThat(found("superblock-too-early", "HardenedLog.java", "if (page == 0) {\n                leg.beginFlush().await();",
                "if (page < 0) {\n                leg.beginFlush().await();"))
                .singleElement().asString().contains("before");
    }

    @Test
    void aTornCopyThatIsBelievedIsFound() throws IOException {
        assertThat(found("checksum-not-checked", "HardenedFormat.java", "number(page) > 0\n                && page.getInt(CHECKSUM_OFFSET) == checksum(page);",
                "number(page) > 0;")).hasSize(1);
        assertThat(found("volume-not-checked", "HardenedFormat.java", "&& volume(bytes).equals(superblock.volume()) ", "")).hasSize(1);
    }
}
