package dev.lockstep.cli;

import dev.lockstep.region.LegsRead;
import dev.lockstep.region.Policy;
import dev.lockstep.scenario.Behaviour;
import dev.lockstep.scenario.Harm;
import dev.lockstep.scenario.Words;
import dev.lockstep.tlc.Counterexample;
import dev.lockstep.tlc.CounterexampleStep;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.StateGraph;
import dev.lockstep.trace.Step;
import dev.lockstep.trace.Trace;
import dev.lockstep.trace.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells the steps of a behaviour: what each means, what it stands for, what it changes and what is seen of that, and which of them
 * does the harm. Immutable.
 */
final class Teller {
    private static final String INITIAL = "initial state";
    private static final String MIRROR = "Mirror";
    private static final Pattern PLACE = Pattern.compile("line (\\d+), .* of module (\\w+)");

    private final ActionComments comments;

    /** Tells by the comments of this spec. */
    Teller(SpecFolder spec) throws IOException {
        comments = new ActionComments(spec);
    }

    /** Tells TLC's counterexample to a model's property. */
    List<ToldStep> tell(ModelName model, Counterexample counterexample) {
        Optional<Harm> harm = Harm.of(counterexample, model.property());
        Behaviour behaviour = behaviour(model.policy());
        List<ToldStep> told = new ArrayList<>();
        for (CounterexampleStep step : counterexample.steps()) {
            Matcher place = PLACE.matcher(step.place());
            boolean found = place.find();
            Optional<Label> known = step.label();
            String module = found ? place.group(2) : "";
            told.add(step(step.number(), known, step.argumentsKnown(), found ? Optional.of(Integer.valueOf(place.group(1))) : Optional.empty(),
                    module, behaviour.next(known.map(label -> named(module, label)), step.argumentsKnown(), step.state()),
                    harm.filter(one -> one.number() == step.number())));
        }
        return told;
    }

    /** Tells a trace of Mirror.tla. If at its end the legs differ, the step that made them is marked as the harmful one. */
    List<ToldStep> tell(Trace trace) {
        List<Map<String, Value>> states = new ArrayList<>(List.of(trace.start()));
        List<Label> labels = new ArrayList<>();
        for (Step step : trace.steps()) {
            labels.add(step.label());
            states.add(step.post());
        }
        return ofMirror(trace.policy(), labels, states, Harm.legsDiffer(states, 0));
    }

    /** Tells a path of Mirror.tla's state graph, whose last step is the harmful one. */
    List<ToldStep> tell(String policy, StateGraph graph, int start, int[] path, String why) {
        List<Map<String, Value>> states = new ArrayList<>(List.of(graph.state(start)));
        List<Label> labels = new ArrayList<>();
        for (int edge : path) {
            labels.add(graph.label(edge));
            states.add(graph.state(graph.target(edge)));
        }
        return ofMirror(policy, labels, states, Optional.of(new Harm(path.length, why)));
    }

    /**
     * Tells steps that were performed, the first of which led to the first state.
     *
     * @param labels the steps
     * @param states the state after each
     */
    List<ToldStep> tell(String policy, List<Label> labels, List<Map<String, Value>> states) {
        Behaviour behaviour = behaviour(policy);
        List<ToldStep> told = new ArrayList<>();
        for (int i = 0; i < states.size(); i++) {
            Optional<Label> label = Optional.of(labels.get(i));
            told.add(step(i + 1, label, true, Optional.empty(), MIRROR, behaviour.next(label, true, states.get(i)), Optional.empty()));
        }
        return told;
    }

    private List<ToldStep> ofMirror(String policy, List<Label> labels, List<Map<String, Value>> states, Optional<Harm> harm) {
        Behaviour behaviour = behaviour(policy);
        List<ToldStep> told = new ArrayList<>();
        for (int i = 0; i < states.size(); i++) {
            int number = i;
            Optional<Label> label = i == 0 ? Optional.empty() : Optional.of(labels.get(i - 1));
            told.add(step(i, label, true, Optional.empty(), MIRROR, behaviour.next(label, true, states.get(i)),
                    harm.filter(one -> one.number() == number)));
        }
        return told;
    }

    private static Behaviour behaviour(String policy) {
        return new Behaviour(Policy.named(policy).filter(found -> found.legsRead() == LegsRead.COPIED).isPresent());
    }

    private static Label named(String module, Label label) {
        return new Label(Words.actionOf(module, label.action()), label.arguments());
    }

    private ToldStep step(int number, Optional<Label> label, boolean argumentsKnown, Optional<Integer> line, String module,
            Behaviour.Seen seen, Optional<Harm> harm) {
        List<ToldStep.Changed> changes = seen.changes().stream().map(change -> new ToldStep.Changed(change.place(),
                change.from().map(Value::toString).orElse(null), change.to().toString())).toList();
        if (label.isEmpty()) {
            return new ToldStep(number, INITIAL, null, null, "", "", List.of(), List.of(), List.of(), seen.shows(), changes, false, null);
        }
        Optional<Words> words = Words.of(module, label.get(), argumentsKnown);
        String action = Words.actionOf(module, label.get().action());
        // Other modules have actions of the same names, of which Mirror.tla's comments are not.
        boolean cited = words.isPresent() && Words.ofMirror(module);
        return new ToldStep(number, label.get().toString(), line.orElse(null), module.isEmpty() ? null : module,
                words.map(Words::actor).orElse(""), words.map(Words::sentence).orElse(""),
                cited ? comments.sentences(action) : List.of(), cited ? comments.functions(action) : List.of(),
                seen.moves(), seen.shows(), changes, words.filter(Words::crash).isPresent(), harm.map(Harm::why).orElse(null));
    }
}
