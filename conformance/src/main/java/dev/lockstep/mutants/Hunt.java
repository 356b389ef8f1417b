package dev.lockstep.mutants;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the replay on a mutant, in a process of its own whose class path has the mutant's classes first. */
public final class Hunt {
    private static final long LONGEST_MINUTES = 20;
    private static final int FINDING = 3;

    private final String classes;
    private final String mainClass;

    /**
     * A hunt that has caught nothing yet.
     *
     * @param classes   the class path of the real classes
     * @param mainClass the command line's main class
     */
    public Hunt(String classes, String mainClass) {
        this.classes = classes;
        this.mainClass = mainClass;
    }

    /**
     * What became of a mutant.
     *
     * @param mutant the mutant
     * @param action the action that the finding names; none if the mutant survived
     * @param steps  how many steps the finding's trace has; 0 if the mutant survived
     * @param found  what the finding says differs
     */
    public record Catch(Mutant mutant, Optional<String> action, int steps, List<String> found) {

        /** {@return whether there was a finding, and it names the action at fault} */
        public boolean killed() {
            return action.isPresent() && action.get().replaceAll("\\(.*", "").equals(mutant.action());
        }
    }

    /**
     * Plants a mutant and replays.
     *
     * @param mutant the mutant
     * @param folder an empty folder: all that the mutant, its replay and TLC write goes there, and stays there
     * @return what became of it
     * @throws IOException          if it cannot be planted, or the replay ends otherwise than with or without a finding
     * @throws InterruptedException if this thread is interrupted; the process is ended
     */
    public Catch of(Mutant mutant, Path folder) throws IOException, InterruptedException {
        Path planted = Planting.plant(mutant, folder, classes);
        Path out = folder.resolve("result");
        int exit = replay(mutant, planted, out, folder);
        if (exit != 0 && exit != FINDING) {
            throw new IOException("mutant " + mutant.id() + ": the replay ended with exit code " + exit + ": "
                    + Files.readString(folder.resolve("printed")));
        }
        JsonNode divergence = new ObjectMapper().readTree(out.resolve("replay.json").toFile())
                .path("policies").path(0).path("divergence");
        if (!divergence.isObject()) {
            return new Catch(mutant, Optional.empty(), 0, List.of());
        }
        List<String> found = Stream.iterate(0, i -> i < divergence.path("differences").size(), i -> i + 1)
                .map(divergence.path("differences")::get)
                .map(each -> each.path("variable").asText() + ": expected " + each.path("expected").asText() + ", observed "
                        + each.path("observed").asText()).toList();
        return new Catch(mutant, Optional.of(divergence.path("action").asText()), divergence.path("step").asInt(), found);
    }

    private int replay(Mutant mutant, Path planted, Path out, Path folder) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        // A hunt is short: the second compiler costs it a fifth more processor time than it gains.
        List<String> command = new ArrayList<>(List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx2g",
                "-Djava.io.tmpdir=" + temporary,
                // Java keeps this one in /tmp whatever it is told, and a process that is killed leaves it there.
                "-XX:-UsePerfData",
                "-cp", planted + File.pathSeparator + classes, mainClass,
                "replay", "--policy", mutant.policy(), "--log-format", "dm", "--files", temporary.toString(), "--out", out.toString()));
        mutant.environment().forEach(each -> command.addAll(List.of("--environment", each)));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true).redirectOutput(folder.resolve("printed").toFile()).start();
        Thread hook = new Thread(process::destroyForcibly, "lockstep-mutant-cleanup");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            process.getOutputStream().close();
            if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                throw new IOException("mutant " + mutant.id() + ": the replay did not end in " + LONGEST_MINUTES + " minutes");
            }
            return process.exitValue();
        } finally {
            end(process, hook);
        }
    }

    private static void end(Process process, Thread hook) {
        // A killed process may write until it is gone, and then into a folder that is being removed.
        process.destroyForcibly().onExit().join();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This Java is ending: the hook runs, and finds nothing to do.
            return;
        }
    }
}
