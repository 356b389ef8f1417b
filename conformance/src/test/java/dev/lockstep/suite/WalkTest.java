package dev.lockstep.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WalkTest {
    @Test
    void walksAreEqualByContent() {
        Walk walk = new Walk(1, new int[] {2, 3});
        assertThat(walk).isEqualTo(new Walk(1, new int[] {2, 3})).hasSameHashCodeAs(new Walk(1, new int[] {2, 3}))
                .isNotEqualTo(new Walk(0, new int[] {2, 3})).isNotEqualTo(new Walk(1, new int[] {2}))
                .hasToString("Walk[start=1, edges=[2, 3]]");
    }

    @Test
    void aSuiteCountsTheStepsOfAllItsWalks() {
        assertThat(new Suite(List.of(new Walk(0, new int[] {2, 3}), new Walk(1, new int[] {4}))).steps()).isEqualTo(3);
        assertThat(new Suite(List.of()).steps()).isZero();
    }
}
