package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.mutants.SpecMutant;
import dev.lockstep.mutants.SpecMutator;
import dev.lockstep.sut.ModelGraphs;
import dev.lockstep.tlc.Model;
import org.junit.jupiter.api.Test;

class SwitchedOffTest {
    private static final String MODULE = """
            Together == Holds("Together")
            Idle == x = 0
            A ==
              /\\ %s
              /\\ x < 3
              /\\ x' = x + 1
            Next == A
            ====
            """;

    private static boolean off(String guard, String mutant) {
        String module = MODULE.formatted(guard);
        SpecMutant found = SpecMutator.mutants(module).stream().filter(each -> each.id().equals(mutant)).findFirst().orElseThrow();
        return new SwitchedOff(new Model("M", ModelGraphs.SPEC, "MCMirror", """
                CONSTANTS
                  Storing = "mmap"
                  Environment = {"read", "direct"}
                  Off = {}
                """), module).has(found);
    }

    @Test
    void whatAConstantForbidsStaysForbiddenWhateverElseIsDropped() {
        assertThat(off("Happens(\"free\")", "A.guard2.drop")).isTrue();
        assertThat(off("Happens(\"direct\")", "A.guard2.drop")).isFalse();
        assertThat(off("Storing = \"write\"", "A.guard2.drop")).isTrue();
        assertThat(off("Storing = \"mmap\"", "A.guard2.negate")).isFalse();
        assertThat(off("Storing # \"mmap\"", "A.guard2.negate")).isTrue();
        assertThat(off("Storing # \"none\"", "A.guard2.drop")).isFalse();
        assertThat(off("Storing \\in {\"write\", \"storeMark\"}", "A.guard2.drop")).isTrue();
        assertThat(off("~Together", "A.guard2.drop")).isTrue();
        assertThat(off("Together", "A.guard2.drop")).isFalse();
    }

    @Test
    void whatNeedNotBeAConstantForbidsNothing() {
        assertThat(off("~Idle", "A.guard2.drop")).isFalse();
        assertThat(off("mode = \"up\"", "A.guard2.drop")).isFalse();
    }

    @Test
    void theGuardThatForbidsIsNoReasonWhereItIsTheOneThatIsChanged() {
        assertThat(off("Happens(\"free\")", "A.guard1.drop")).isFalse();
        assertThat(off("Happens(\"free\")", "A.guard1.negate")).isFalse();
    }
}
