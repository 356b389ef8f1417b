package dev.lockstep.suite;

import static dev.lockstep.suite.Graphs.A;
import static dev.lockstep.suite.Graphs.B;
import static dev.lockstep.suite.Graphs.CODES;
import static dev.lockstep.suite.Graphs.CUT;
import static dev.lockstep.suite.Graphs.KILL;
import static dev.lockstep.suite.Graphs.OPEN;
import static dev.lockstep.suite.Graphs.graph;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.coverage.Coverage;
import dev.lockstep.coverage.CoverageChecker;
import dev.lockstep.coverage.PlainWalk;
import dev.lockstep.suite.Graphs.Edge;
import dev.lockstep.trace.StateGraph;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SuiteGeneratorTest {
    @Test
    void forksWhereACrashIsAndGoesOn() {
        StateGraph graph = graph(4, 2,
                new Edge(0, OPEN, 2), new Edge(2, A, 3), new Edge(2, B, 3), new Edge(2, A, 2), new Edge(3, A, 2),
                new Edge(2, KILL, 1), new Edge(3, CUT, 0), new Edge(1, CUT, 1), new Edge(1, OPEN, 3));
        assertThat(told(graph)).containsExactly(
                "0: Restart 2, A 2, Kill (1), A 3, PowerCut (0), A 2, B 3",
                "1: PowerCut (1), Restart 3");
    }

    @Test
    void aWalkEndsInADownStateAndLaterOnesStartThere() {
        StateGraph graph = graph(3, 2,
                new Edge(0, OPEN, 2), new Edge(2, A, 1), new Edge(1, OPEN, 2), new Edge(1, CUT, 0), new Edge(1, A, 0),
                new Edge(0, B, 0));
        assertThat(told(graph)).containsExactly("0: Restart 2, A 1", "0: B 0", "1: PowerCut (0), Restart 2", "1: A 0");
    }

    @Test
    void anInitialStateWithoutEdgesNeedsNoWalk() {
        assertThat(suite(graph(1, 1)).walks()).isEmpty();
    }

    @Test
    void goesTheWayToAPieceAgainIfItsOwnStartLiesBehindIt() {
        // The tour has 0 2 0 and 1 2 1, but the only way to an image of 1 is that second piece's end.
        StateGraph graph = graph(3, 2,
                new Edge(0, OPEN, 2), new Edge(2, A, 1), new Edge(1, OPEN, 2), new Edge(2, A, 0));
        assertThat(told(graph)).containsExactly("0: Restart 2, A 0", "0: Restart 2, A 1", "1: Restart 2");
    }

    @Test
    void goesALongWayToAPieceAgain() {
        StateGraph graph = graph(4, 2, new Edge(0, OPEN, 2), new Edge(2, B, 3), new Edge(3, A, 0), new Edge(1, OPEN, 3),
                new Edge(3, A, 1));
        assertThat(told(graph)).containsExactly(
                "0: Restart 2, B 3, A 0", "0: Restart 2, B 3, A 1", "1: Restart 3");
    }

    @Property(edgeCases = EdgeCasesMode.NONE, seed = "20250201", tries = 3000)
    void everySuiteIsAcceptedByTheChecker(@ForAll @Size(max = 70) List<@IntRange(max = CODES - 1) Integer> codes) {
        StateGraph graph = Graphs.fromCodes(codes);
        Suite suite = suite(graph);
        assertComplete(graph, suite);
        assertThat(suite).isEqualTo(suite(graph));
        SuiteGenerator.Measured measured = SuiteGenerator.measured(graph, Graphs::isCrash);
        assertThat(measured.suite()).isEqualTo(suite);
        SuiteStats stats = measured.stats();
        assertThat(stats.leastStepsPerEdge()).isLessThanOrEqualTo(stats.stepsPerEdge());
        assertThat(stats.lowerBound()).isBetween(stats.edges(), stats.steps());
        assertThat(stats.walks()).isEqualTo(suite.walks().size());
    }

    @Property(edgeCases = EdgeCasesMode.NONE, seed = "20250202", tries = 500)
    void forksAndLoopsAreTakenOnce(@ForAll @Size(max = 70) List<@IntRange(max = CODES - 1) Integer> codes) {
        StateGraph graph = Graphs.fromCodes(codes);
        int[] times = new int[graph.edgeCount()];
        for (Walk walk : suite(graph).walks()) {
            assertThat(walk.edges()).isNotEmpty();
            for (int edge : walk.edges()) {
                times[edge]++;
            }
        }
        for (int edge = 0; edge < times.length; edge++) {
            if (Graphs.isCrash(graph.label(edge)) || graph.source(edge) == graph.target(edge)) {
                assertThat(times[edge]).isOne();
            }
        }
    }

    @Test
    void aBigGraphTakesFewStepsMoreThanItMust() {
        StateGraph graph = Graphs.layered(10_000, 100_000, 1);
        SuiteGenerator.Measured measured = SuiteGenerator.measured(graph, Graphs::isCrash);
        Coverage coverage = assertComplete(graph, measured.suite());
        SuiteStats stats = measured.stats();
        assertThat(coverage.steps()).isEqualTo(stats.steps());
        assertThat(coverage.stepsPerEdge()).isEqualTo(stats.stepsPerEdge()).isLessThan(1.8);
        assertThat((double) stats.steps()).isLessThan(1.05 * stats.lowerBound());
    }

    @Test
    void refusesAGraphThatIsNotAModels() {
        StateGraph upFirst = graph(2, 0, 1, List.of(new Edge(0, A, 1)));
        assertThatThrownBy(() -> suite(upFirst)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("initial state 0 is not down: mode is \"up\", but \"down\" was expected");
        StateGraph crashUp = graph(3, 1, new Edge(0, OPEN, 1), new Edge(1, KILL, 2));
        assertThatThrownBy(() -> suite(crashUp)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("crash edge 1 Kill leads to state 2, which is not down");
        StateGraph noStart = graph(1, 1, 0, List.of());
        assertThatThrownBy(() -> suite(noStart)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the graph has no initial state");
    }

    @Test
    void refusesAGraphWithPartsThatNothingReaches() {
        StateGraph cycle = graph(3, 1, new Edge(1, A, 2), new Edge(2, A, 1));
        StateGraph chain = graph(3, 1, new Edge(1, A, 2));
        StateGraph image = graph(3, 2, new Edge(1, OPEN, 2));
        StateGraph idle = graph(2, 2, new Edge(1, CUT, 0));
        for (StateGraph graph : List.of(cycle, chain, image, idle)) {
            assertThatThrownBy(() -> suite(graph)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("the graph has ");
        }
    }

    private static Suite suite(StateGraph graph) {
        return SuiteGenerator.generate(graph, Graphs::isCrash);
    }

    private static Coverage assertComplete(StateGraph graph, Suite suite) {
        List<PlainWalk> plain = suite.walks().stream().map(walk -> new PlainWalk(walk.start(), walk.edges())).toList();
        Coverage coverage = CoverageChecker.check(graph, Graphs::isCrash, plain);
        assertThat(coverage.errors()).isEmpty();
        assertThat(coverage.covered()).isEqualTo(graph.edgeCount());
        assertThat(coverage.steps()).isEqualTo(suite.steps());
        return coverage;
    }

    private static List<String> told(StateGraph graph) {
        List<String> lines = new ArrayList<>();
        for (Walk walk : suite(graph).walks()) {
            List<String> steps = new ArrayList<>();
            for (int edge : walk.edges()) {
                boolean fork = Graphs.isCrash(graph.label(edge));
                steps.add(graph.label(edge) + " " + (fork ? "(" + graph.target(edge) + ")" : graph.target(edge)));
            }
            lines.add(walk.start() + ": " + String.join(", ", steps));
        }
        return lines;
    }
}
