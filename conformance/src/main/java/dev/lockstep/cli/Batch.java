package dev.lockstep.cli;

import dev.lockstep.tlc.Model;
import dev.lockstep.tlc.ModelResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Models that one run of TLC can judge: their configurations differ in the invariant only, so that they have the same
 * states and steps. TLC is given all of the invariants. If it visits every state and finds none of them violated, each
 * of them holds, and TLC would have counted the same for each by itself. A violation says nothing about the other
 * models, and each is to be judged by itself.
 *
 * @param models one at least
 * @param model what TLC is given: the first of them, with every invariant
 * @param expectedStates how many states TLC is expected to generate; 0 if that is not known
 */
record Batch(List<ModelName> models, Model model, long expectedStates) {
    private static final int STEPS_WEIGH = 10;
    private static final Pattern INVARIANT = Pattern.compile("(?m)^INVARIANT +(\\w+) *$");
    private static final Pattern INVARIANTS = Pattern.compile("(?m)^INVARIANT .*$");

    /** Returns models, each by itself. */
    static List<Batch> single(SpecFolder spec, List<ModelName> models, Pins pins) {
        return models.stream().map(model -> new Batch(List.of(model), spec.model(model), states(model, pins))).toList();
    }

    /** Returns models, those together that are expected to hold and can be judged together. */
    static List<Batch> together(SpecFolder spec, List<ModelName> models, Pins pins) {
        Map<String, Batch> batches = new LinkedHashMap<>();
        for (Batch batch : single(spec, models, pins)) {
            ModelName model = batch.models.get(0);
            boolean mayBeTogether = pins.find(model).map(Pin::holds).orElse(false)
                    && INVARIANT.matcher(batch.model.configuration()).results().count() == 1;
            String others = INVARIANT.matcher(batch.model.configuration()).replaceFirst("");
            batches.merge(mayBeTogether ? model.module() + "\n" + others : model.name(), batch, Batch::with);
        }
        return List.copyOf(batches.values());
    }

    private static long states(ModelName model, Pins pins) {
        return pins.find(model).map(Pin::totalStates).orElse(0L);
    }

    /** Returns how long it takes, compared with others: a property of steps or of behaviours takes TLC far longer a state. */
    long weight() {
        return INVARIANTS.matcher(model.configuration()).find() ? expectedStates : STEPS_WEIGH * expectedStates;
    }

    private Batch with(Batch other) {
        List<ModelName> both = new ArrayList<>(models);
        both.addAll(other.models);
        Matcher added = INVARIANT.matcher(other.model.configuration());
        String invariant = added.find() ? added.group(1) : "";
        // On the same line, so that what TLC says about a line is true of the file.
        String all = INVARIANTS.matcher(model.configuration()).replaceFirst("$0 " + invariant);
        return new Batch(List.copyOf(both), new Model(model.name(), model.directory(), model.module(), all),
                expectedStates);
    }

    /** Returns what a result of the whole says of one of the models, if none is violated or there is but one. */
    static ModelResult of(ModelName model, ModelResult result) {
        return new ModelResult(model.name(), result.verdict(), result.violated(), result.counterexample(),
                result.distinctStates(), result.totalStates(), result.depth(), result.fired(), result.seconds(),
                result.tlcVersion());
    }
}
