package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.LongTest;
import dev.lockstep.tlc.TlcDistribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@LongTest
class DistributedCheckTest {
    @TempDir
    private Path temporary;
    private Path out;
    private TinySpec tiny;

    @BeforeEach
    void prepare() throws IOException {
        out = temporary.resolve("out");
        tiny = new TinySpec(Files.createDirectory(temporary.resolve("spec")));
    }

    private Run check(String... arguments) {
        return tiny.check(out, arguments);
    }

    private void assertMistake(Run run, String... parts) {
        assertThat(run.err().lines()).singleElement().asString().startsWith("lockstep: ").contains(parts);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(out).doesNotExist();
    }

    private void temporal() {
        tiny.pin("MCTiny_Natural", "holds", null, 4, 7, 4);
        tiny.write("MCTiny_Natural.cfg", "SPECIFICATION Spec\nPROPERTY Spec\n");
    }

    @Test
    void theVerdictsAreAsPinnedAndWhatCannotBeJudgedIsLeftOut() throws IOException {
        tiny.holds("MCTiny_Small", 4, "Leap");
        tiny.violated("MCTiny_Tiny", 3);
        temporal();
        Run run = check("--distributed");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(ExitCode.AS_EXPECTED);
        assertThat(run.out()).contains("of 2 verdicts 1 \"holds\" and 1 \"violated\"", "check MODEL does",
                "Left out, because it judges invariants only: 1 model.\n");
        JsonNode result = new ObjectMapper().readTree(out.resolve("check.json").toFile());
        assertThat(result.get("leftOut")).hasToString("[\"MCTiny_Natural\"]");
        assertThat(result.get("workers").intValue()).isBetween(1, 2);
        JsonNode holds = result.get("models").get(0);
        assertThat(holds.get("verdict").textValue()).isEqualTo("holds");
        assertThat(holds.get("distinctStates").intValue()).isEqualTo(4);
        assertThat(holds.get("totalStates").intValue()).isEqualTo(7);
        JsonNode violated = result.get("models").get(1);
        assertThat(violated.get("verdict").textValue()).isEqualTo("violated");
        assertThat(violated.get("counterexampleLength").isNull()).isTrue();
    }

    @Test
    void whatIsNotAsPinnedIsNamed() {
        tiny.pin("MCTiny_Small", "holds", null, 5, 8, 4, "Leap");
        tiny.pin("MCTiny_X_Tiny", "holds", null, 4, 7, 4);
        Run run = check("--distributed", "--workers", "1");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FINDING);
        assertThat(run.out()).contains("MCTiny_Small has 4 distinct states, where 5 were expected\n",
                "MCTiny_Small has 7 generated states, where 8 were expected\n",
                "MCTiny_X_Tiny was expected to hold, but Tiny is violated\n", "with 1 worker.");
    }

    @Test
    void aModelThatCannotBeJudgedIsAMistakeIfItIsNamed() {
        tiny.holds("MCTiny_Small", 4, "Leap");
        temporal();
        assertMistake(check("--distributed", "MCTiny_Natural"), "the model MCTiny_Natural cannot be judged",
                "invariants only was expected");
        assertMistake(check("--distributed", "MCTiny_Nat*"), "the model MCTiny_Natural cannot be judged");
    }

    @Test
    void optionsThatDoNotGoTogetherAreAMistake() {
        tiny.holds("MCTiny_Small", 4, "Leap");
        assertMistake(check("--distributed", "--workers", "0"), "--workers 0 is not possible: at least 1 was expected");
        assertMistake(check("--distributed", "--workers", "-1", "--address", "127.0.0.1"), "at least 0 was expected");
        assertMistake(check("--distributed", "--port", "70000"), "--port 70000 is not possible: 1 to 65535");
        assertMistake(check("--workers", "2"), "--workers needs --distributed");
        assertMistake(check("--port", "2"), "--port needs --distributed");
        assertMistake(check("--address", "here"), "--address needs --distributed or --worker");
        assertMistake(check("--distributed", "--worker", "there"), "one of them was expected");
        assertMistake(check("--distributed", "--pin"), "--pin exclude each other");
        assertMistake(check("--worker", "there:0"), "--worker there:0 is not possible: HOST or HOST:PORT was expected");
        assertMistake(check("--worker", "no such machine"), "HOST or HOST:PORT was expected");
    }

    @Test
    void aWorkerWithoutAServerIsAMistake() {
        WorkerVisit visit = new WorkerVisit("127.0.0.1:1", Duration.ofMillis(500));
        assertThatThrownBy(() -> visit.run(TlcDistribution.bundled(),
                Optional.empty(), 1, Progress.none())).isInstanceOf(UserMistake.class)
                .hasMessageStartingWith("no server answered at 127.0.0.1:1 for 0 seconds");
    }
}
