package dev.lockstep.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sut.Meaning;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The faults that are kept fit the source as it is now. That each compiles and is found is seen where they are hunted. */
class KeptMutantsTest {
    static Stream<Mutant> kept() {
        return Mutant.kept().stream();
    }

    @ParameterizedTest
    @MethodSource("kept")
    void fitsTheSourceOnce(Mutant mutant) throws IOException {
        assertThat(Planting.sources(mutant)).as(mutant.id()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("kept")
    void saysWhatIsWrongAndWhatHasToFindIt(Mutant mutant) {
        assertThat(List.of(mutant.id(), mutant.fault(), mutant.breaks(), mutant.policy())).as(mutant.id()).noneMatch(String::isBlank);
        assertThat(mutant.fault()).endsWith(".");
        switch (mutant.killer()) {
            case REPLAY -> assertThat(Meaning.actions()).as(mutant.id()).contains(mutant.action());
            case ENUMERATE -> assertThat(List.of(mutant.plan(), mutant.symptom())).as(mutant.id()).noneMatch(String::isBlank);
            case VALIDATE -> assertThat(mutant.symptom()).as(mutant.id()).isNotBlank();
        }
    }

    @Test
    void thereAreManyAndEachHasANameOfItsOwn() {
        assertThat(Mutant.kept()).hasSizeGreaterThanOrEqualTo(25).extracting(Mutant::id).doesNotHaveDuplicates();
        assertThat(kept().map(Mutant::killer).filter(Mutant.Killer.VALIDATE::equals)).hasSizeGreaterThanOrEqualTo(4);
    }
}
