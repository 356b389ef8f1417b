package dev.lockstep.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sut.RefusalsOfOne;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the machine refuses what is not enabled is looked at by something that can fail. */
class RefusalsTest {
    @TempDir
    private Path temporary;

    private List<String> found(Mutant mutant, String... possible) throws IOException {
        Path folder = Files.createDirectory(temporary.resolve(mutant.id()));
        Path files = Files.createDirectory(temporary.resolve(mutant.id() + "-files"));
        try (PlantedMirror planted = new PlantedMirror(mutant, folder)) {
            return planted.run(RefusalsOfOne.class, Stream.concat(Stream.of(files.toString()), Arrays.stream(possible)).toArray(String[]::new));
        }
    }

    private static Mutant without(String id, String file, String require) {
        return Mutant.of(id, new Mutant.Edit("dev/lockstep/region/" + file, require, ""));
    }

    @Test
    void aGuardThatIsLeftOutIsFound() throws IOException {
        assertThat(found(without("leg-flush-end", "SweepSteps.java", "require(round.flush(leg) == LegFlush.BUSY, Action.LEG_FLUSH_END);")))
                .containsExactly("after Restart the machine makes the step LegFlushEnd(0, 0), which is not enabled");
        assertThat(found(without("log-write", "RegionMachine.java", "require(log.mayWrite(), Action.LOG_WRITE);")))
                .containsExactly("after LogWrite the machine makes the step LogWrite(0, 0), which is not enabled");
        assertThat(found(Mutant.of("equivalent", new Mutant.Edit("dev/lockstep/region/RegionMachine.java",
                "require(log.mayWrite(), Action.LOG_WRITE);", "require(log.mayWrite() && true, Action.LOG_WRITE);")))).isEmpty();
    }

    /** The step is not offered, so that a replay does not see it. */
    @Test
    void aGuardThatIsTrueWhereTheModelsIsNotIsFound() throws IOException {
        String[] possible = {"LogWrite", "FlushBegin"};
        assertThat(found(Mutant.of("resync-end", new Mutant.Edit("dev/lockstep/region/Driver.java", "return resync.recovering(region) && resync.copied();",
                "return true;")), possible)).containsExactly("after Restart the machine would make ResyncEnd(0)");
        assertThat(found(Mutant.of("none", new Mutant.Edit("dev/lockstep/region/Driver.java", "return resync.recovering(region) && resync.copied();",
                "return resync.copied() && resync.recovering(region);")), possible)).isEmpty();
    }
}
