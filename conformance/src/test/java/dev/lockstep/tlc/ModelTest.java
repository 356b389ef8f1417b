package dev.lockstep.tlc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelTest {
    @TempDir
    private Path folder;

    @Test
    void aModelIsCalledAsItsConfiguration() throws IOException {
        Path file = Files.writeString(folder.resolve("MCSmall_claim.cfg"), "INIT Init");

        Model model = Model.read(Specs.directory(), "Small", file);

        assertThat(model.name()).isEqualTo("MCSmall_claim");
        assertThat(model.configuration()).isEqualTo("INIT Init");
        assertThat(model.configurationFile()).isEqualTo("MCSmall_claim.cfg");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> Specs.model("Nothing", "")).isInstanceOf(SpecException.class)
                .hasMessageContaining("there is no module Nothing in").hasMessageContaining("Nothing.tla was expected");
        assertThatThrownBy(() -> Model.read(Specs.directory(), "Small", folder.resolve("no.cfg")))
                .isInstanceOf(SpecException.class)
                .hasMessage("the configuration " + folder.resolve("no.cfg") + " cannot be read");
        assertThatThrownBy(() -> new Model("../x", Specs.directory(), "Small", "")).isInstanceOf(SpecException.class)
                .hasMessageContaining("\"../x\" cannot name a model");
    }

    @Test
    void judgementIsTakenOutAndLinesStay() {
        Configuration configuration = new Configuration("""
                INVARIANT TypeOK \\* INVARIANT Comment
                  Same Other
                CONSTANT N = 1 (* PROPERTY
                Nothing *)
                PROPERTIES Live
                SPECIFICATION Spec
                """);

        assertThat(configuration.withoutJudgement().lines().map(String::strip))
                .containsExactly("", "", "CONSTANT N = 1", "", "", "SPECIFICATION Spec");
        assertThat(configuration.violatedBy(new Message(2110, 1, "Invariant Other is violated."))).contains("Other");
        assertThat(configuration.violatedBy(new Message(2110, 1, "Invariant Comment is violated."))).isEmpty();
        assertThat(configuration.violatedBy(new Message(2116, 1, "Temporal properties were violated.")))
                .contains("Live");
    }
}
