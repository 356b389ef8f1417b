package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ModelChoiceTest {
    private static final List<String> NAMES = List.of("MCDisk_TypeOK", "MCMirror_Good_OneStep_Safe",
            "MCMirror_Good_TwoSteps_Safe", "MCMirror_Goodish_OneStep_Safe");

    private static List<String> find(String... given) {
        return new ModelChoice(NAMES.stream().map(ModelName::of).toList()).find(List.of(given)).stream()
                .map(ModelName::name).toList();
    }

    @Test
    void nothingGivenMeansAll() {
        assertThat(find()).isEqualTo(NAMES);
    }

    @Test
    void aModelIsMeantByItsName() {
        assertThat(find(NAMES.get(2))).containsExactly(NAMES.get(2));
        assertThat(find(NAMES.get(2) + ".cfg")).containsExactly(NAMES.get(2));
    }

    @Test
    void theBeginningOfANameMeansAllThatGoOnAfterAnUnderscore() {
        assertThat(find("MCMirror_Good")).containsExactly(NAMES.get(1), NAMES.get(2));
    }

    @Test
    void aPatternMeansAllThatMatch() {
        assertThat(find("*_OneStep_*")).containsExactly(NAMES.get(1), NAMES.get(3));
        assertThat(find("MC????_*")).containsExactly(NAMES.get(0));
    }

    @Test
    void eachModelIsMeantOnceInTheOrderOfTheFolder() {
        assertThat(find(NAMES.get(3), "MCMirror*", NAMES.get(0))).isEqualTo(NAMES);
    }

    @Test
    void anUnknownNameIsAMistakeThatNamesTheNearest() {
        assertThatThrownBy(() -> find(NAMES.get(0), "MCMirror_God_OneStep_Safe")).isInstanceOf(UserMistake.class)
                .hasMessage("there is no model MCMirror_God_OneStep_Safe; the nearest are " + NAMES.get(1) + ", "
                        + NAMES.get(3) + ", " + NAMES.get(2));
    }

    @Test
    void aNameSaysModulePolicyVariantAndProperty() {
        assertThat(Stream.of("MCDisk_TypeOK", "MCMirror_Good_OneStep_Safe", "M_Good_Safe").map(ModelName::of))
                .containsExactly(
                        new ModelName("MCDisk_TypeOK", "MCDisk", "", "", "TypeOK"),
                        new ModelName("MCMirror_Good_OneStep_Safe", "MCMirror", "Good", "OneStep", "Safe"),
                        new ModelName("M_Good_Safe", "M", "Good", "", "Safe"));
    }
}
