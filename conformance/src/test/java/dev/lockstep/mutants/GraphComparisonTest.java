package dev.lockstep.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.trace.Label;
import dev.lockstep.trace.PartialGraph;
import dev.lockstep.trace.PartialGraph.End;
import dev.lockstep.trace.StateGraph;
import dev.lockstep.trace.Value;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphComparisonTest {
    /** Steps of a graph of numbers, which begins with 0: {@code 0 Up 1}. */
    private static StateGraph graph(String... steps) {
        StateGraph.Builder builder = new StateGraph.Builder(List.of("x"));
        builder.initial(builder.state(Value.of(0L)));
        for (String step : steps) {
            String[] parts = step.split(" ");
            builder.edge(builder.state(Value.of(Long.parseLong(parts[0]))), Label.of(parts[1]),
                    builder.state(Value.of(Long.parseLong(parts[2]))));
        }
        return builder.build();
    }

    private static final StateGraph SPEC = graph("0 Up 1", "1 Up 2", "1 Down 0", "2 Down 1", "2 Cut 0", "2 Cut 1");

    private static GraphComparison.Result compare(String... steps) {
        StateGraph graph = graph(steps);
        return new GraphComparison(SPEC).compare(new PartialGraph(graph, graph.stateCount(), End.WHOLE));
    }

    private static List<List<String>> paths(String... steps) {
        StateGraph graph = graph(steps);
        return compare(steps).paths().stream().map(path -> Arrays.stream(path)
                .mapToObj(edge -> graph.label(edge) + " " + graph.value(graph.target(edge), 0)).toList()).toList();
    }

    @Test
    void theSameGraphNumberedOtherwiseIsTheSame() {
        assertThat(compare("0 Up 1", "1 Down 0", "1 Up 2", "2 Cut 1", "2 Cut 0", "2 Down 1").same()).isTrue();
        assertThat(paths("0 Up 1", "1 Down 0", "1 Up 2", "2 Cut 1", "2 Cut 0", "2 Down 1")).isEmpty();
    }

    @Test
    void aStepThatLeadsElsewhereIsTheEndOfAPath() {
        assertThat(compare("0 Up 1", "1 Up 2", "1 Down 1", "2 Down 1", "2 Cut 0", "2 Cut 1").same()).isFalse();
        assertThat(paths("0 Up 1", "1 Up 2", "1 Down 1", "2 Down 1", "2 Cut 0", "2 Cut 1")).contains(List.of("Up 1", "Down 1"));
    }

    @Test
    void anActionThatIsPossibleWhereItWasNotOrTheOtherWayRoundIsSeenOnTheWayThroughThatState() {
        assertThat(paths("0 Up 1", "0 Down 0", "1 Up 2", "1 Down 0", "2 Down 1", "2 Cut 0", "2 Cut 1").get(0)).hasSize(1);
        assertThat(paths("0 Up 1", "1 Up 2", "2 Down 1", "2 Cut 0", "2 Cut 1").get(0)).startsWith("Up 1");
    }

    @Test
    void anActionThatIsPossibleNowhereMoreIsSeen() {
        assertThat(compare("0 Up 1", "1 Up 2", "1 Down 0", "2 Down 1").same()).isFalse();
        assertThat(paths("0 Up 1", "1 Up 2", "1 Down 0", "2 Down 1")).containsExactly(List.of("Up 1", "Up 2", "Down 1"));
    }

    @Test
    void anOutcomeLessCannotBeSeenButIsNotTheSame() {
        assertThat(compare("0 Up 1", "1 Up 2", "1 Down 0", "2 Down 1", "2 Cut 0"))
                .satisfies(result -> assertThat(result.paths()).isEmpty())
                .satisfies(result -> assertThat(result.same()).isFalse());
    }

    @Test
    void whatIsNotExpandedYetIsNotCompared() {
        StateGraph begun = graph("0 Up 1", "1 Up 2", "1 Down 0");
        assertThat(new GraphComparison(SPEC).compare(new PartialGraph(begun, 2, End.CUT)))
                .satisfies(result -> assertThat(result.paths()).isEmpty())
                .satisfies(result -> assertThat(result.same()).isFalse());
    }
}
