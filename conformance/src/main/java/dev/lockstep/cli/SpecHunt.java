package dev.lockstep.cli;

import dev.lockstep.mutants.SpecMutant;
import dev.lockstep.region.Policy;
import dev.lockstep.sut.RigFolder;
import dev.lockstep.tlc.GraphSession;
import dev.lockstep.tlc.WarmTlc;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Judges mutants of the spec, some at a time. The replays come first: a walk through what differs takes less than a second, and
 * kills nearly all that can be killed; TLC has to visit all states of all models before it can say that a mutant survives.
 */
final class SpecHunt {
    /** So often does a session prove that it is still good. */
    private static final int CHECK_EVERY = 40;

    private final SpecFolder spec;
    private final String module;
    private final Optional<SpecReplays> replays;
    private final Optional<SpecModels> models;
    private final Progress progress;

    /**
     * A hunt that has not begun.
     *
     * @param module  the module that the mutants are of
     * @param replays absent if the models alone are to judge
     * @param models  absent if the replays alone are to judge
     */
    SpecHunt(SpecFolder spec, String module, Optional<SpecReplays> replays, Optional<SpecModels> models, Progress progress) {
        this.spec = spec;
        this.module = module;
        this.replays = replays;
        this.models = models;
        this.progress = progress;
    }

    /** Returns what became of each, in the order in which they are given. */
    List<SpecFate> of(List<SpecMutant> mutants, int jobs) throws IOException {
        SpecFate[] fates = new SpecFate[mutants.size()];
        AtomicInteger next = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        Callable<Void> hunter = () -> {
            try (GraphSession session = new GraphSession(); WarmTlc tlc = new WarmTlc()) {
                for (int i = next.getAndIncrement(), judged = 0; i < fates.length; i = next.getAndIncrement()) {
                    fates[i] = judge(mutants.get(i), session, tlc);
                    progress.show("mutants " + done.incrementAndGet() + "/" + fates.length + "  " + mutants.get(i).id());
                    judged++;
                    if (replays.isPresent() && judged % CHECK_EVERY == 0) {
                        replays.get().check(session);
                    }
                }
                return null;
            } catch (IOException | RuntimeException e) {
                // The others are to begin with no more.
                next.set(fates.length);
                throw e;
            }
        };
        progress.show("mutants");
        int hunters = Math.max(1, Math.min(jobs, mutants.size()));
        Hunters.run(hunters, Collections.nCopies(hunters, hunter));
        return List.of(fates);
    }

    private SpecFate judge(SpecMutant mutant, GraphSession session, WarmTlc tlc) throws IOException {
        long start = System.nanoTime();
        try (RigFolder folder = RigFolder.in(MemoryFolder.orTemporary(), "lockstep-mutant-");
                SpecFolder mutated = plant(mutant, Files.createDirectory(folder.path().resolve("spec")))) {
            Set<String> notes = new LinkedHashSet<>();
            Optional<String> error = Optional.empty();
            Set<Policy> same = Set.of();
            if (replays.isPresent()) {
                SpecReplays.Judgement replayed = replays.get().judge(mutant, mutated, folder.path(), session);
                if (replayed.kill().isPresent()) {
                    return fate(mutant, replayed.kill(), Optional.empty(), Set.of(), start);
                }
                notes.addAll(replayed.notes());
                error = replayed.error();
                same = replayed.same();
            }
            if (models.isEmpty()) {
                return fate(mutant, Optional.empty(), error, notes, start);
            }
            SpecModels.Judgement judged = models.get().judge(mutant, mutated, same, tlc);
            notes.addAll(judged.notes());
            return fate(mutant, judged.kill(), judged.kill().isPresent() ? Optional.empty() : error.or(judged::error), notes, start);
        }
    }

    private static SpecFate fate(SpecMutant mutant, Optional<SpecFate.Kill> kill, Optional<String> error, Set<String> notes,
            long start) {
        double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
        return new SpecFate(mutant, kill, error, List.copyOf(notes), seconds);
    }

    /** A copy of the spec, with the mutant in it. */
    private SpecFolder plant(SpecMutant mutant, Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(spec.path(), "*.{tla,cfg}")) {
            for (Path file : files) {
                Files.copy(file, folder.resolve(file.getFileName().toString()));
            }
        }
        Files.writeString(folder.resolve(module + ".tla"), mutant.text());
        return SpecFolder.open(Optional.of(folder));
    }
}
