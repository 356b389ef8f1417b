package dev.lockstep.scenario;

import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.replay.Difference;
import dev.lockstep.scenario.ForcedRun.Divergence;
import dev.lockstep.sut.BlockContents;
import dev.lockstep.sut.DiskImage;
import dev.lockstep.sut.Meaning;
import dev.lockstep.sut.Mirror;
import dev.lockstep.sut.RefusedException;
import dev.lockstep.sut.RigFolder;
import dev.lockstep.sut.Size;
import dev.lockstep.sut.Stamps;
import dev.lockstep.sut.Surroundings;
import dev.lockstep.sut.Variable;
import dev.lockstep.sut.Variables;
import dev.lockstep.sut.ZeroesFirst;
import dev.lockstep.tlc.Counterexample;
import dev.lockstep.tlc.CounterexampleStep;
import dev.lockstep.trace.FunctionValue;
import dev.lockstep.trace.IntValue;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.RecordValue;
import dev.lockstep.trace.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Forces the steps of a counterexample of Mirror.tla on the mirror: 1 region of 1 block on 2 legs, real files. After each
 * step all that can be observed is compared with the counterexample's state; after the last one it is seen whether the
 * harm that the property speaks of is there.
 */
public final class CounterexamplePlayer {
    private static final Value ZERO = Value.of(0);
    /** What MirrorHistory remembers of a behaviour: no mirror keeps what it has promised. */
    private static final Set<String> HISTORY = Set.of("hNow", "hMay", "hSince", "hHeld");
    /** As many as any of the variables' codes can tell apart; no model of this size has more. */
    private static final int VALUES = 3;

    private final Counterexample counterexample;
    private final Mirror mirror;
    private final List<Variable> variables;

    private CounterexamplePlayer(Counterexample counterexample, Mirror mirror) {
        this.counterexample = counterexample;
        this.mirror = mirror;
        this.variables = Variables.of(mirror.size());
    }

    /**
     * Forces a counterexample on a new mirror.
     *
     * @param counterexample a counterexample of a model of Mirror.tla of 1 region of 1 block on 2 legs
     * @param property       the property that it violates
     * @param policy         the mirror's policy
     * @param surroundings   what the model has above the mirror: how pages are changed, and what the file system does
     * @param folder         where to make a folder for the volume's files, which is removed
     * @return how it went
     * @throws IOException if the files cannot be made or read
     */
    public static ForcedRun play(Counterexample counterexample, String property, Policy policy, Surroundings surroundings,
            Path folder) throws IOException {
        Size size = new Size(1, 1, 2, slots(counterexample));
        try (RigFolder files = RigFolder.in(folder, "lockstep-scenario-");
                Mirror mirror = new Mirror(files.path(), size, policy, surroundings, LogFormat.HARDENED,
                        contents(counterexample),
                        firstContent(counterexample))) {
            Optional<Divergence> divergence = new CounterexamplePlayer(counterexample, mirror).play();
            return divergence.isPresent() ? ForcedRun.diverged(policy.name(), divergence.get())
                    : ForcedRun.ended(policy.name(), new EndCheck(mirror).of(property));
        }
    }

    private static int slots(Counterexample counterexample) {
        return ((FunctionValue) counterexample.steps().get(0).state().get("slot")).entries().size();
    }

    /** A content can be recognised, but for the one that a discard leaves. */
    private static BlockContents contents(Counterexample counterexample) {
        Stamps stamps = new Stamps(Size.SMALLEST.blocks(), VALUES);
        boolean discards = counterexample.steps().stream().flatMap(step -> step.label().stream())
                .anyMatch(label -> label.action().equals("Discard"));
        return discards ? new ZeroesFirst(stamps) : stamps;
    }

    private static int firstContent(Counterexample counterexample) {
        FunctionValue legs = (FunctionValue) counterexample.steps().get(0).state().get("leg");
        RecordValue leg = (RecordValue) legs.entries().get(Value.of(Mirror.SOURCE));
        return (int) ((IntValue) ((FunctionValue) leg.fields().get("now")).entries().get(ZERO)).value();
    }

    private Optional<Divergence> play() throws IOException {
        for (CounterexampleStep step : counterexample.steps()) {
            List<Difference> found = refusal(step);
            if (found.isEmpty()) {
                found = differences(step.state());
            }
            if (!found.isEmpty()) {
                return Optional.of(new Divergence(step.number(), step.label().map(Label::toString).orElse("initial state"),
                        found));
            }
        }
        return Optional.empty();
    }

    /** Performs a step; what keeps the mirror from it is a difference, as it is to a replay. */
    private List<Difference> refusal(CounterexampleStep step) {
        if (step.label().isEmpty()) {
            return List.of();
        }
        Label label = step.label().get();
        try {
            if (!step.argumentsKnown()) {
                throw new IllegalArgumentException("TLC does not tell its parameters");
            }
            perform(label, step.state());
            return List.of();
        } catch (RefusedException | IOException | IllegalStateException | IllegalArgumentException e) {
            return List.of(new Difference("enabled", label + " can be done", e.getMessage(), Optional.of(label)));
        }
    }

    private void perform(Label told, Map<String, Value> after) throws IOException {
        Label label = ofMirror(told);
        if (label.action().equals("LegReturns")) {
            mirror.legReturns(label, code("leg", after));
            return;
        }
        if (label.action().equals("Replace")) {
            mirror.replace(label, code("leg", after));
            return;
        }
        if (!label.action().equals("PowerCut")) {
            mirror.prepare(label).perform();
            if (label.action().equals("Kill")) {
                // So is what the file system finds.
                mirror.foundOwned(code("ownedMay", after));
            }
            return;
        }
        // What a power cut keeps is a choice that the action makes inside: it shows in the state after it only.
        DiskImage left = mirror.cut(mirror.image(), code("leg", after), code("log", after));
        mirror.prepare(label).perform();
        mirror.load(left);
    }

    /** MirrorHistory has each action of Mirror under its name with an H. */
    private static Label ofMirror(Label label) {
        String stem = label.action().replaceFirst("H$", "");
        return Meaning.actions().contains(label.action()) || !Meaning.actions().contains(stem) ? label
                : Label.of(stem, label.arguments().toArray(Value[]::new));
    }

    private long code(String name, Map<String, Value> state) {
        return variables.stream().filter(variable -> variable.name().equals(name)).findFirst().orElseThrow()
                .encode(state.get(name));
    }

    private List<Difference> differences(Map<String, Value> expected) throws IOException {
        List<Difference> found = new ArrayList<>();
        for (Variable variable : variables) {
            Value observed = variable.decode(variable.observe(mirror));
            if (!observed.equals(expected.get(variable.name()))) {
                found.add(difference(variable.name(), expected, observed.toString()));
            }
        }
        // What the mirror has nothing of must stay as it is at first, so that nothing can hide behind it.
        Map<String, Value> first = counterexample.steps().get(0).state();
        for (String name : expected.keySet()) {
            boolean isObserved = variables.stream().anyMatch(variable -> variable.name().equals(name));
            if (!isObserved && !HISTORY.contains(name) && !expected.get(name).equals(first.get(name))) {
                found.add(difference(name, expected, "the mirror has nothing of it"));
            }
        }
        return found;
    }

    private static Difference difference(String name, Map<String, Value> expected, String observed) {
        return new Difference(name, String.valueOf(expected.get(name)), observed, Optional.empty());
    }
}
