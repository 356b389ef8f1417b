package dev.lockstep.cli;

import dev.lockstep.crash.CrashRun;
import dev.lockstep.crash.CrashSettings;
import dev.lockstep.crash.KillTier;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A crash tier, by its name on the command line. */
enum CrashTier {
    /** SIGKILL: 112 volumes make some 300 kills. */
    KILL("kill", 112) {
        @Override
        List<CrashRun> run(CrashSettings settings) throws IOException {
            return new KillTier(settings, System.getProperty("java.class.path")).run();
        }
    };

    private final String text;
    private final long cycles;

    CrashTier(String text, long cycles) {
        this.text = text;
        this.cycles = cycles;
    }

    /** Runs it. */
    abstract List<CrashRun> run(CrashSettings settings) throws IOException;

    /** How many cycles there are if the user does not say. */
    long cycles() {
        return cycles;
    }

    /** Returns the tier of this name. */
    static CrashTier named(String name) {
        return Arrays.stream(values()).filter(tier -> tier.text.equals(name)).findFirst().orElseThrow(() -> new UserMistake(
                "there is no crash tier " + name + ": " + Arrays.stream(values()).map(CrashTier::toString)
                        .collect(Collectors.joining(", ")) + " was expected"));
    }

    @Override
    public String toString() {
        return text;
    }
}
