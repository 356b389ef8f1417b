package dev.lockstep.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the guards of an action are. */
class GuardsTest {
    private static final String MODULE = """
            ---- MODULE Sample ----
            Changed(v) == x' = v
            Free == y = 0

            Take(i, v) ==
              LET r == i + 1 IN
              /\\ Free
              \\* Not here.
              /\\ \\/ x = r
                 \\/ x = v
              /\\ Changed(v)
              /\\ UNCHANGED y

            Idle == UNCHANGED <<x, y>>
            ====
            """;

    @Test
    void theyAreTheConjunctsThatSayNothingOfTheStateAfter() {
        Guards.OfAction found = Guards.of(MODULE).of(new Guards.Action("Take", List.of("0", "1"))).orElseThrow();
        assertThat(found.parameters()).isEqualTo("(i, v)");
        assertThat(found.before()).contains("LET r == i + 1 IN");
        assertThat(found.conjuncts()).hasSize(2);
        assertThat(found.line(0)).isEqualTo("Free");
        assertThat(found.line(1)).isEqualTo("\\/ x = r \\/ x = v");
    }

    @Test
    void whatIsNoConjunctionOrIsNotThereHasNone() {
        Guards guards = Guards.of(MODULE);
        assertThat(guards.of(new Guards.Action("Idle", List.of()))).isEmpty();
        assertThat(guards.of(new Guards.Action("Nowhere", List.of()))).isEmpty();
    }

    @Test
    void theActionsThatRecordingsHaveAreFoundInTheSpecification() throws IOException {
        Guards guards = Guards.of(Files.readString(Path.of("../spec/Mirror.tla")));
        assertThat(List.of("WriteBackClear", "DirectWrite", "CopyPage", "Submit", "Issue", "LegWrite", "EndWrite", "FlushBegin", "CertifyBegin", "LegFlushEnd",
                "FlushEnd", "CertifyEnd", "LogWrite", "LogFlushBegin", "LogFlushEnd", "Nominate", "SyncBegin", "SyncEnd", "Compare", "Suspect", "ResyncBegin",
                "ResyncCopy", "ResyncEnd", "UnmountBegin", "UnmountEnd", "Store", "MarkPageDirty", "MarkFirst", "Restart", "Kill"))
                .allSatisfy(action -> assertThat(guards.of(new Guards.Action(action, List.of()))).as(action).isPresent());
    }
}
