package dev.lockstep.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SpecMutatorTest {
    private static final String NEXT = "\nNext == A\n====\n";

    /** The mutants of a module with an action A, by id: what stands there instead. */
    private static Map<String, String> of(String action) {
        Map<String, String> found = new TreeMap<>();
        SpecMutator.mutants(action + NEXT).forEach(mutant -> assertThat(found.put(mutant.id(), mutant.after()))
                .as("two mutants %s", mutant.id()).isNull());
        return found;
    }

    private static SpecMutant mutant(String action, String id) {
        return SpecMutator.mutants(action + NEXT).stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
    }

    @Test
    void aGuardIsDroppedAndNegatedAndAnUpdateDroppedAndUnchangedStays() {
        String action = """
                A ==
                  /\\ x < 3
                  /\\ x' = x + 1
                  /\\ UNCHANGED y
                """;
        assertThat(of(action)).isEqualTo(Map.of("A.guard1.drop", "TRUE", "A.guard1.negate", "~(x < 3)", "A.update.x.drop", "x' = x"));
        assertThat(mutant(action, "A.guard1.negate")).satisfies(mutant -> {
            assertThat(mutant.text()).isEqualTo(action.replace("x < 3", "~(x < 3)") + NEXT);
            assertThat(mutant.line()).isEqualTo(2);
            assertThat(mutant.before()).isEqualTo("x < 3");
            assertThat(mutant.actions()).containsExactly("A");
            assertThat(mutant.keepsGuards()).isFalse();
        });
        assertThat(mutant(action, "A.update.x.drop")).satisfies(mutant -> {
            assertThat(mutant.text().replaceAll(" +\n", "\n")).isEqualTo(action.replace("x + 1", "x") + NEXT);
            assertThat(mutant.keepsGuards()).isTrue();
        });
    }

    @Test
    void aGroupOfActionsIsNoAction() {
        List<SpecMutant> mutants = SpecMutator.mutants("""
                Set(i) == x' = i
                Up(i) == x < i /\\ Set(i)
                Same == UNCHANGED x
                Some == (\\E i \\in S : Up(i)) \\/ Same
                Next == Some
                ====
                """);
        assertThat(mutants).extracting(SpecMutant::id).containsExactly("Set.update.x.drop", "Up.guard1.drop", "Up.guard1.negate");
        assertThat(mutants).allSatisfy(mutant -> assertThat(mutant.actions()).containsExactly("Up"));
    }

    @Test
    void conjunctsOnOneLineAreOneEach() {
        assertThat(of("A == x = 1 /\\ y \\in {1} /\\ x' = 2 /\\ y' \\in {1, 2} /\\ UNCHANGED z\n").keySet()).containsExactly(
                "A.guard1.drop", "A.guard1.negate", "A.guard2.drop", "A.guard2.negate", "A.update.x.drop", "A.update.y.drop");
    }

    @Test
    void whatBelongsToAnIfOrAChooseIsNoConjunctOfTheAction() {
        assertThat(of("""
                A ==
                  /\\ x' = IF y = 1 /\\ z THEN 1 ELSE 2
                  /\\ y' = CHOOSE i \\in S : i > 1 /\\ i < 9
                """)).isEqualTo(Map.of("A.update.x.drop", "x' = x", "A.update.y.drop", "y' = y"));
    }

    @Test
    void theBranchesOfAnIfHaveUpdatesOfTheirOwn() {
        String action = """
                A ==
                  LET p == IF z THEN 1 ELSE 2 IN
                  /\\ IF p = 1
                       THEN x' = 1 /\\ UNCHANGED y
                       ELSE /\\ y' = p
                            /\\ x' = 2
                  /\\ z' = 3
                """;
        assertThat(of(action).keySet()).containsExactly("A.update.x.2.drop", "A.update.x.drop", "A.update.y.drop", "A.update.z.drop");
        assertThat(mutant(action, "A.update.x.2.drop").line()).isEqualTo(6);
        assertThat(mutant(action, "A.update.x.drop").text()).contains("THEN x' = x /\\ UNCHANGED y\n");
    }

    @Test
    void aQuantifiedStepIsTakenApartAndAQuantifiedGuardHasGuardsInside() {
        assertThat(of("""
                A ==
                  /\\ \\E v \\in S :
                       /\\ \\A i \\in I : f[i] = v /\\ g[i]
                       /\\ x' = [i \\in I |-> v]
                  /\\ \\E w \\in {b : b > 1} : y' = w
                """)).containsEntry("A.guard1.drop", "TRUE").containsEntry("A.guard1.1.negate", "~(f[i] = v)")
                .containsEntry("A.guard1.2.drop", "TRUE").containsEntry("A.update.x.drop", "x' = x")
                .containsEntry("A.update.y.drop", "y' = y").hasSize(8);
    }

    @Test
    void aDisjunctionIsOneGuardAndItsConjunctsAreMoreAndItsListStaysOne() {
        String action = """
                A ==
                  /\\ \\/ x = 1
                     \\/ x = 2 /\\ y = 1
                  /\\ \\/ z = 1 /\\ x' = 1
                     \\/ x' = 2
                """;
        assertThat(of(action).keySet()).containsExactly("A.guard1.1.drop", "A.guard1.1.negate", "A.guard1.2.drop", "A.guard1.2.negate",
                "A.guard1.drop", "A.guard1.negate", "A.guard2.drop", "A.guard2.negate", "A.update.x.2.drop", "A.update.x.drop");
        assertThat(mutant(action, "A.guard1.negate").text()).contains("""
                  /\\ ~(\\/ x = 1
                       \\/ x = 2 /\\ y = 1)
                """);
        assertThat(mutant(action, "A.guard1.drop").text()).contains("  /\\ TRUE\n  /\\ \\/ z = 1");
    }

    @Test
    void anImplicationIsOneGuard() {
        assertThat(of("A == (x = 1 /\\ y = 1 => z = 1) /\\ x' = 2\n").keySet())
                .containsExactly("A.guard1.drop", "A.guard1.negate", "A.update.x.drop");
    }

    @Test
    void commentsAndStringsAreNoTla() {
        String action = """
                A == \\* x' = 3 /\\ y
                  /\\ x = "/\\\\ y' = 1"  (* (* x' = 2 *) /\\ x' = 3 *)
                  /\\ x' = "up" \\* \\/ FALSE
                """;
        assertThat(of(action)).containsOnlyKeys("A.guard1.drop", "A.guard1.negate", "A.update.x.drop");
        assertThat(mutant(action, "A.update.x.drop").before()).isEqualTo("x' = \"up\"");
    }

    @Test
    void definitionsThatAnActionUsesAreMutatedIfTheyHavePrimesAndOthersAreNot() {
        List<SpecMutant> mutants = SpecMutator.mutants("""
                Small == x < 3 /\\ y
                Unused == x' = 1
                Reset(v) == /\\ x' = v
                            /\\ y' = FALSE
                Up == Small /\\ Reset(1)
                Down(i) ==
                  /\\ x > i
                  /\\ Reset(0)
                Stay == x = 1 /\\ UNCHANGED <<x, y>>

                Next ==
                  \\/ Up
                  \\/ \\E i \\in {1} : Down(i)
                  \\/ Stay
                Spec == Init /\\ [][Next]_x
                ====
                """);
        assertThat(mutants.stream().map(SpecMutant::id)).containsExactly("Reset.update.x.drop", "Reset.update.y.drop",
                "Up.guard1.drop", "Up.guard1.negate", "Down.guard1.drop", "Down.guard1.negate", "Stay.guard1.drop", "Stay.guard1.negate");
        assertThat(mutants.get(0).actions()).containsExactlyInAnyOrder("Up", "Down");
    }

    @Test
    void whatIsDroppedLeavesEveryOtherCharacterInItsColumn() {
        String action = """
                A ==
                  /\\ state = "DIRTY" /\\ \\/ x' = 1
                                        \\/ x' = 2
                """;
        assertThat(mutant(action, "A.guard1.drop").text()).contains("  /\\ TRUE            /\\ \\/ x' = 1\n");
    }

    @Test
    void aModuleWithoutNextHasNone() {
        assertThatThrownBy(() -> SpecMutator.mutants("A == x' = 1\n")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the module does not define Next");
    }
}
