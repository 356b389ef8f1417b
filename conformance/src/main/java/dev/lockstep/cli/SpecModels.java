package dev.lockstep.cli;

import dev.lockstep.mutants.SpecMutant;
import dev.lockstep.region.Policy;
import dev.lockstep.tlc.Counterexample;
import dev.lockstep.tlc.GraphSession;
import dev.lockstep.tlc.Model;
import dev.lockstep.tlc.ModelResult;
import dev.lockstep.tlc.RunSettings;
import dev.lockstep.tlc.SpecException;
import dev.lockstep.tlc.TlcDistribution;
import dev.lockstep.tlc.TlcException;
import dev.lockstep.tlc.TlcRun;
import dev.lockstep.tlc.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Judges mutants of the spec by TLC: a property that is pinned to hold is violated, or none is. The smallest models come first.
 * Thread-safe.
 */
final class SpecModels {
    /** What a model takes on a slow machine that has more to do; a mutant that takes far longer has far more states. */
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final long STATES_A_SECOND = 5_000;
    private static final Pattern USES = Pattern.compile("\\b(?:EXTENDS|INSTANCE)\\s+(\\w+(?:\\s*,\\s*\\w+)*)");

    private final SpecFolder spec;
    private final Pins pins;
    private final SpecGraphs graphs;
    private final List<Batch> batches;
    /** Models whose graphs can be compared: those of the module that is replayed. */
    private final List<Model> comparable = new ArrayList<>();

    /** Takes those models of a spec that have to do with a module, and are pinned to hold. */
    SpecModels(SpecFolder spec, Pins pins, String module, SpecGraphs graphs) throws IOException {
        this.spec = spec;
        this.graphs = graphs;
        this.pins = pins;
        List<ModelName> holding = new ArrayList<>();
        String replayed = ReplayModel.of(spec, Policy.all().get(0), SpecReplays.SIZE).module();
        for (ModelName model : spec.models()) {
            if (model.module().equals(replayed)) {
                comparable.add(spec.model(model));
            }
            if (pins.find(model).map(Pin::holds).orElse(false) && uses(model.module(), new HashSet<>()).contains(module)) {
                holding.add(model);
            }
        }
        batches = Batch.together(spec, holding, pins).stream().sorted(Comparator.comparingLong(Batch::expectedStates)).toList();
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

    /**
     * Judges a mutant.
     *
     * @param mutated a copy of the spec with the mutant in it
     * @param same    policies of whose replayed graph it is known that the mutant's is the same, action by action: no model with
     *                the same constants can tell the two
     * @param session to explore graphs in
     */
    Judgement judge(SpecMutant mutant, SpecFolder mutated, Set<Policy> same, GraphSession session) {
        List<String> notes = new ArrayList<>();
        Optional<String> error = Optional.empty();
        List<Set<String>> settled = new ArrayList<>();
        same.forEach(policy -> settled.add(SpecGraphs.constants(ReplayModel.of(spec, policy, SpecReplays.SIZE))));
        for (Batch batch : batches) {
            if (mutant.keepsGuards() && isOff(mutant, batch) || isSettled(batch, mutated, settled, session)) {
                continue;
            }
            try {
                Optional<SpecFate.Kill> kill = judge(batch, mutated.path());
                if (kill.isPresent()) {
                    return new Judgement(kill, Optional.empty(), List.of());
                }
            } catch (SpecException e) {
                error = error.or(() -> Optional.of(e.getMessage()));
            } catch (TlcException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                notes.add("no verdict: " + e.getMessage());
            }
        }
        return new Judgement(Optional.empty(), error, notes);
    }

    /**
     * Whether the mutant's graph is the spec's, under the constants of some models: then none of them can tell the two. A model
     * of MirrorHistory has the constants of one of Mirror and more, and each of its steps is one of Mirror's.
     */
    private boolean isSettled(Batch batch, SpecFolder mutated, List<Set<String>> settled, GraphSession session) {
        Set<String> constants = SpecGraphs.constants(batch.model());
        if (settled.stream().anyMatch(more -> SpecGraphs.covers(more, constants))) {
            return true;
        }
        Optional<Model> graph = comparable.stream().filter(each -> constants.containsAll(SpecGraphs.constants(each))).findFirst();
        boolean same = graph.isPresent() && graphs.same(graph.get(), mutated.path(), session);
        graph.filter(each -> same).ifPresent(each -> settled.add(SpecGraphs.constants(each)));
        return same;
    }

    private static Optional<SpecFate.Kill> judge(Batch batch, Path mutated) {
        Duration longest = Duration.ofSeconds(LONGEST.toSeconds() + batch.expectedStates() / STATES_A_SECOND);
        Model model = new Model(batch.model().name(), mutated, batch.model().module(), batch.model().configuration());
        ModelResult result = new TlcRun(new RunSettings(TlcDistribution.bundled(), longest, false))
                .check(model, batch.expectedStates());
        if (result.verdict() == Verdict.HOLDS) {
            return Optional.empty();
        }
        String violated = result.violated().orElse("?");
        String name = batch.models().stream().filter(each -> each.property().equals(violated)).findFirst()
                .orElse(batch.models().get(0)).name();
        return Optional.of(SpecFate.Kill.property(violated, name, result.counterexample().map(Counterexample::length).orElse(0)));
    }

    /** Whether no action that the mutant changes ever fires in a model. In MirrorHistory they are called as in Mirror, with an H. */
    private boolean isOff(SpecMutant mutant, Batch batch) {
        List<String> off = pins.find(batch.models().get(0)).map(Pin::off).orElse(List.of());
        return mutant.actions().stream().allMatch(action -> off.contains(action) || off.contains(action + "H"));
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
