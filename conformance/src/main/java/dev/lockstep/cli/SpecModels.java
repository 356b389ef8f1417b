package dev.lockstep.cli;

import dev.lockstep.mutants.SpecMutant;
import dev.lockstep.sut.RigFolder;
import dev.lockstep.tlc.Counterexample;
import dev.lockstep.tlc.Model;
import dev.lockstep.tlc.ModelResult;
import dev.lockstep.tlc.SpecException;
import dev.lockstep.tlc.TlcException;
import dev.lockstep.tlc.Verdict;
import dev.lockstep.tlc.WarmTlc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Judges mutants of the spec by TLC: a property that is pinned to hold is violated, or none is. The smallest models come first.
 * Thread-safe.
 */
final class SpecModels {
    /** What a model takes on a slow machine that has more to do; a mutant that takes far longer has far more states. */
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final long STATES_A_SECOND = 5_000;
    private static final Pattern FAIRNESS = Pattern.compile("\\b[WS]F_");
    private static final Pattern USES = Pattern.compile("\\b(?:EXTENDS|INSTANCE)\\s+(\\w+(?:\\s*,\\s*\\w+)*)");

    private final SpecFolder spec;
    private final Pins pins;
    private final String module;
    private final String moduleText;
    /** The root modules that speak of fairness. */
    private final Set<String> fair = new HashSet<>();
    private final List<Batch> batches;

    /** Takes those models of a spec that have to do with a module, and are pinned to hold. */
    SpecModels(SpecFolder spec, Pins pins, String module) throws IOException {
        this.spec = spec;
        this.pins = pins;
        this.module = module;
        this.moduleText = Files.readString(spec.path().resolve(module + ".tla"));
        List<ModelName> holding = new ArrayList<>();
        for (ModelName model : spec.models()) {
            Set<String> used = uses(model.module(), new HashSet<>());
            if (pins.find(model).map(Pin::holds).orElse(false) && used.contains(module) && !says(used, instanceOf(module))) {
                holding.add(model);
                if (says(used, FAIRNESS)) {
                    fair.add(model.module());
                }
            }
        }
        batches = Batch.together(spec, holding, pins).stream().sorted(Comparator.comparingLong(Batch::expectedStates)).toList();
    }

    /**
     * A mutant that is still to be judged.
     *
     * @param mutant the mutant
     * @param same   replayed models of whose graph it is known that the mutant's is the same, action by action: no model with
     *               the same constants can tell the two
     */
    record Open(SpecMutant mutant, Set<Replayable> same) {
    }

    /**
     * What the models came to.
     *
     * @param kill  what killed the mutant, if it was
     * @param error why TLC cannot evaluate it, if it cannot
     * @param notes what kept a judgement from being made
     */
    record Judgement(Optional<SpecFate.Kill> kill, Optional<String> error, List<String> notes) {
    }

    /** Judges mutants, a model after another; returns what became of each, in the order given. */
    List<Judgement> judge(List<Open> open, int jobs, Progress progress) throws IOException {
        Judgements judgements = new Judgements();
        AtomicInteger next = new AtomicInteger();
        Callable<Void> hunter = () -> {
            try (WarmTlc tlc = new WarmTlc(); RigFolder folder = RigFolder.in(MemoryFolder.orTemporary(), "lockstep-mutant-")) {
                for (int i = next.getAndIncrement(); i < batches.size(); i = next.getAndIncrement()) {
                    Batch batch = batches.get(i);
                    progress.show("mutants  model " + (i + 1) + "/" + batches.size() + "  " + batch.model().name());
                    new OfModel(batch, folder.path(), tlc, judgements).judge(open);
                }
                return null;
            } catch (IOException | RuntimeException e) {
                // The others are to begin with no more.
                next.set(batches.size());
                throw e;
            }
        };
        Hunters.run(jobs, Collections.nCopies(jobs, hunter));
        return open.stream().map(each -> judgements.of(each.mutant())).toList();
    }

    /** What is known by now. Thread-safe. */
    private static final class Judgements {
        private final Set<String> begun = ConcurrentHashMap.newKeySet();
        private final Map<String, SpecFate.Kill> kills = new ConcurrentHashMap<>();
        private final Map<String, String> errors = new ConcurrentHashMap<>();
        private final Map<String, Set<String>> notes = new ConcurrentHashMap<>();

        boolean isOpen(SpecMutant mutant) {
            return !kills.containsKey(mutant.id());
        }

        Judgement of(SpecMutant mutant) {
            return new Judgement(Optional.ofNullable(kills.get(mutant.id())), Optional.ofNullable(errors.get(mutant.id())),
                    notes.getOrDefault(mutant.id(), Set.of()).stream().sorted().toList());
        }
    }

    /**
     * A model, which judges mutants together where it can: what several guards allow when they are all taken away includes what
     * they allow when one of them is, or is turned round. So if no state and no step of that violates a property, none of
     * them is killed. Fairness is another matter: there a mutant is judged by itself, as one is that loses an update.
     */
    private final class OfModel {
        private final Batch batch;
        private final Path folder;
        private final WarmTlc tlc;
        private final Judgements judgements;

        OfModel(Batch batch, Path folder, WarmTlc tlc, Judgements judgements) {
            this.batch = batch;
            this.folder = folder;
            this.tlc = tlc;
            this.judgements = judgements;
        }

