package dev.lockstep.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.coverage.Coverage;
import dev.lockstep.coverage.CoverageChecker;
import dev.lockstep.coverage.FirstTaken;
import dev.lockstep.coverage.PlainWalk;
import dev.lockstep.trace.StateGraph;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The parts of a suite, judged by the coverage checker, which knows nothing of how they are made. */
class ShardsTest {
    @Property(edgeCases = EdgeCasesMode.NONE, seed = "20250203", tries = 1000)
    void partsAreDisjointAndTogetherEverything(@ForAll @Size(max = 70) List<@IntRange(max = Graphs.CODES - 1) Integer> codes,
            @ForAll @IntRange(min = 1, max = 5) int count) {
        assertDisjointAndComplete(Graphs.fromCodes(codes), count);
    }

    @Test
    void soAreThoseOfABigGraphAndTheyAreAboutEqual() {
        StateGraph graph = Graphs.layered(10_000, 100_000, 1);
        Suite suite = SuiteGenerator.generate(graph, Graphs::isCrash);
        Shards shards = assertDisjointAndComplete(graph, 3);
        for (int part = 0; part < 3; part++) {
            assertThat(shards.part(part).steps()).isBetween(suite.steps() / 3 - 100, suite.steps() * 11 / 30);
        }
    }

    private static Shards assertDisjointAndComplete(StateGraph graph, int count) {
        Suite suite = SuiteGenerator.generate(graph, Graphs::isCrash);
        Shards shards = new Shards(graph, suite, count);
        FirstTaken first = FirstTaken.of(graph, plain(suite.walks()), shards::partOf, count);
        BitSet together = new BitSet();
        List<Walk> walks = new ArrayList<>();
        for (int part = 0; part < count; part++) {
            BitSet own = first.edges(part);
            assertThat(own.intersects(together)).as("edges of part %s that are another's", part).isFalse();
            together.or(own);
            Coverage coverage = CoverageChecker.check(graph, Graphs::isCrash, plain(shards.part(part).walks()), own);
            assertThat(coverage.errors()).isEmpty();
            assertThat(coverage.covered()).isEqualTo(coverage.edges()).isEqualTo(own.cardinality());
            walks.addAll(shards.part(part).walks());
        }
        assertThat(together.cardinality()).isEqualTo(graph.edgeCount());
        assertThat(CoverageChecker.check(graph, Graphs::isCrash, plain(walks)).isComplete()).isTrue();
        assertThat(shards.count()).isEqualTo(count);
        return shards;
    }

    @Test
    void aPartThatLacksAWalkIsFoundToLackItsEdges() {
        StateGraph graph = Graphs.layered(200, 2_000, 2);
        Suite suite = SuiteGenerator.generate(graph, Graphs::isCrash);
        Shards shards = new Shards(graph, suite, 2);
        FirstTaken first = FirstTaken.of(graph, plain(suite.walks()), shards::partOf, 2);
        List<Walk> walks = new ArrayList<>(shards.part(1).walks());
        Walk last = walks.remove(walks.size() - 1);
        Coverage coverage = CoverageChecker.check(graph, Graphs::isCrash, plain(walks), first.edges(1));
        assertThat(coverage.isComplete()).isFalse();
        assertThat(coverage.errors()).allMatch(error -> error.endsWith(" is not covered"));
        assertThat(coverage.edges() - coverage.covered()).isBetween(1L, (long) last.edges().length);
    }

    @Test
    void aPartMakesTheImagesThatItsWalksStartFrom() {
        StateGraph graph = Graphs.graph(4, 3, new Graphs.Edge(0, Graphs.OPEN, 3), new Graphs.Edge(3, Graphs.KILL, 1),
                new Graphs.Edge(1, Graphs.CUT, 2), new Graphs.Edge(2, Graphs.OPEN, 3));
        Suite suite = SuiteGenerator.generate(graph, Graphs::isCrash);
        int open = graph.firstEdge(0);
        int cut = graph.firstEdge(1);
        int openAgain = graph.firstEdge(2);
        int kill = graph.firstEdge(3);
        assertThat(suite.walks()).containsExactly(walk(0, open, kill), walk(1, cut), walk(2, openAgain));
        Shards shards = new Shards(graph, suite, 2);
        assertThat(shards.part(0)).isEqualTo(new Suite(List.of(walk(0, open, kill))));
        assertThat(shards.part(1)).isEqualTo(new Suite(List.of(walk(0, open, kill), walk(1, cut), walk(2, openAgain))));
        FirstTaken first = FirstTaken.of(graph, plain(suite.walks()), shards::partOf, 2);
        assertThat(CoverageChecker.check(graph, Graphs::isCrash, plain(suite.walks().subList(1, 3)), first.edges(1)).errors())
                .startsWith("walk 0 starts at state 1, whose image does not exist by then");
    }

    private static Walk walk(int start, int... edges) {
        return new Walk(start, edges);
    }

    @Test
    void theOnlyPartIsTheSuite() {
        StateGraph graph = Graphs.layered(200, 2_000, 2);
        Suite suite = SuiteGenerator.generate(graph, Graphs::isCrash);
        assertThat(new Shards(graph, suite, 1).part(0)).isEqualTo(suite);
        assertThatThrownBy(() -> new Shards(graph, suite, 0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a suite cannot be in 0 parts; at least 1 is expected");
    }

    private static List<PlainWalk> plain(List<Walk> walks) {
        return walks.stream().map(walk -> new PlainWalk(walk.start(), walk.edges())).toList();
    }
}
