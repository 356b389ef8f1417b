package dev.lockstep.cli;

import dev.lockstep.crash.CrashRun;
import dev.lockstep.crash.CrashSettings;
import dev.lockstep.crash.FlakeyTier;
import dev.lockstep.crash.KernelTier;
import dev.lockstep.crash.KillTier;
import dev.lockstep.crash.enumerate.EnumerateTier;
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
    },
    /** Every crash state of a bounded workload. */
    ENUMERATE("enumerate", 100_000) {
        @Override
        List<CrashRun> run(CrashSettings settings) throws IOException {
            return new EnumerateTier(settings.policies(), settings.formats(), settings.mayDesync(), settings.cycles(), settings.seed(),
                    settings.kept(), settings.progress()).run();
        }
    },
    /** Power cuts through dm-flakey. */
    FLAKEY("flakey", 42) {
        @Override
        List<CrashRun> run(CrashSettings settings) throws IOException {
            return new FlakeyTier(settings).run();
        }
    },
    /** Linux's own mirror. Its experiments are what they are: cycles and policies do not matter. */
    KERNEL("kernel", 1) {
        @Override
        List<CrashRun> run(CrashSettings settings) throws IOException {
            return new KernelTier(settings.kept(), settings.seed(), settings.progress()).run();
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
