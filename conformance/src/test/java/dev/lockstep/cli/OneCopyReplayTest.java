package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.LongTest;
import dev.lockstep.mutants.Mutant;
import dev.lockstep.mutants.PlantedMirror;
import dev.lockstep.sut.OneGround;
import dev.lockstep.sut.OneOfOne;
import dev.lockstep.tlc.TlcGraph;
import dev.lockstep.trace.GraphFile;
import dev.lockstep.trace.StateGraph;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log in dm-mirror's format does what OneCopy does, and the replay that shows it can find what is wrong with a log. */
@LongTest
class OneCopyReplayTest {
    private static final String STEPS = "900";
    private static final OneGround TOGETHER = new OneGround(OneGround.SECTOR_REGIONS + 1, List.of(0, 1));
    private static final OneGround APART = new OneGround(6 * OneGround.SECTOR_REGIONS + 1, List.of(0, 6));

    @TempDir
    private static Path temporary;

    @BeforeAll
    static void explores() throws IOException {
        try (SpecFolder spec = SpecFolder.open(Optional.empty())) {
            StateGraph whole = TlcGraph.explore(TOGETHER.model(spec.path()), Duration.ofMinutes(2), 1);
            for (OneGround ground : List.of(TOGETHER, APART)) {
                try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(graph(ground))))) {
                    GraphFile.write(ground.possible(whole), out);
                }
            }
        }
    }

    private static Path graph(OneGround ground) {
        return temporary.resolve(ground.graph());
    }

    private static String[] of(String name, OneGround ground) throws IOException {
        return Stream.concat(Stream.of(Files.createDirectory(temporary.resolve(name)).toString(), graph(ground).toString(), String.valueOf(ground.regions()), STEPS),
                ground.places().stream().map(String::valueOf)).toArray(String[]::new);
    }

    private static List<String> found(String id, String file, String what, String instead) throws IOException {
        Mutant mutant = Mutant.of(id, new Mutant.Edit("dev/lockstep/log/" + file, what, instead));
        try (PlantedMirror planted = new PlantedMirror(mutant, Files.createDirectory(temporary.resolve(id + "-classes")))) {
            return planted.run(OneOfOne.class, of(id, APART));
        }
    }

    @Test
    void aLogInOneWriteAndInSeveralIsAsTheSpecificationSays() throws IOException {
        assertThat(new OneOfOne().apply(List.of(of("together", TOGETHER)))).isEmpty();
        assertThat(new OneOfOne().apply(List.of(of("apart", APART)))).isEmpty();
    }

    @Test
    void aLogThatIsBelievedWithAnothersHeaderIsFound() throws IOException {
        assertThat(found("count-not-checked", "DmLogFormat.java", "count != regions", "count < 0")).hasSize(1);
        assertThat(found("header-not-heeded", "LogContents.java", "if (distrust.isPresent()) {", "if (distrust.isPresent() && regions < 0) {")).hasSize(1);
        assertThat(found("distrusted-clean", "LogContents.java", "return new LogContents(LogImage.allDirty(regions), ", "return new LogContents(LogImage.allClean(regions), "))
                .hasSize(1);
    }

    @Test
    void aHeaderOverBitsThatWereLyingAboutIsFound() throws IOException {
        assertThat(found("not-voided", "DmLog.java", "leg.write(ByteBuffer.allocate(Leg.SECTOR), 0);", "")).singleElement().asString().contains("voided");
        assertThat(found("header-first", "DmLog.java", "if (i == 0 && !headerRight) {", "if (i < 0) {")).singleElement().asString().contains("observed {0=\"right\"");
        assertThat(found("only-the-first", "DmLog.java", "i < DmLogFormat.chunks(image.regions())", "i < 1")).singleElement().asString().contains("not as it was made");
    }
}
