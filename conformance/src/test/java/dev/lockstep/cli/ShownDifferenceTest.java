package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.replay.Difference;
import dev.lockstep.trace.Label;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShownDifferenceTest {
    private static Difference of(String variable, String expected, String observed) {
        return new Difference(variable, expected, observed, Optional.empty());
    }

    @Test
    void ofAVariableThePartThatDiffersIsShown() {
        assertThat(ShownDifference.of(List.of(of("leg", "(0 :> [now |-> <<0>>, may |-> {0}] @@ 1 :> [now |-> <<0>>, may |-> {0}])",
                "(0 :> [now |-> <<0>>, may |-> {0}] @@ 1 :> [now |-> <<1>>, may |-> {0, 1}])")))).containsExactly(
                new ShownDifference("leg[1].may", "{0}", "{0, 1}"), new ShownDifference("leg[1].now[1]", "0", "1"));
    }

    @Test
    void whatIsSaidInWordsIsShownAsItIs() {
        Difference words = of("files", "a file of 8 bytes", "none");
        Difference action = new Difference("enabled", "TRUE", "FALSE", Optional.of(Label.of("Store")));
        assertThat(ShownDifference.of(List.of(words, action))).extracting(ShownDifference::toString).containsExactly(
                "files: expected a file of 8 bytes, observed none", "enabled: expected TRUE, observed FALSE");
        assertThat(ShownDifference.of(List.of())).isEmpty();
    }
}
