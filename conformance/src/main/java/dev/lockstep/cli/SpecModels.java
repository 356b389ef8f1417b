package dev.lockstep.cli;

import dev.lockstep.mutants.SpecMutant;
import dev.lockstep.region.Policy;
import dev.lockstep.tlc.Counterexample;
import dev.lockstep.tlc.Model;
import dev.lockstep.tlc.ModelResult;
import dev.lockstep.tlc.SpecException;
import dev.lockstep.tlc.TlcException;
import dev.lockstep.tlc.Verdict;
import dev.lockstep.tlc.WarmTlc;
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
    private final String moduleText;
    private final List<Batch> batches;

    /** Takes those models of a spec that have to do with a module, and are pinned to hold. */
    SpecModels(SpecFolder spec, Pins pins, String module) throws IOException {
        this.spec = spec;
        this.pins = pins;
        this.moduleText = Files.readString(spec.path().resolve(module + ".tla"));
        List<ModelName> holding = new ArrayList<>();
        for (ModelName model : spec.models()) {
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
     * @param tlc     to judge
     */
    Judgement judge(SpecMutant mutant, SpecFolder mutated, Set<Policy> same, WarmTlc tlc) {
        List<String> notes = new ArrayList<>();
        Optional<String> error = Optional.empty();
        List<Set<String>> settled = new ArrayList<>();
        same.forEach(policy -> settled.add(SpecGraphs.constants(ReplayModel.of(spec, policy, SpecReplays.SIZE))));
        for (Batch batch : batches) {
            if (isOff(mutant, batch) || isSettled(batch, settled)) {
                continue;
            }
            try {
                Optional<SpecFate.Kill> kill = judge(batch, mutated.path(), tlc);
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
     * Whether the mutant's graph is known to be the spec's, under the constants of some models: then none of them can tell the
     * two. A model of MirrorHistory has the constants of one of Mirror and more, and each of its steps is one of Mirror's.
     */
    private static boolean isSettled(Batch batch, List<Set<String>> settled) {
        Set<String> constants = SpecGraphs.constants(batch.model());
        return settled.stream().anyMatch(more -> SpecGraphs.covers(more, constants));
    }

    private static Optional<SpecFate.Kill> judge(Batch batch, Path mutated, WarmTlc tlc) {
        Duration longest = Duration.ofSeconds(LONGEST.toSeconds() + batch.expectedStates() / STATES_A_SECOND);
        Model model = new Model(batch.model().name(), mutated, batch.model().module(), batch.model().configuration());
        ModelResult result = tlc.check(model, longest, batch.expectedStates());
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
        if (!mutant.keepsGuards()) {
            return new SwitchedOff(batch.model(), moduleText).has(mutant);
        }
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
