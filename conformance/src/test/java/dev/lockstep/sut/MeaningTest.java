package dev.lockstep.sut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.trace.IntValue;
import dev.lockstep.trace.Label;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MeaningTest {
    private static final Pattern ACTION = Pattern.compile("^\\\\\\* ACTION (\\w+):.*");

    private static List<String> actionsOfTheSpec() throws IOException {
        List<String> found = new ArrayList<>();
        for (String line : Files.readAllLines(ModelGraphs.SPEC.resolve("Mirror.tla"))) {
            Matcher matcher = ACTION.matcher(line);
            if (matcher.matches()) {
                found.add(matcher.group(1));
            }
        }
        return found;
    }

    private static Meaning of(String action) {
        return Meaning.of(Label.of(action, new IntValue(0), new IntValue(0), new IntValue(1)));
    }

    @Test
    void somethingIsSaidOfEveryActionOfTheSpecAndOfNoOther() throws IOException {
        assertThat(actionsOfTheSpec()).hasSizeGreaterThan(25).doesNotHaveDuplicates();
        assertThat(Meaning.actions()).containsExactlyInAnyOrderElementsOf(actionsOfTheSpec());
        assertThatThrownBy(() -> of("Explode")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("action Explode(0, 0, 1) is none of Mirror.tla");
    }

    @Test
    void whatCarriesAnActionOutIsAMethodThatThereIs() throws ReflectiveOperationException {
        for (String action : Meaning.actions()) {
            Meaning meaning = of(action);
            if (meaning.performer().isEmpty()) {
                assertThatThrownBy(meaning::shortName).as(action).isInstanceOf(NoSuchElementException.class);
                continue;
            }
            Class<?> named = Class.forName("dev.lockstep." + meaning.className());
            assertThat(Arrays.stream(named.getDeclaredMethods()).map(method -> method.getName())).as(action).contains(meaning.method());
            assertThat(meaning.shortName()).isEqualTo(named.getSimpleName() + "." + meaning.method());
        }
    }

    @Test
    void everyMeaningIsOneSentence() {
        for (String action : Meaning.actions()) {
            assertThat(of(action).sentence()).as(action).matches("([A-Z]|sync\\(\\) )[^.]*\\.");
        }
    }

    @Test
    void aLegThatActsIsNamedByItsNumber() {
        assertThat(of("LegWrite").actor()).isEqualTo("leg 1");
        assertThat(Meaning.of(Label.of("LegFlushEnd", new IntValue(0))).actor()).isEqualTo("leg 0");
        assertThat(of("LegFails").actor()).isEqualTo("leg 1");
        assertThat(of("Store").actor()).isEqualTo("application");
    }
}
