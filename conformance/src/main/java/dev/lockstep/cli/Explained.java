package dev.lockstep.cli;

import dev.lockstep.scenario.Finding;
import dev.lockstep.scenario.ForcedRun;
import dev.lockstep.scenario.Lanes;
import dev.lockstep.tlc.Counterexample;
import dev.lockstep.tlc.ModelResult;
import dev.lockstep.trace.Label;
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
 * @param lanes                who takes part in it
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
        String verdict, Integer counterexampleLength, List<String> lanes, List<ToldStep> steps, Loop loop, String tlc, boolean forced,
        ForcedStep divergence, List<String> legs, Integer legsOffset, String bit, List<String> story, List<String> unexpected) {

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
    record ForcedStep(int step, String action, List<ShownDifference> differences) {
        static ForcedStep of(ForcedRun.Divergence divergence) {
            return new ForcedStep(divergence.number(), divergence.action(), ShownDifference.of(divergence.differences()));
        }
    }

    static Explained of(Optional<Finding> finding, ModelName model, ModelResult result, Teller teller,
            Optional<ForcedRun> run) {
        Optional<Counterexample> found = result.counterexample();
        Optional<ForcedRun.End> end = run.flatMap(ForcedRun::end);
        return new Explained(finding.map(Finding::name).orElse(model.name()), finding.map(Finding::title).orElse(null), model.name(),
                model.policy(), model.property(), finding.map(known -> known.status().written()).orElse(null),
                finding.map(Finding::why).orElse(null), finding.map(Finding::harm).orElse(null), result.verdict().toString(),
                found.map(Counterexample::length).orElse(null),
                found.map(example -> Lanes.of(example.steps().get(0).state())).orElse(List.of()),
                found.map(example -> teller.tell(model, example)).orElse(List.of()),
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
