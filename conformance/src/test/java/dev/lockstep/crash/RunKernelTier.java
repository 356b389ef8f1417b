package dev.lockstep.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs the tier {@code kernel} alone, for whoever works on it. It is no test of JUnit's, as it needs QEMU and some minutes:
 * {@code java -cp conformance/target/test-classes:conformance/target/lockstep.jar dev.lockstep.crash.RunKernelTier FOLDER SEED}.
 */
final class RunKernelTier {
    private RunKernelTier() {
    }

    public static void main(String... arguments) throws IOException {
        List<CrashRun> runs = new KernelTier(Path.of(arguments[0]), Long.parseLong(arguments[1]), System.out::println).run();
        runs.forEach(System.out::println);
        if (runs.stream().anyMatch(run -> !run.failures().isEmpty())) {
            throw new AssertionError("not everything was as expected");
        }
    }
}