        void judge(List<Open> open) throws IOException {
            List<SpecMutant> due = open.stream().filter(each -> judgements.isOpen(each.mutant()))
                    .filter(each -> !isOff(each.mutant(), batch) && !isSettled(batch, each.same())).map(Open::mutant).toList();
            if (fair.contains(batch.model().module())) {
                due.forEach(this::alone);
                return;
            }
            // By itself at least once: together they may hide that TLC cannot evaluate one of them.
            Map<Boolean, List<SpecMutant>> byThemselves = due.stream()
                    .collect(Collectors.partitioningBy(each -> each.dropped().isEmpty() || judgements.begun.add(each.id())));
            byThemselves.get(true).forEach(this::alone);
            together(byThemselves.get(false));
        }

        private void together(List<SpecMutant> given) throws IOException {
            List<SpecMutant> due = given.stream().filter(judgements::isOpen).toList();
            Set<SpecMutant.Edit> dropped = due.stream().map(each -> each.dropped().orElseThrow()).collect(Collectors.toSet());
            if (dropped.size() > 1 && holds(SpecMutant.Edit.all(moduleText, dropped))) {
                return;
            }
            if (dropped.size() > 1) {
                together(due.subList(0, due.size() / 2));
                together(due.subList(due.size() / 2, due.size()));
                return;
            }
            // One guard, dropped or turned round: the former allows what the latter does. Where TLC cannot evaluate the former it may be able to evaluate the latter.
            for (SpecMutant each : due) {
                if (alone(each) && each.kind() == SpecMutant.Kind.DROP_GUARD) {
                    return;
                }
            }
        }

        private boolean holds(String text) throws IOException {
            try {
                return check(text).verdict() == Verdict.HOLDS;
            } catch (TlcException e) {
                // No verdict, or no spec, together: by itself each may be one, or be killed.
                rethrowIfInterrupted(e);
                return false;
            }
        }

        /** Whether the model holds with it. */
        private boolean alone(SpecMutant mutant) {
            try {
                ModelResult result = check(mutant.text());
                if (result.verdict() == Verdict.VIOLATED) {
                    judgements.kills.putIfAbsent(mutant.id(), kill(result));
                }
                return result.verdict() == Verdict.HOLDS;
            } catch (SpecException e) {
                judgements.errors.putIfAbsent(mutant.id(), e.getMessage());
            } catch (TlcException e) {
                rethrowIfInterrupted(e);
                judgements.notes.computeIfAbsent(mutant.id(), each -> ConcurrentHashMap.newKeySet())
                        .add("no verdict: " + e.getMessage());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return false;
        }

        private SpecFate.Kill kill(ModelResult result) {
            String violated = result.violated().orElse("?");
            String name = batch.models().stream().filter(each -> each.property().equals(violated)).findFirst()
                    .orElse(batch.models().get(0)).name();
            return SpecFate.Kill.property(violated, name, result.counterexample().map(Counterexample::length).orElse(0));
        }

        private ModelResult check(String text) throws IOException {
            try (DirectoryStream<Path> modules = Files.newDirectoryStream(spec.path(), "*.tla")) {
                for (Path each : modules) {
                    Files.copy(each, folder.resolve(each.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            Files.writeString(folder.resolve(module + ".tla"), text);
            Duration longest = Duration.ofSeconds(LONGEST.toSeconds() + batch.expectedStates() / STATES_A_SECOND);
            Model model = new Model(batch.model().name(), folder, batch.model().module(), batch.model().configuration());
            return tlc.check(model, longest, batch.expectedStates());
        }

        private static void rethrowIfInterrupted(TlcException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
        }
    }

    /**
     * Whether the mutant's graph is known to be the spec's, under the constants of some models: then none of them can tell the
     * two. A model of MirrorHistory has the constants of one of Mirror and more, and each of its steps is one of Mirror's.
     */
    private boolean isSettled(Batch batch, Set<Replayable> same) {
        Set<String> constants = SpecGraphs.constants(batch.model());
        return same.stream().map(each -> SpecGraphs.constants(each.model(spec)))
                .anyMatch(more -> SpecGraphs.covers(more, constants));
    }

    /** Whether no action that the mutant changes ever fires in a model. In MirrorHistory they are called as in Mirror, with an H. */
    private boolean isOff(SpecMutant mutant, Batch batch) {
        if (!mutant.keepsGuards()) {
            return new SwitchedOff(batch.model(), moduleText).has(mutant);
        }
        List<String> off = pins.find(batch.models().get(0)).map(Pin::off).orElse(List.of());
        return mutant.actions().stream().allMatch(action -> off.contains(action) || off.contains(action + "H"));
    }

    /** What compares a module with itself has the mutant on both sides, and cannot judge it. */
    private static Pattern instanceOf(String module) {
        return Pattern.compile("\\bINSTANCE\\s+" + module + "\\b");
    }

    private boolean says(Set<String> modules, Pattern what) throws IOException {
        for (String each : modules) {
            Path file = spec.path().resolve(each + ".tla");
            if (Files.exists(file) && what.matcher(Files.readString(file)).find()) {
                return true;
            }
        }
        return false;
    }

    private Set<String> uses(String module, Set<String> seen) throws IOException {
        Path file = spec.path().resolve(module + ".tla");
        if (seen.add(module) && Files.exists(file)) {
            for (String list : USES.matcher(Files.readString(file)).results().map(each -> each.group(1)).toList()) {
                for (String used : list.split("\\s*,\\s*")) {
                    uses(used, seen);
                }
            }
        }
        return seen;
    }
}
