package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.trace.TlaValueParser;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValueDifferenceTest {
    private static List<String> differences(String from, String to) {
        return ValueDifference.of("v", TlaValueParser.parse(from), TlaValueParser.parse(to)).stream()
                .map(ValueDifference::toString).toList();
    }

    @Test
    void equalValuesDifferInNothing() {
        assertThat(differences("(0 :> [a |-> 1])", "(0 :> [a |-> 1])")).isEmpty();
    }

    @Test
    void onlyTheChangedPartShows() {
        assertThat(differences("(0 :> [a |-> 1, b |-> <<2, 3>>] @@ 2 :> 7)",
                "(0 :> [a |-> 1, b |-> <<2, 4>>] @@ 2 :> 7)"))
                .containsExactly("v[0].b[2]: 3 → 4");
        assertThat(differences("[a |-> 1, b |-> 2]", "[a |-> 3, b |-> 4]"))
                .containsExactly("v.a: 1 → 3", "v.b: 2 → 4");
        assertThat(differences("(\"a b\" :> 1)", "(\"a b\" :> 2)")).containsExactly("v.a b: 1 → 2");
    }

    @Test
    void whatIsNoFunctionOrHasAnotherDomainShowsWhole() {
        assertThat(differences("{1}", "{1, 2}")).containsExactly("v: {1} → {1, 2}");
        assertThat(differences("<<1>>", "<<1, 2>>")).containsExactly("v: <<1>> → <<1, 2>>");
        assertThat(differences("<<>>", "<<1>>")).containsExactly("v: <<>> → <<1>>");
        assertThat(differences("[a |-> 1]", "\"free\"")).containsExactly("v: [a |-> 1] → \"free\"");
    }
}
