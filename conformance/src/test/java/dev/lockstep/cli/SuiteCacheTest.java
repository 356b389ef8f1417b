package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.suite.SuiteGenerator;
import dev.lockstep.sut.ModelGraphs;
import dev.lockstep.tlc.Model;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.StateGraph;
import dev.lockstep.trace.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteCacheTest {
    private static final String SPEC = "0123456789abcdef";
    private static final Model MODEL = new Model("Replay_Mine_1x1x2", ModelGraphs.SPEC, "MCMirror", "SPECIFICATION Spec");

    @TempDir
    private Path temporary;
    private Path folder;
    private SuiteCache cache;
    private SuiteCache.Kept kept;

    @BeforeEach
    void keepOne() {
        folder = temporary.resolve("a").resolve("cache");
        cache = new SuiteCache(folder);
        StateGraph graph = graph();
        kept = new SuiteCache.Kept(graph, SuiteGenerator.measured(graph, PreparedSuite::isCrash));
        cache.write(MODEL, SPEC, kept);
    }

    @Test
    void givesBackWhatItWasGiven() throws IOException {
        SuiteCache.Kept read = new SuiteCache(folder).read(MODEL, SPEC).orElseThrow();
        assertThat(read.graph()).hasToString(kept.graph().toString());
        assertThat(read.measured()).isEqualTo(kept.measured());
        assertThat(file().getFileName().toString()).matches("Replay_Mine_1x1x2-[0-9a-f]{16}\\.suite");
    }

    @Test
    void hasNothingOfAnotherSpecOrModel() throws IOException {
        assertThat(cache.read(MODEL, "1123456789abcdef")).isEmpty();
        assertThat(cache.read(new Model(MODEL.name(), ModelGraphs.SPEC, "MCMirror", "SPECIFICATION Spec2"), SPEC)).isEmpty();
        assertThat(cache.notes()).isEmpty();
    }

    @Test
    void noticesEveryByteThatWasChanged() throws IOException {
        byte[] right = Files.readAllBytes(file());
        for (int i = 0; i < right.length; i++) {
            byte[] wrong = right.clone();
            wrong[i] ^= 1;
            assertNotUsed(wrong, "its checksum is not that of what it holds");
        }
    }

    @Test
    void noticesThatTheFileIsCutOffOrEmptyOrLonger() throws IOException {
        byte[] right = Files.readAllBytes(file());
        for (int length : List.of(0, 1, 31, 32, right.length - 1, right.length + 1)) {
            assertNotUsed(Arrays.copyOf(right, length), "its checksum is not that of what it holds");
        }
    }

    @Test
    void doesNotUseAFileThatHasAnothersName() throws IOException {
        byte[] foreign = Files.readAllBytes(file());
        Files.delete(file());
        cache.write(MODEL, "1123456789abcdef", kept);
        assertNotUsedAs(foreign, "1123456789abcdef", "it is of another spec, model, TLC or code");
    }

    @Test
    void makesAnewWhatWasNotAsItShouldBe() throws IOException {
        Files.writeString(file(), "nonsense");
        assertThat(cache.read(MODEL, SPEC)).isEmpty();
        cache.write(MODEL, SPEC, kept);
        assertThat(cache.read(MODEL, SPEC)).isPresent();
    }

    @Test
    void aFolderThatCannotBeIsAMistake() {
        for (Path wrong : List.of(file(), file().resolve("below"), Path.of("/proc/cache"))) {
            assertThatThrownBy(() -> new SuiteCache(wrong)).isInstanceOf(UserMistake.class)
                    .hasMessageStartingWith("the cache cannot be in " + wrong + ": a folder that can be written was expected, but ");
        }
    }

    private void assertNotUsed(byte[] content, String reason) throws IOException {
        assertNotUsedAs(content, SPEC, reason);
    }

    private void assertNotUsedAs(byte[] content, String spec, String reason) throws IOException {
        SuiteCache other = new SuiteCache(folder);
        Files.write(file(), content);
        assertThat(other.read(MODEL, spec)).isEmpty();
        assertThat(other.notes()).containsExactly(file() + " is not used, and made anew: a graph and its suite were expected, but " + reason);
    }

    private Path file() {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertThat(all).as("nothing is left beside the file").hasSize(1);
            return all.get(0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static StateGraph graph() {
        StateGraph.Builder builder = new StateGraph.Builder(List.of("id", "mode"));
        for (int state = 0; state < 3; state++) {
            builder.state(Value.of(state), Value.of(state < 2 ? "down" : "up"));
        }
        builder.initial(0);
        builder.edge(0, Label.of("Restart"), 2);
        builder.edge(2, Label.of("Kill"), 1);
        builder.edge(1, Label.of("Restart"), 2);
        return builder.build();
    }
}
