package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchTest {
    @TempDir
    private Path temporary;
    private TinySpec tiny;

    @BeforeEach
    void prepare() {
        tiny = new TinySpec(temporary);
    }

    private List<Batch> together() throws IOException {
        SpecFolder spec = SpecFolder.open(Optional.of(temporary));
        return Batch.together(spec, spec.models(), Pins.read(spec));
    }

    private static List<List<String>> names(List<Batch> batches) {
        return batches.stream().map(batch -> batch.models().stream().map(ModelName::property).toList()).toList();
    }

    @Test
    void modelsThatDifferInTheInvariantOnlyAreJudgedTogether() throws IOException {
        tiny.holds("MCTiny_Natural", 4);
        tiny.holds("MCTiny_Small", 4);
        tiny.holds("MCTiny_Spec", 4);
        assertThat(names(together())).containsExactly(List.of("Natural", "Small", "Spec"));
        assertThat(together().get(0).model().name()).isEqualTo("MCTiny_Natural");
        assertThat(together().get(0).model().configuration())
                .isEqualTo("SPECIFICATION Spec\nINVARIANT Natural Small Spec\n");
        assertThat(together().get(0).expectedStates()).isEqualTo(7);
    }

    @Test
    void modelsThatDifferInAnythingElseAreNot() throws IOException {
        tiny.holds("MCTiny_Natural", 4);
        tiny.holds("MCTiny_Small", 4);
        tiny.write("MCTiny_Small.cfg", "SPECIFICATION Spec\nINVARIANT Small\nCONSTANT A = 1\n");
        tiny.holds("MCOther_Natural", 4);
        tiny.write("MCOther.tla", TinySpec.MODULE.replace("MCTiny", "MCOther"));
        assertThat(together()).hasSize(3);
    }

    @Test
    void whatIsExpectedToBeViolatedOrNotKnownOrNoSingleInvariantIsJudgedByItself() throws IOException {
        tiny.holds("MCTiny_Natural", 4);
        tiny.violated("MCTiny_Tiny", 3);
        tiny.model("MCTiny_Small");
        tiny.holds("MCTiny_Alive", 4);
        tiny.write("MCTiny_Alive.cfg", "SPECIFICATION Spec\nPROPERTY Alive\n");
        tiny.holds("MCTiny_Two", 4);
        tiny.write("MCTiny_Two.cfg", "SPECIFICATION Spec\nINVARIANT Small\nINVARIANT Natural\n");
        assertThat(names(together())).containsExactly(List.of("Alive"), List.of("Natural"), List.of("Small"),
                List.of("Tiny"), List.of("Two"));
    }
}
