package dev.lockstep.cli;

import dev.lockstep.crash.enumerate.EnumerationOfOne;
import dev.lockstep.mutants.Mutant;
import dev.lockstep.mutants.PlantedMirror;
import dev.lockstep.mutants.Replaying;
import dev.lockstep.mutants.Replaying.Seen;
import dev.lockstep.sut.RigFolder;
import dev.lockstep.trace.StateGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/** Plants mutants, and has those seek them that have to find them. Thread-safe. */
final class MutantHunt {
    private static final long LONGEST_MINUTES = 10;
    private static final String SEED = "42";
    private static final String SEEN_BY_REPLAY = "the replay sees it: ";

    private final SpecFolder spec;
    /** By policy and environment: explored once, for all mutants that are sought there. */
    private final Map<List<Object>, MutantGround> grounds = new ConcurrentHashMap<>();

    MutantHunt(SpecFolder spec) {
        this.spec = spec;
    }

    /**
     * What became of a mutant.
     *
     * @param mutant the mutant
     * @param trace  the id of the trace that shows it, or the state of a crash; empty if nothing was found
     * @param action the action that the finding names, or the event at which a recording is rejected; else empty
     * @param steps  how many steps the trace has, or how many events of a recording are explained; else 0
     * @param found  what differs, or was found
     */
    record Catch(Mutant mutant, String trace, String action, int steps, List<String> found) {

        /** Whether there was a finding, and it is the one that the mutant has to be found by. */
        boolean killed() {
            return mutant.killer() == Mutant.Killer.REPLAY ? mutant.action().equals(action.replaceAll("\\(.*", ""))
                    : found.stream().anyMatch(each -> !each.startsWith(SEEN_BY_REPLAY) && each.matches("(?s).*(" + mutant.symptom() + ").*"));
        }

        /** Why it survives: one sentence. */
        String reason() {
            if (found.isEmpty()) {
                return "nothing was found";
            }
            return mutant.killer() == Mutant.Killer.REPLAY
                    ? "the finding names " + (action.isEmpty() ? "no action" : action) + "; " + mutant.action() + " was expected"
                    : "what was found is not what it leaves";
        }
    }

    /** Plants a mutant, and seeks it. */
    Catch of(Mutant mutant) throws IOException {
        try (RigFolder folder = RigFolder.in(MemoryFolder.orTemporary(), "lockstep-mutant-");
                PlantedMirror planted = new PlantedMirror(mutant, folder.path())) {
            Path files = Files.createDirectory(folder.path().resolve("files"));
            return switch (mutant.killer()) {
                case REPLAY -> replayed(mutant, planted, files);
                case ENUMERATE -> enumerated(mutant, planted, files);
                case VALIDATE -> validated(mutant, planted, files);
            };
        }
    }

    private static Catch enumerated(Mutant mutant, PlantedMirror planted, Path files) throws IOException {
        String format = LogFormats.parse("log", mutant.log()).name();
        List<String> found = inTime(mutant, () -> planted.run(EnumerationOfOne.class, mutant.policy(), mutant.plan(), SEED, files.toString(), format));
        // Its images are gone when the hunt is over, and the command would have them of a mirror that is right.
        List<String> telling = found.stream().filter(each -> each.matches(".*(" + mutant.symptom() + ").*")).limit(1)
                .map(each -> each.replaceAll("; it is repeated by: .*", "")).toList();
        return new Catch(mutant, found.isEmpty() ? "" : "seed " + SEED + ", plan " + mutant.plan(), "", 0, telling.isEmpty() ? found : telling);
    }

    /** It is one that only threads show if the replay, which has one thread, does not see it. */
    private Catch validated(Mutant mutant, PlantedMirror planted, Path files) throws IOException {
        Catch replayed = replayed(mutant, planted, files);
        if (!replayed.found().isEmpty()) {
            return new Catch(mutant, replayed.trace(), replayed.action(), replayed.steps(), List.of(SEEN_BY_REPLAY + replayed.found()));
        }
        return inTime(mutant, () -> new RecordedMutant(spec, mutant, planted, files).sought());
    }

    private Catch replayed(Mutant mutant, PlantedMirror planted, Path files) throws IOException {
        MutantGround ground = grounds.computeIfAbsent(List.of(mutant.policy(), mutant.environment(), mutant.size()), key -> MutantGround.of(spec, mutant));
        StateGraph graph = ground.graph();
        Replaying replaying = planted.replaying(PlantedReplay.class);
        Optional<Seen> seen = inTime(mutant, () -> replaying.replay(mutant, graph, ground.walks(), Files.createDirectory(files.resolve("suite"))));
        if (seen.isEmpty()) {
            return new Catch(mutant, "", "", 0, List.of());
        }
        Seen first = seen.get();
        Optional<Seen> soonest = first.edge() < 0 ? Optional.empty() : inTime(mutant, () -> replaying.replay(mutant, graph,
                MutantGround.walks(graph, ground.shortest().to(first.edge())), Files.createDirectory(files.resolve("shortest"))));
        Seen shown = soonest.orElse(first);
        int[] edges = soonest.isPresent() ? upTo(ground.shortest().to(first.edge()), shown.edge()) : withoutForks(graph, first.edges());
        int start = soonest.isPresent() ? graph.source(edges[0]) : first.start();
        return new Catch(mutant, graph.trace(spec.hash(), mutant.policy(), mutant.size(), start, edges).id(), shown.action(),
                edges.length, shown.found());
    }

    private static int[] upTo(int[] way, int edge) {
        int last = IntStream.range(0, way.length).filter(i -> way[i] == edge).max().orElse(way.length - 1);
        return Arrays.copyOf(way, last + 1);
    }

    /** A fork on the way is no step of a trace; the last step is, fork or not. */
    private static int[] withoutForks(StateGraph graph, int[] walk) {
        return IntStream.range(0, walk.length).filter(i -> i == walk.length - 1 || !MutantGround.isCrash(graph.label(walk[i]))).map(i -> walk[i]).toArray();
    }

    /** A mutant may do something for ever. A thread that does cannot be ended; it does not keep this process alive. */
    private static <T> T inTime(Mutant mutant, Callable<T> hunt) throws IOException {
        FutureTask<T> task = new FutureTask<>(hunt);
        Thread thread = new Thread(task, "lockstep-mutant-" + mutant.id());
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(LONGEST_MINUTES, TimeUnit.MINUTES);
        } catch (TimeoutException e) {
            throw new IOException("mutant " + mutant.id() + ": the hunt did not end in " + LONGEST_MINUTES + " minutes", e);
        } catch (ExecutionException e) {
            throw new IOException("mutant " + mutant.id() + ": " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
