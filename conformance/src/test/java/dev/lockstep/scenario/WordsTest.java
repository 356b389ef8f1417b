package dev.lockstep.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sut.ModelGraphs;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
    private static final Pattern STEP = Pattern.compile("\\\\/ (?:\\\\E [^:]*: )?(\\w+)(?:\\([^)]*\\))?$", Pattern.MULTILINE);
    private static final Value ZERO = Value.of(0);

    /** Returns the actions of a module's next-state relation. */
    private static Set<String> actions(String module) throws IOException {
        String text = Files.readString(ModelGraphs.SPEC.resolve(module + ".tla"));
        String next = text.substring(text.indexOf("\nNext ==") + 1);
        Set<String> actions = new LinkedHashSet<>();
        Matcher step = STEP.matcher(next.substring(0, next.indexOf("\n\n")));
        while (step.find()) {
            actions.add(step.group(1));
        }
        return actions;
    }

    @ParameterizedTest
    @ValueSource(strings = {"Generations", "TwoCopies", "OneCopy"})
    void somethingIsSaidOfEveryActionOfTheModulesThatLookIntoTheLog(String module) throws IOException {
        assertThat(actions(module)).hasSizeGreaterThan(10).allSatisfy(action ->
                assertThat(Words.of(module, Label.of(action, ZERO), true)).as(action).isPresent());
    }

    @Test
    void anActionIsThatOfItsModule() {
        Label write = Label.of("LogWrite");
        assertThat(Words.of("Mirror", write, true).orElseThrow().sentence()).contains("volatile cache");
        assertThat(Words.of("Generations", write, true).orElseThrow().sentence()).contains("generation");
        assertThat(Words.of("MirrorHistory", Label.of("LogWriteH"), true)).isEqualTo(Words.of("Mirror", write, true));
        assertThat(Words.of("Tiny", write, true)).isEmpty();
        assertThat(Words.of("", Label.of("Fly"), true)).isEmpty();
    }

    @Test
    void aLegIsNamedByItsNumberIfThatIsKnown() {
        assertThat(Words.of("Mirror", Label.of("LegWrite", ZERO, ZERO, Value.of(1)), true).orElseThrow().actor()).isEqualTo("leg 1");
        assertThat(Words.of("Mirror", Label.of("LegWrite"), false).orElseThrow().actor()).isEqualTo("leg");
        assertThat(Words.of("Generations", Label.of("LabelWrite", Value.of(1)), true).orElseThrow().actor()).isEqualTo("leg 1");
        assertThat(Words.of("Generations", Label.of("LabelWrite"), false).orElseThrow().actor()).isEqualTo("leg");
    }

    @Test
    void aCrashIsOne() {
        for (String action : new String[] {"Kill", "PowerCut"}) {
            assertThat(Words.of("Mirror", Label.of(action), true).orElseThrow().crash()).isTrue();
        }
        assertThat(Words.of("Mirror", Label.of("Restart"), true).orElseThrow().crash()).isFalse();
    }
}
