package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.crash.CrashRun;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CrashTextTest {
    private static CrashRun run(String policy, String format, Map<String, Long> workloads) {
        return new CrashRun("enumerate", policy, format, 7, 0, 0, 2048, Map.of("points", 3L), new TreeMap<>(workloads), List.of(), List.of());
    }

    @Test
    void theStatesAreAddedUpByWhatIsDone() {
        String text = CrashText.of(List.of(run("Original", "hardened", Map.of("a leg added in use", 4L, "anything", 3L)),
                run("Original", "dm", Map.of("anything", 7L)), run("BounceCopy", "hardened", Map.of("anything", 7L))));
        assertThat(text).contains("""
                crashes of          hardened  dm
                a leg added in use         4   -
                anything                  10   7
                """);
    }

    @Test
    void whereAllAreOfOneKindNothingIsAddedUp() {
        assertThat(CrashText.of(List.of(run("Original", "dm", Map.of())))).contains("Original  dm").doesNotContain("crashes of");
    }
}
