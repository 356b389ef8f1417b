package dev.lockstep.cli;

import dev.lockstep.mutants.SpecMutant;
import dev.lockstep.sut.RigFolder;
import dev.lockstep.tlc.GraphSession;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Judges mutants of the spec. The replays come first: a walk through what differs takes less than a second, and kills nearly all
 * that can be killed; TLC has to visit all states of all models before it can say that the others survive.
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
        int hunters = Math.max(1, Math.min(jobs, mutants.size()));
        List<Replayed> replayed = replays.isPresent() ? replay(mutants, hunters)
                : mutants.stream().map(mutant -> new Replayed(mutant, SpecReplays.Judgement.NONE, 0)).toList();
        List<SpecFate> fates = new ArrayList<>(replayed.stream().map(Replayed::fate).toList());
        if (models.isPresent()) {
            List<Integer> left = IntStream.range(0, fates.size()).filter(i -> fates.get(i).kill().isEmpty()).boxed().toList();
            List<SpecModels.Judgement> judged = models.get().judge(left.stream().map(i -> replayed.get(i).open()).toList(), hunters,
                    progress);
            for (int i = 0; i < left.size(); i++) {
                fates.set(left.get(i), fates.get(left.get(i)).and(judged.get(i)));
            }
        }
        return fates;
    }

    private List<Replayed> replay(List<SpecMutant> mutants, int hunters) throws IOException {
        Replayed[] replayed = new Replayed[mutants.size()];
        AtomicInteger next = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        Callable<Void> hunter = () -> {
            try (GraphSession session = new GraphSession()) {
                for (int i = next.getAndIncrement(), judged = 1; i < replayed.length; i = next.getAndIncrement(), judged++) {
                    replayed[i] = replay(mutants.get(i), session);
                    progress.show("mutants  replay " + done.incrementAndGet() + "/" + replayed.length + "  " + mutants.get(i).id());
                    if (judged % CHECK_EVERY == 0) {
                        replays.orElseThrow().check(session);
                    }
                }
                return null;
            } catch (IOException | RuntimeException e) {
                // The others are to begin with no more.
                next.set(replayed.length);
                throw e;
            }
        };
        progress.show("mutants");
        Hunters.run(hunters, Collections.nCopies(hunters, hunter));
        return List.of(replayed);
    }

    private Replayed replay(SpecMutant mutant, GraphSession session) throws IOException {
        long start = System.nanoTime();
        try (RigFolder folder = RigFolder.in(MemoryFolder.orTemporary(), "lockstep-mutant-");
                SpecFolder mutated = plant(mutant, Files.createDirectory(folder.path().resolve("spec")))) {
            SpecReplays.Judgement judgement = replays.orElseThrow().judge(mutant, mutated, folder.path(), session);
            return new Replayed(mutant, judgement, Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0);
        }
    }

    /** A mutant, and what the replays came to. */
    private record Replayed(SpecMutant mutant, SpecReplays.Judgement judgement, double seconds) {
        SpecFate fate() {
            return new SpecFate(mutant, judgement.kill(), judgement.error(), judgement.notes(), seconds);
        }

        SpecModels.Open open() {
            return new SpecModels.Open(mutant, judgement.same());
        }
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
