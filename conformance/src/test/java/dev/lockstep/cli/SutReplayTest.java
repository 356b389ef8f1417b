package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.LongTest;
import dev.lockstep.sut.ModelGraphs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The replay of a mirror that is not Lockstep's, through the line protocol: the example passes, its bug and any other misbehaviour are findings. */
@LongTest
class SutReplayTest {
    private static final String EXAMPLE = "python3 examples/mirror.py";
    private static final String BUG = EXAMPLE + " --bug-of-2008";

    @TempDir
    private Path temporary;

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        OwnFolders.assertNone();
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).as("processes that were left behind").isEmpty();
    }

    private Run replay(String... arguments) {
        List<String> all = new ArrayList<>(List.of("replay", "--out", temporary.resolve("out").toString()));
        all.addAll(List.of(arguments));
        return Run.of(console -> new ReplayVerb(console, ModelGraphs::of), all.toArray(String[]::new));
    }

    /** A program that greets, and then does this; there is no apostrophe in it. */
    private static String python(String then) {
        return "python3 -c 'import sys, time, json\nsys.stdin.readline()\n"
                + "print(json.dumps({\"n\": 0, \"hello\": \"lockstep-mirror\", \"version\": 1, \"name\": \"test\"}), flush=True)\n" + then + "'";
    }

    /** The smaller graph, in which writes are direct: every edge of the other takes too long for a test, and is replayed by .ci/run. */
    @Test
    void theExamplePassesTheReplayOfEveryEdge() throws IOException {
        Run run = replay("--policy", "BounceCopy", "--environment", "direct", "--sut", EXAMPLE, "--json");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(ExitCode.AS_EXPECTED);
        JsonNode policy = Json.MAPPER.readTree(run.out()).path("policies").path(0);
        assertThat(policy.path("covered").asLong()).isEqualTo(policy.path("edges").asLong()).isGreaterThan(1000);
        assertThat(policy.path("divergences").asInt(-1)).isZero();
    }

    @Test
    void theBugOf2008IsFoundWithATraceThatEndsInLegsThatDifferUnderACleanBit() throws IOException {
        Run run = replay("--policy", "BounceCopy", "--sut", BUG, "--json");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FINDING);
        JsonNode found = Json.MAPPER.readTree(run.out()).path("policies").path(0).path("divergence");
        List<String> trace = new ArrayList<>();
        found.path("prefix").forEach(step -> trace.add(step.asText()));
        int written = trace.indexOf(trace.stream().filter(step -> step.startsWith("LegWrite")).findFirst().orElseThrow());
        assertThat(written).as("one leg is written").isLessThan(trace.size() - 2);
        assertThat(trace.subList(written, trace.size() - 1)).as("then the page is stored into").anyMatch(step -> step.startsWith("Store"));
        assertThat(trace.get(trace.size() - 1)).as("then the other leg is written").startsWith("LegWrite").isNotEqualTo(trace.get(written));
        assertThat(found.path("action").asText()).isEqualTo(trace.get(trace.size() - 1));
        List<String> variables = new ArrayList<>();
        found.path("differences").forEach(each -> variables.add(each.path("variable").asText()));
        int last = variables.size() - 1;
        assertThat(variables.subList(0, last)).as("the parts of what differs").isNotEmpty().allMatch(part -> part.startsWith("leg["));
        assertThat(variables.get(last)).isEqualTo("legs under a clean bit");
        assertThat(found.path("differences").path(last).path("observed").asText())
                .matches("after .*LogWrite, LogFlushBegin, LogFlushEnd the log says durably that the region is clean, and leg 0 has \"block 0 sector 0 "
                        + "value [01]\", leg 1 has \"block 0 sector 0 value [01]\"");
        assertThat(found.path("command").asText()).contains(" --sut '" + BUG + "' --log-format hardened --trace ");
        assertThat(found.path("method").isNull()).isTrue();
        String command = found.path("command").asText();
        Run again = replay("--sut", BUG, "--trace", command.substring(command.indexOf("--trace ") + "--trace ".length()));
        assertThat(again.exitCode()).isEqualTo(ExitCode.FINDING);
        assertThat(again.out()).contains("legs under a clean bit");
    }

    @Test
    void oneThatDiesIsAFindingWithTheTraceTheStepTheEventAndItsLastLines() {
        Run run = replay("--policy", "BounceCopy", "--environment", "direct", "--sut",
                python("line = sys.stdin.readline()\nsys.exit(\"I had enough\")"));
        assertThat(run.exitCode()).isEqualTo(ExitCode.FINDING);
        assertThat(run.out()).contains("divergence at step 1, Restart", "system under test\n    expected  an answer to {\"n\":1,\"event\":\"open\","
                + "\"bits\":[true]}\n    observed  the system under test closed its stdout and ended with exit code 1; the last it has written on its "
                + "stderr is\n      I had enough\n", "divergence-");
    }

    @Test
    void oneThatHangsIsGivenUp() {
        Run run = replay("--policy", "BounceCopy", "--environment", "direct", "--sut-timeout", "0.5", "--sut",
                python("time.sleep(1000)"));
        assertThat(run.exitCode()).isEqualTo(ExitCode.FINDING);
        assertThat(run.out()).contains("the system under test did not answer within 0.5 seconds");
    }

    @Test
    void oneThatDoesNotGreetIsAFindingBeforeAnythingTakesLong() {
        Run run = replay("--policy", "BounceCopy", "--sut", "true");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FINDING);
        assertThat(run.out()).startsWith("before the first trace: expected was an answer to {\"n\":0,\"hello\":\"lockstep-mirror\"")
                .contains("but the system under test closed its stdout and ended with exit code 0");
    }

    @Test
    void theKitTellsWhoeverWritesAnAdapterWhereItGoesWrong() throws IOException {
        for (String policy : List.of("BounceCopy", "LockBuffers", "Original")) {
            Run run = replay("--policy", policy, "--kit", "--sut", EXAMPLE);
            assertThat(run.exitCode()).isEqualTo(ExitCode.AS_EXPECTED);
            assertThat(run.out()).contains("right  hello", "it is resynced, and a write waits for that: EndWrite(0)").doesNotContain("WRONG");
        }
        Run run = replay("--policy", "BounceCopy", "--kit", "--sut", BUG);
        assertThat(run.exitCode()).isEqualTo(ExitCode.FINDING);
        assertThat(run.out()).contains("WRONG  a block is written: Issue(0)\n     sent      {\"event\":\"issue\",\"write\":0}\n     expected  wants [",
                "\"from\":\"copy\"", "     got       wants [", "\"from\":\"page\"").endsWith("stopped at step 11\n");
        assertThat(replay("--policy", "MaybeDirty", "--kit", "--sut", EXAMPLE).out()).contains("  1  WRONG  hello",
                "this mirror keeps to BounceCopy, LockBuffers, Original, and not to MaybeDirty");
        assertThat(temporary.resolve("out/kit.json")).exists();
    }

    @Test
    void whatCannotBeStartedOrDoesNotFitIsAMistake() {
        assertMistake("--sut /nonexistent/mirror cannot be started: a program and its arguments were expected, but ", "--policy", "BounceCopy",
                "--sut", "/nonexistent/mirror");
        assertMistake("--sut names no program; a program and its arguments are expected", "--policy", "BounceCopy", "--sut", "");
        assertMistake("--sut a 'b has a quote that does not end; ", "--policy", "BounceCopy", "--sut", "a 'b");
        assertMistake("--sut true is one mirror: one --policy is expected with it, the one that it keeps to", "--sut", "true");
        assertMistake("--kit tries a mirror, and none is named: --sut is expected with it", "--policy", "BounceCopy", "--kit");
        assertMistake("--sut-timeout 0.0 is no time to wait; ", "--policy", "BounceCopy", "--sut", "true", "--sut-timeout", "0");
        assertMistake("--environment fail happens to Lockstep's own mirror only: ", "--policy", "BounceCopy", "--sut", "true", "--environment",
                "fail");
    }

    private void assertMistake(String sentence, String... arguments) {
        Run run = replay(arguments);
        assertThat(run.err().lines()).singleElement().asString().startsWith("lockstep: " + sentence);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aCommandIsDividedAsAShellWould() {
        assertThat(CommandWords.of("--sut", "  python3 -c 'print(\"a  b\")' \"it's\"x '' ")).containsExactly("python3", "-c", "print(\"a  b\")", "it'sx", "");
    }
}
