package dev.lockstep.cli;

import dev.lockstep.replay.Difference;
import dev.lockstep.scenario.Finding;
import dev.lockstep.scenario.ForcedRun;
import dev.lockstep.sut.Meaning;
import dev.lockstep.tlc.Counterexample;
import dev.lockstep.tlc.CounterexampleStep;
import dev.lockstep.tlc.ModelResult;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A finding, or a model that is none, explained: the body of {@code explain.json}.
 *
 * @param name                 the finding's name; the model's, if it is no finding
 * @param title                what happens, one sentence; null if it is no finding
 * @param model                the model whose counterexample it is
 * @param policy               the model's policy; empty if it is of none
 * @param property             the property that is violated
 * @param status               {@code forced}, {@code pending} or {@code prevented}; null if it is no finding
 * @param why                  what the mirror lacks, or what it does that prevents it; null if it is forced
 * @param harm                 whether it is harmful, and when; null if it is no finding
 * @param verdict              {@code violated}, as it should be, or {@code holds}
 * @param counterexampleLength states in the counterexample, the initial one included; null when it holds
 * @param steps                its states
 * @param loop                 how it goes on for ever; null if it does not
 * @param tlc                  how the TLC that judged calls itself
 * @param forced               whether every step was forced on the mirror
 * @param divergence           the first step that the mirror did not do so; null if there is none
 * @param legs                 bytes of the block on each leg at the end, where they differ; none if it was not forced
 * @param legsOffset           where in the block they stand; null if it was not forced
 * @param bit                  what the log file says of the region at the end; null if it was not forced
 * @param story                what was done and seen after the last step, sentences
 * @param unexpected           sentences; none if all is as it should be
 */
record Explained(String name, String title, String model, String policy, String property, String status, String why, String harm,
        String verdict, Integer counterexampleLength, List<Step> steps, Loop loop, String tlc, boolean forced,
        ForcedStep divergence, List<String> legs, Integer legsOffset, String bit, List<String> story, List<String> unexpected) {

    /**
     * A state of the counterexample and the step that led to it.
     *
     * @param number  1 for the initial state, and so on
     * @param action  the action and its parameters
     * @param actor   who acts; empty if nothing is known of the action
     * @param meaning what it means; likewise
     * @param seed    the sentences of the mail that the action's comment in the spec cites
     * @param changes what the step changed; for the initial state, all there is
     */
    record Step(int number, String action, String actor, String meaning, List<String> seed, List<CheckedModel.Changed> changes) {
        static Step of(CounterexampleStep step, MailCitations mail) {
            CheckedModel.State state = CheckedModel.State.of(step);
            Optional<Meaning> meaning = step.label().flatMap(label -> meaning(label, step.argumentsKnown()));
            List<String> seed = step.label().map(label -> mail.of(actionOf(label))).orElse(List.of());
            return new Step(step.number(), state.action(), meaning.map(Meaning::actor).orElse(""),
                    meaning.map(Meaning::sentence).orElse(""), seed, state.changes());
        }

        private static Optional<Meaning> meaning(Label label, boolean argumentsKnown) {
            if (!Meaning.actions().contains(actionOf(label))) {
                return Optional.empty();
            }
            // Who acts may be told by a parameter, and TLC does not always tell it.
            List<Value> arguments = argumentsKnown ? label.arguments() : List.of(Value.model("unknown"));
            return Optional.of(Meaning.of(new Label(actionOf(label), arguments)));
        }

        /** MirrorHistory adds an H to the name of each of Mirror's actions. */
        private static String actionOf(Label label) {
            String name = label.action();
            String stem = name.endsWith("H") ? name.substring(0, name.length() - 1) : name;
            return Meaning.actions().contains(stem) ? stem : name;
        }
    }

    /**
     * How an endless counterexample goes on after its last state.
     *
     * @param backTo the number of the state that follows
     * @param action what leads there; null if nothing ever happens again, and then {@code backTo} is the last state
     */
    record Loop(int backTo, String action) {
        static Loop of(Counterexample.Loop loop) {
            return new Loop(loop.backTo(), loop.label().map(Label::toString).orElse(null));
        }
    }

    /**
     * A step that the mirror did not do as the counterexample has it.
     *
     * @param step        the number of the state that it should have led to
     * @param action      the action and its parameters
     * @param differences what differs
     */
    record ForcedStep(int step, String action, List<Difference> differences) {
        static ForcedStep of(ForcedRun.Divergence divergence) {
            return new ForcedStep(divergence.number(), divergence.action(), divergence.differences());
        }
    }

    static Explained of(Optional<Finding> finding, ModelName model, ModelResult result, MailCitations mail,
            Optional<ForcedRun> run) {
        Optional<Counterexample> found = result.counterexample();
        Optional<ForcedRun.End> end = run.flatMap(ForcedRun::end);
        return new Explained(finding.map(Finding::name).orElse(model.name()), finding.map(Finding::title).orElse(null), model.name(),
                model.policy(), model.property(), finding.map(known -> known.status().written()).orElse(null),
                finding.map(Finding::why).orElse(null), finding.map(Finding::harm).orElse(null), result.verdict().toString(),
                found.map(Counterexample::length).orElse(null),
                found.stream().flatMap(example -> example.steps().stream()).map(step -> Step.of(step, mail)).toList(),
                found.flatMap(Counterexample::loop).map(Loop::of).orElse(null), result.tlcVersion(), end.isPresent(),
                run.flatMap(ForcedRun::divergence).map(ForcedStep::of).orElse(null),
                end.map(left -> left.left().legs()).orElse(List.of()), end.map(left -> left.left().offset()).orElse(null),
                end.map(left -> left.left().bit()).orElse(null), end.map(ForcedRun.End::story).orElse(List.of()),
                unexpected(model, found, run));
    }

    private static List<String> unexpected(ModelName model, Optional<Counterexample> found, Optional<ForcedRun> run) {
        List<String> sentences = new ArrayList<>();
        if (found.isEmpty()) {
            sentences.add(model.name() + " holds: TLC finds no counterexample");
        }
        run.flatMap(ForcedRun::divergence).ifPresent(divergence -> sentences.add("the mirror does not come to state " + divergence.number()
                + " by " + divergence.action() + " as TLC has it"));
        run.flatMap(ForcedRun::end).ifPresent(end -> sentences.addAll(end.wrong()));
        return sentences;
    }
}
