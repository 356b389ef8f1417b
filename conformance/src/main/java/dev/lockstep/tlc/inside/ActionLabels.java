package dev.lockstep.tlc.inside;

import dev.lockstep.trace.Label;
import dev.lockstep.trace.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import tla2sany.semantic.FormalParamNode;
import tlc2.tool.Action;
import tlc2.value.IValue;

/** The labels of TLC's actions: TLC has an action for each choice of parameters. Not thread-safe. */
final class ActionLabels {
    private final Map<Action, Label> known = new IdentityHashMap<>();
    private final ValueConverter values;

    ActionLabels(ValueConverter values) {
        this.values = values;
    }

    /**
     * Returns name and arguments.
     *
     * @throws UnfitSpec if TLC does not know them: the action has no name, or an argument depends on the state
     */
    Label labelOf(Action action) {
        return known.computeIfAbsent(action, this::label);
    }

    private Label label(Action action) {
        if (action.getOpDef() == null) {
            throw new UnfitSpec("the action at " + action.pred.getLocation() + " has no name");
        }
        String name = action.getName().toString();
        List<Value> arguments = new ArrayList<>();
        for (FormalParamNode parameter : action.getOpDef().getParams()) {
            if (!(action.con.lookup(parameter) instanceof IValue argument)) {
                throw new UnfitSpec("TLC does not tell the argument " + parameter.getName() + " of the action " + name
                        + ", at " + action.pred.getLocation()
                        + ": a quantifier over a set that no state changes was expected");
            }
            arguments.add(values.convert(argument));
        }
        return new Label(name, arguments);
    }
}
