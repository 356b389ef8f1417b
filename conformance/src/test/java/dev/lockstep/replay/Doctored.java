package dev.lockstep.replay;

import dev.lockstep.trace.Label;
import dev.lockstep.trace.StateGraph;
import dev.lockstep.trace.Value;
import java.util.Optional;

/** A state graph with something in it put otherwise: a model that is not that of the mirror. States keep their numbers. */
final class Doctored {
    private final StateGraph real;
    private final StateGraph.Builder builder;

    private Doctored(StateGraph real) {
        this.real = real;
        this.builder = new StateGraph.Builder(real.variables());
    }

    /** Returns the graph with another value of a variable in one state, if a value is left with which the state is a new one. */
    static Optional<StateGraph> value(StateGraph real, int state, String variable) {
        int column = real.variable(variable);
        for (Value value : real.values(column)) {
            if (!value.equals(real.value(state, column))) {
                Doctored doctored = new Doctored(real);
                doctored.states(state, column, value);
                if (doctored.builder.stateCount() == real.stateCount()) {
                    doctored.edges(-1, Label.of("None"));
                    return Optional.of(doctored.builder.build());
                }
            }
        }
        return Optional.empty();
    }

    /** Returns the graph with that value of a variable in one state. */
    static StateGraph value(StateGraph real, int state, String variable, Value value) {
        Doctored doctored = new Doctored(real);
        doctored.states(state, real.variable(variable), value);
        doctored.edges(-1, Label.of("None"));
        return doctored.builder.build();
    }

    /** Returns the graph without the edges of a label out of a state. */
    static StateGraph without(StateGraph real, int state, Label label) {
        Doctored doctored = new Doctored(real);
        doctored.states(-1, 0, null);
        doctored.edges(state, label);
        return doctored.builder.build();
    }

    /** Returns the graph with one edge more. */
    static StateGraph with(StateGraph real, int source, Label label, int target) {
        Doctored doctored = new Doctored(real);
        doctored.states(-1, 0, null);
        doctored.edges(-1, label);
        doctored.builder.edge(source, label, target);
        return doctored.builder.build();
    }

    private void states(int changed, int column, Value value) {
        for (int state = 0; state < real.stateCount(); state++) {
            Value[] values = new Value[real.variables().size()];
            for (int variable = 0; variable < values.length; variable++) {
                values[variable] = state == changed && variable == column ? value : real.value(state, variable);
            }
            builder.state(values);
        }
        for (int state : real.initialStates()) {
            builder.initial(state);
        }
    }

    private void edges(int source, Label left) {
        for (int state = 0; state < real.stateCount(); state++) {
            for (int edge = real.firstEdge(state); edge < real.firstEdge(state + 1); edge++) {
                if (state != source || !real.label(edge).equals(left)) {
                    builder.edge(state, real.label(edge), real.target(edge));
                }
            }
        }
    }
}
