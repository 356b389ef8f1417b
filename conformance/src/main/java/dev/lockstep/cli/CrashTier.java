package dev.lockstep.cli;

import dev.lockstep.crash.CrashRun;
import dev.lockstep.crash.CrashSettings;
import dev.lockstep.crash.FlakeyTier;
import dev.lockstep.crash.KernelTier;
import dev.lockstep.crash.KillTier;
import dev.lockstep.crash.RecordedCrashes;
import dev.lockstep.crash.RecordedCuts;
import dev.lockstep.crash.RecordedKills;
import dev.lockstep.crash.enumerate.EnumerateTier;
import dev.lockstep.crash.enumerate.EnumeratedRecordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A crash tier, by its name on the command line. */
enum CrashTier {
    /** SIGKILL: 112 volumes make some 300 kills. */
    KILL("kill", 112, 7) {
        @Override
        List<CrashRun> run(CrashSettings settings) throws IOException {
            return new KillTier(settings, System.getProperty("java.class.path")).run();
        }

        @Override
        RecordedCrashes record(CrashSettings settings, int recordings, Path spec) throws IOException {
            return new RecordedKills(settings, recordings, System.getProperty("java.class.path"))
                    .run(spec, Files.createDirectory(settings.work().resolve("recorded")));
        }

        @Override
        String judged(RecordedTier recorded) {
            return String.format(Locale.ROOT, "what each of %,d kills of their processes left", recorded.crashes());
        }
    },
    /** Every crash state of a bounded workload. */
    ENUMERATE("enumerate", 100_000, 21) {
        @Override
        List<CrashRun> run(CrashSettings settings) throws IOException {
            return new EnumerateTier(settings.policies(), settings.formats(), settings.mayDesync(), settings.cycles(), settings.seed(),
                    settings.kept(), settings.progress()).run();
        }

        @Override
        RecordedCrashes record(CrashSettings settings, int recordings, Path spec) throws IOException {
            return new EnumeratedRecordings(settings.policies(), settings.formats(), recordings, settings.seed(), settings.progress())
                    .run(spec, Files.createDirectory(settings.work().resolve("recorded")));
        }

        @Override
        String judged(RecordedTier recorded) {
            return String.format(Locale.ROOT, "each of %,d states that a power cut may leave, at %,d instants of them,", recorded.judged(), recorded.crashes());
        }
    },
    /** Power cuts through dm-flakey. */
    FLAKEY("flakey", 42, 3) {
        @Override
        List<CrashRun> run(CrashSettings settings) throws IOException {
            return new FlakeyTier(settings).run();
        }

        @Override
        RecordedCrashes record(CrashSettings settings, int recordings, Path spec) throws IOException {
            return new RecordedCuts(settings, recordings).run(spec, Files.createDirectory(settings.work().resolve("recorded")));
        }

        @Override
        String judged(RecordedTier recorded) {
            return String.format(Locale.ROOT, "what each of %,d cuts of the power of their devices left", recorded.crashes());
        }
    },
    /** Linux's own mirror. Its experiments are what they are: cycles and policies do not matter. */
    KERNEL("kernel", 1, 0) {
        @Override
        List<CrashRun> run(CrashSettings settings) throws IOException {
            return new KernelTier(settings.kept(), settings.seed(), settings.progress()).run();
        }
    };

    private final String text;
    private final long cycles;
    private final int recordings;

    CrashTier(String text, long cycles, int recordings) {
        this.text = text;
        this.cycles = cycles;
        this.recordings = recordings;
    }

    /** Runs it. */
    abstract List<CrashRun> run(CrashSettings settings) throws IOException;

    /**
     * Records mirrors of the tier, and has TLC judge what crashes of them left. Not to be asked of a tier of which nothing can be recorded.
     *
     * @param recordings how many, at least 1
     * @param spec       the folder with the specification
     */
    RecordedCrashes record(CrashSettings settings, int recordings, Path spec) throws IOException {
        throw new IllegalStateException("nothing can be recorded of the tier " + text);
    }

    /** What of its recordings was judged, in words. */
    String judged(RecordedTier recorded) {
        throw new IllegalStateException("nothing was recorded of the tier " + text);
    }

    /** How many recordings there are if the user does not say; 0 if nothing can be recorded. */
    int recordings() {
        return recordings;
    }

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
