package dev.lockstep.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceJsonTest {
    private static final Trace TRACE = new Trace("5pec", "Original", "1x1x2", state("up", 0), List.of(
            new Step(Label.of("LegWrite", Value.of(0), Value.of(1)), state("up", 1)),
            new Step(Label.of("Kill"), state("down", 1))));

    @TempDir
    Path folder;
    private Path file;

    @BeforeEach
    void writeTrace() throws IOException {
        file = folder.resolve("trace.itf.json");
        TraceJson.write(TRACE, file);
    }

    @Test
    void readsBackWhatItWrites() throws IOException {
        assertThat(TraceJson.read(file)).isEqualTo(TRACE);
    }

    @Test
    void writesItfWithOneLineAState() throws IOException {
        assertThat(Files.readString(file)).isEqualTo("""
                {
                "#meta": {"format":"ITF","id":"%s","specHash":"5pec","policy":"Original","size":"1x1x2"},
                "vars": ["mode","x"],
                "states": [
                {"#meta":{"index":0,"action":"Init","arguments":[]},"mode":"up","x":0},
                {"#meta":{"index":1,"action":"LegWrite","arguments":[0,1]},"mode":"up","x":1},
                {"#meta":{"index":2,"action":"Kill","arguments":[]},"mode":"down","x":1}
                ]}
                """.formatted(TRACE.id()));
    }

    @Test
    void namesAMissingFile() {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> TraceJson.read(missing)).isInstanceOf(FormatException.class)
                .hasMessage(missing + ": expected a trace (ITF), but there is no such file");
    }

    @Test
    void namesTheLineOfBrokenJson() {
        assertRefused("\"vars\": [", "\"vars\": ]", ": expected a trace (ITF), but it is not JSON: ", "(line 3, ");
    }

    @Test
    void refusesWhatFollowsTheTrace() {
        assertRefused("]}\n", "]} {}", "it is not JSON");
    }

    @Test
    void refusesAStateThatLacksAVariable() {
        assertRefused(",\"x\":1}\n]", "}\n]", ": states[2]: expected a value for each of [mode, x], found [mode]");
    }

    @Test
    void refusesAStateThatIsNone() {
        assertRefused("\"states\": [", "\"states\": [ 7,", ": states[0]: expected a state (object), found 7");
    }

    @Test
    void refusesABadValue() {
        assertRefused("\"x\":1}\n]", "\"x\":{\"#set\":2}}\n]", ": states[2].x.#set: expected an array, found 2");
    }

    @Test
    void refusesAStepWithoutAction() {
        assertRefused("\"action\":\"Kill\",", "", ": states[2].#meta.action: expected a string, found nothing");
    }

    @Test
    void refusesATraceWithoutPolicy() {
        assertRefused("\"policy\":\"Original\",", "", ": #meta.policy: expected a string, found nothing");
    }

    @Test
    void refusesATraceWithoutStates() {
        assertRefused("\"states\"", "\"stages\"", ": states: expected an array, found nothing");
    }

    @Test
    void refusesATraceThatWasChangedAfterItWasNamed() {
        assertRefused("LegWrite", "LegRead", ": #meta.id: expected ", TRACE.id());
    }

    @Test
    void idIsAHashOfEverything() {
        assertThat(TRACE.id()).matches("[0-9a-f]{16}").isEqualTo(new Trace(
                "5pec", "Original", "1x1x2", state("up", 0), TRACE.steps()).id());
        assertThat(List.of(
                new Trace("5pec2", "Original", "1x1x2", TRACE.start(), TRACE.steps()).id(),
                new Trace("5pec", "Original1", "x1x2", TRACE.start(), TRACE.steps()).id(),
                new Trace("5pec", "Original", "1x1x2", state("up", 1), TRACE.steps()).id(),
                new Trace("5pec", "Original", "1x1x2", TRACE.start(), TRACE.steps().subList(0, 1)).id(),
                TRACE.id())).doesNotHaveDuplicates();
    }

    @Test
    void aTraceKeepsItsVariables() {
        List<Step> steps = List.of(new Step(Label.of("Kill"), Map.of("mode", Value.of("down"))));
        assertThatThrownBy(() -> new Trace("s", "p", "1x1x2", state("up", 0), steps))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the state after Kill has the variables [mode], but the trace starts with [mode, x]");
    }

    private void assertRefused(String part, String replacement, String... messageParts) {
        assertThatThrownBy(() -> {
            String text = Files.readString(file);
            assertThat(text).contains(part);
            Files.writeString(file, text.replace(part, replacement));
            TraceJson.read(file);
        }).isInstanceOf(FormatException.class).hasMessageStartingWith(file + ":").hasMessageContainingAll(messageParts);
    }

    private static Map<String, Value> state(String mode, long x) {
        return Map.of("mode", Value.of(mode), "x", Value.of(x));
    }
}
