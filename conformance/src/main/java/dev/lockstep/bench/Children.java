package dev.lockstep.bench;

import dev.lockstep.bench.inside.BenchChild;
import dev.lockstep.region.Policy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Processes of their own in which something is measured: {@link BenchChild}. */
final class Children {
    private static final int HALTED = 137;

    private Children() {
    }

    /** Has a process use a volume and die in the middle of it, and another open it and resync it. */
    static CrashFigure crash(Path folder, Policy policy) throws IOException {
        String[] used = run(folder, HALTED, "64m", "use", policy.name());
        String[] recovered = run(folder, 0, "64m", "recover", policy.name());
        return new CrashFigure(policy.name(), Long.parseLong(used[0]), Integer.parseInt(recovered[0]), Long.parseLong(recovered[1]));
    }

    /** Makes a volume on sparse files, and has a process with little memory open it, sweep it and look at it. */
    static ScaleFigure scale(Path folder, long bytes) throws IOException {
        run(folder, 0, "256m", "make", Long.toString(bytes));
        String[] found = run(folder, 0, "48m", "open", Long.toString(bytes));
        return new ScaleFigure(bytes, Integer.parseInt(found[0]), Double.parseDouble(found[1]), Long.parseLong(found[2]),
                Double.parseDouble(found[3]), Double.parseDouble(found[4]));
    }

    private static String[] run(Path folder, int expected, String heap, String task, String argument) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>(List.of(java.toString(), "-Xmx" + heap, "-cp", System.getProperty("java.class.path"),
                BenchChild.class.getName(), task, folder.toString(), argument));
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            child.getOutputStream().close();
            String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = child.waitFor();
            String[] lines = said.strip().split("\n");
            String last = lines[lines.length - 1];
            if (code != expected || !last.startsWith(BenchChild.ANSWER)) {
                throw new IOException("the child process for " + task + " ended with exit code " + code + ", not " + expected + ": " + said);
            }
            return last.substring(BenchChild.ANSWER.length()).split(" ");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a child process was waited for", e);
        } finally {
            child.destroyForcibly();
        }
    }
}
