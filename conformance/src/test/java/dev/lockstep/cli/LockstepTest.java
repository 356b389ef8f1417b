package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LockstepTest {
    @Test
    void helpNamesTheVerbsAndTheExitCodes() {
        Run run = Run.lockstep("--help");
        assertThat(run.exitCode()).isEqualTo(ExitCode.AS_EXPECTED);
        assertThat(run.out()).contains("check", "Exit codes:");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void everyVerbHasHelpAndVersion() {
        Run help = Run.lockstep("check", "--help");
        assertThat(help.exitCode()).isEqualTo(ExitCode.AS_EXPECTED);
        assertThat(help.out()).contains("MODEL", "--out", "--json", "--tla2tools");
        assertThat(Run.lockstep("check", "--version")).isEqualTo(Run.lockstep("--version"));
    }

    @Test
    void versionNamesWhatIsRunning() {
        Run run = Run.lockstep("--version");
        assertThat(run.exitCode()).isEqualTo(ExitCode.AS_EXPECTED);
        assertThat(run.out().lines()).satisfiesExactly(
                line -> assertThat(line).startsWith("lockstep "),
                line -> assertThat(line).matches("commit (unknown|[0-9a-f]{40}(-dirty)?)"),
                line -> assertThat(line).isEqualTo("TLC2 Version 2.18 of 20 March 2023"),
                line -> assertThat(line).startsWith("Java "));
    }

    @Test
    void withoutAVerbOneSentenceSaysWhichThereAre() {
        assertMistake(Run.lockstep(), "a verb was expected: ", "check", "; see lockstep --help");
    }

    @Test
    void anUnknownVerbIsNamedWithThoseLikeIt() {
        assertMistake(Run.lockstep("chekc"), "there is no verb chekc, but there is", "check");
    }

    @Test
    void anUnknownOptionIsNamedWithItsVerb() {
        assertMistake(Run.lockstep("check", "--deeper"), "unknown option: '--deeper'", "; see lockstep check --help");
        assertMistake(Run.lockstep("--deeper"), "unknown option: '--deeper'", "; see lockstep --help");
    }

    @Test
    void anOptionsValueMustFit() {
        assertMistake(Run.lockstep("check", "--jobs", "many"), "'--jobs'", "'many' is not an int");
        assertMistake(Run.lockstep("check", "--jobs", "0"), "--jobs 0", "at least 1 was expected");
    }

    private static void assertMistake(Run run, String... parts) {
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err().lines()).singleElement().asString().startsWith("lockstep: ").contains(parts);
        assertThat(run.out()).isEmpty();
    }
}
