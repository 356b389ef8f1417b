package dev.lockstep.sut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.LongTest;
import dev.lockstep.region.Policy;
import dev.lockstep.trace.StateGraph;
import dev.lockstep.trace.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@LongTest
class VariablesTest {
    private final List<Variable> variables = Variables.of(Size.SMALLEST);

    @Test
    void theyAreThoseOfTheSpecInItsOrder() {
        assertThat(variables).extracting(Variable::name).isEqualTo(ModelGraphs.oneStep(Policy.ORIGINAL).variables());
    }

    @Test
    void everyValueOfAGraphHasACodeOfItsOwnThatGivesItBack() {
        assertCodes(ModelGraphs.oneStep(Policy.ORIGINAL));
        assertCodes(ModelGraphs.oneStep(Policy.COMPARE_LEGS));
    }

    private void assertCodes(StateGraph graph) {
        for (Variable variable : variables) {
            List<Value> values = graph.values(graph.variable(variable.name()));
            List<Long> codes = values.stream().map(variable::encode).toList();
            assertThat(codes).as(variable.name()).doesNotHaveDuplicates();
            assertThat(codes.stream().map(variable::decode)).as(variable.name()).isEqualTo(values);
        }
    }

    @Test
    void everySizeThatCanBeReplayedFits() {
        for (String size : List.of("1x1x2", "1x1x3", "1x2x2", "1x2x3", "2x1x2", "2x1x3", "3x1x2")) {
            assertThatCode(() -> Variables.of(Size.parse(size))).as(size).doesNotThrowAnyException();
        }
    }

    @Test
    void aValueThatTheSpecDoesNotGiveIsRefusedRatherThanTakenForAnother() {
        Variable page = variables.get(1);
        Value outside = Value.function(Map.of(Value.of(0), Value.of(7)));
        Value tooMany = Value.function(Map.of(Value.of(0), Value.of(0), Value.of(1), Value.of(0)));
        for (Value value : List.of(outside, tooMany, Value.of("up"), Value.set())) {
            assertThatThrownBy(() -> page.encode(value)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("its variable page has the value " + value + ", which Mirror.tla does not give it at this size");
        }
    }
}
