package dev.lockstep.tlc.inside;

import dev.lockstep.trace.Label;
import dev.lockstep.trace.Value;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import tla2sany.semantic.OpDeclNode;
import tlc2.tool.Action;
import tlc2.tool.StateVec;
import tlc2.tool.TLCState;
import tlc2.tool.impl.FastTool;

/**
 * Finds the arguments of the actions along a behaviour, by taking every step that TLC would take from each of its
 * states.
 */
public final class StepLabels implements Callable<List<Optional<Label>>> {
    private final Path spec;
    private final String module;
    private final String configuration;
    private final Path temporary;
    private final PrintStream output;
    private final List<Map<String, Value>> behaviour;
    private final List<String> actions;
    private final ValueConverter values = new ValueConverter();
    private final ActionLabels labels = new ActionLabels(values);

    /**
     * Prepares the search.
     *
     * @param spec folder with modules and configuration
     * @param module name of the root module
     * @param configuration name of the configuration file, without {@code .cfg}
     * @param temporary empty folder for standard modules
     * @param output where TLC prints to
     * @param behaviour states, the first an initial one
     * @param actions names of the actions between them, one less
     */
    public StepLabels(Path spec, String module, String configuration, Path temporary, PrintStream output,
            List<Map<String, Value>> behaviour, List<String> actions) {
        this.spec = spec;
        this.module = module;
        this.configuration = configuration;
        this.temporary = temporary;
        this.output = output;
        this.behaviour = behaviour;
        this.actions = actions;
    }

    /**
     * Searches.
     *
     * @return for each action its label, if there is exactly one by which it makes that step; the list is shorter if a
     *     step was not found at all
     */
    @Override
    public List<Optional<Label>> call() {
        Session.prepare(output);
        FastTool tool = Session.read(spec, module, configuration, temporary);
        List<Optional<Label>> found = new ArrayList<>();
        TLCState state = find(tool.getInitStates(), behaviour.get(0));
        for (int i = 0; state != null && i < actions.size(); i++) {
            Set<Label> candidates = new LinkedHashSet<>();
            TLCState next = null;
            for (Action action : tool.getActions()) {
                TLCState successor = action.getName().equals(actions.get(i))
                        ? find(tool.getNextStates(action, state), behaviour.get(i + 1)) : null;
                if (successor != null) {
                    next = successor;
                    candidates.add(labels.labelOf(action));
                }
            }
            if (next != null) {
                found.add(candidates.size() == 1 ? candidates.stream().findFirst() : Optional.empty());
            }
            state = next;
        }
        return found;
    }

    private TLCState find(StateVec states, Map<String, Value> wanted) {
        for (int i = 0; i < states.size(); i++) {
            TLCState state = states.elementAt(i);
            Map<String, Value> found = new TreeMap<>();
            for (OpDeclNode variable : state.getVars()) {
                found.put(variable.getName().toString(), values.convert(state.lookup(variable.getName())));
            }
            if (found.equals(wanted)) {
                return state;
            }
        }
        return null;
    }
}
