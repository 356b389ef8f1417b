package dev.lockstep.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.trace.Label;
import dev.lockstep.trace.StateGraph;
import dev.lockstep.trace.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A good suite written by hand, and what is found when it is spoilt in one way after the other. */
class CoverageCheckerTest {
    private static final Label OPEN = Label.of("Restart");
    private static final Label KILL = Label.of("Kill");
    private static final Label WRITE = Label.of("Write", Value.of(0));
    private static final Label WRITE_1 = Label.of("Write", Value.of(1));
    private static final Label READ = Label.of("Read");
    private static final Label CLOSE = Label.of("Close");

    private final StateGraph graph = graph();
    private final int open0 = edge(0, OPEN, 3);
    private final int open1 = edge(1, OPEN, 4);
    private final int kill1 = edge(1, KILL, 1);
    private final int open2 = edge(2, OPEN, 3);
    private final int write = edge(3, WRITE, 4);
    private final int write1 = edge(3, WRITE_1, 4);
    private final int read = edge(3, READ, 3);
    private final int kill4 = edge(4, KILL, 1);
    private final int back = edge(4, READ, 3);
    private final int close = edge(4, CLOSE, 2);

    private final List<PlainWalk> good = List.of(
            walk(0, open0, read, write, kill4, back, write1),
            walk(1, kill1, open1, close),
            walk(2, open2));

    @Test
    void acceptsAGoodSuite() {
        Coverage coverage = check(good);
        assertThat(coverage.errors()).isEmpty();
        assertThat(coverage.isComplete()).isTrue();
        assertThat(coverage.edges()).isEqualTo(coverage.covered()).isEqualTo(coverage.steps()).isEqualTo(10);
        assertThat(coverage.stepsPerEdge()).isEqualTo(1.0);
        assertThat(coverage.stepsPerAction())
                .isEqualTo(Map.of("Restart", 3L, "Kill", 2L, "Write", 2L, "Read", 2L, "Close", 1L));
    }

    @Test
    void countsEveryStepAndEveryEdgeOnce() {
        List<PlainWalk> longer = new ArrayList<>(good);
        longer.add(walk(0, open0, read, read));
        Coverage coverage = check(longer);
        assertThat(coverage.isComplete()).isTrue();
        assertThat(coverage.covered()).isEqualTo(10);
        assertThat(coverage.steps()).isEqualTo(13);
        assertThat(coverage.stepsPerEdge()).isEqualTo(1.3);
        assertThat(coverage.stepsPerAction()).containsEntry("Read", 4L).containsEntry("Restart", 4L);
    }

    @Test
    void missesASelfLoopThatIsDropped() {
        assertErrors(replaced(0, walk(0, open0, write, kill4, back, write1)), edgeText(read) + " is not covered");
    }

    @Test
    void missesAParallelEdgeThatIsDropped() {
        PlainWalk doctored = walk(0, open0, read, write, kill4, back, write);
        assertErrors(replaced(0, doctored), edgeText(write1) + " is not covered");
    }

    @Test
    void missesAForkThatIsDropped() {
        assertErrors(replaced(0, walk(0, open0, read, write, back, write1)),
                "walk 1 starts at state 1, whose image does not exist by then",
                "walk 2 starts at state 2, whose image does not exist by then",
                edgeText(open1) + " is not covered", edgeText(kill1) + " is not covered",
                edgeText(open2) + " is not covered", edgeText(kill4) + " is not covered",
                edgeText(close) + " is not covered");
    }

    @Test
    void missesAWalkThatIsDropped() {
        assertErrors(good.subList(0, 2), edgeText(open2) + " is not covered");
    }

    @Test
    void anEmptySuiteCoversNothing() {
        Coverage coverage = check(List.of());
        assertThat(coverage.covered()).isZero();
        assertThat(coverage.errors()).hasSize(10);
        assertThat(coverage.stepsPerAction()).containsEntry("Close", 0L);
    }

    @Test
    void refusesAWalkThatComesBeforeItsImage() {
        List<PlainWalk> reversed = new ArrayList<>(good);
        Collections.swap(reversed, 1, 2);
        assertErrors(reversed, "walk 1 starts at state 2, whose image does not exist by then",
                edgeText(open2) + " is not covered");
    }

    @Test
    void refusesAWalkFromAnUpState() {
        assertErrors(added(walk(3, write)), "walk 3 starts at state 3, which is not down");
    }

    @Test
    void refusesAWalkFromNowhere() {
        assertErrors(added(walk(5)), "walk 3 starts at state 5, which does not exist");
        assertErrors(added(walk(-1)), "walk 3 starts at state -1, which does not exist");
    }

    @Test
    void refusesAJumpAndCountsNothingAfterIt() {
        assertErrors(replaced(1, walk(1, kill1, open1, read, close)),
                "walk 1, step 2: " + edgeText(read) + " is taken at state 4",
                "walk 2 starts at state 2, whose image does not exist by then",
                edgeText(open2) + " is not covered", edgeText(close) + " is not covered");
    }

    @Test
    void refusesAJumpAhead() {
        assertErrors(added(walk(0, write)), "walk 3, step 0: " + edgeText(write) + " is taken at state 0");
    }

    @Test
    void refusesAStepFromWhereACrashLed() {
        assertErrors(replaced(0, walk(0, open0, read, write, kill4, open1)),
                "walk 0, step 4: " + edgeText(open1) + " is taken at state 4",
                edgeText(write1) + " is not covered", edgeText(back) + " is not covered");
    }

    @Test
    void refusesAnEdgeThatDoesNotExist() {
        assertErrors(added(walk(0, 10)), "walk 3, step 0: edge 10 does not exist");
        assertErrors(added(walk(0, -1)), "walk 3, step 0: edge -1 does not exist");
    }

    @Test
    void refusesToGoOnFromWhereTheVolumeWasClosed() {
        assertErrors(added(walk(1, open1, close, open2)),
                "walk 3, step 2: " + edgeText(open2) + " is taken after the walk has ended in down state 2");
    }

    @Test
    void refusesACrashThatLeadsToAnUpState() {
        Coverage coverage = CoverageChecker.check(graph, WRITE::equals, List.of(walk(0, open0, write)));
        assertThat(coverage.errors()).startsWith(
                "walk 0, step 1: " + edgeText(write) + " is a crash, but its target is not down");
    }

    @Test
    void tellsTheFirstErrorsAndCountsTheRest() {
        List<PlainWalk> many = new ArrayList<>(good);
        IntStream.range(0, CoverageChecker.MAX_ERRORS + 7).forEach(i -> many.add(walk(3)));
        List<String> errors = check(many).errors();
        assertThat(errors).hasSize(CoverageChecker.MAX_ERRORS + 1).endsWith("and 7 more");
    }

    @Test
    void ofAPartOnlyTheEdgesCountThatAreAMatterOfIt() {
        FirstTaken first = FirstTaken.of(graph, good, number -> number == 1 ? 1 : 0, 2);
        assertThat(first.edges(1).stream()).containsExactlyInAnyOrder(kill1, open1, close);
        PlainWalk way = walk(0, open0, write, kill4);
        Coverage coverage = CoverageChecker.check(graph, KILL::equals, List.of(way, good.get(1)), first.edges(1));
        assertThat(coverage.errors()).isEmpty();
        assertThat(coverage.edges()).isEqualTo(coverage.covered()).isEqualTo(3);
        assertThat(coverage.steps()).isEqualTo(6);
        Coverage doctored = CoverageChecker.check(graph, KILL::equals, List.of(way, walk(1, kill1, open1, back)), first.edges(1));
        assertThat(doctored.errors()).containsExactly(edgeText(close) + " is not covered");
        assertThat(doctored.covered()).isEqualTo(2);
    }

    @Test
    void anEdgeIsAMatterOfThePartThatTakesItFirst() {
        FirstTaken first = FirstTaken.of(graph, added(walk(0, open0, read, write1)), number -> number < 3 ? 0 : 1, 2);
        assertThat(first.edges(0).cardinality()).isEqualTo(10);
        assertThat(first.edges(1).isEmpty()).isTrue();
    }

    @Test
    void plainWalksAreEqualByContent() {
        assertThat(walk(1, 2)).isEqualTo(walk(1, 2)).hasSameHashCodeAs(walk(1, 2)).isNotEqualTo(walk(1, 3))
                .isNotEqualTo(walk(0, 2)).hasToString("PlainWalk[start=1, edges=[2]]");
    }

    private static StateGraph graph() {
        StateGraph.Builder builder = new StateGraph.Builder(List.of("id", "mode"));
        for (int state = 0; state < 5; state++) {
            builder.state(Value.of(state), Value.of(state < 3 ? "down" : "up"));
        }
        builder.initial(0);
        builder.edge(0, OPEN, 3);
        builder.edge(1, OPEN, 4);
        builder.edge(1, KILL, 1);
        builder.edge(2, OPEN, 3);
        builder.edge(3, WRITE, 4);
        builder.edge(3, WRITE_1, 4);
        builder.edge(3, READ, 3);
        builder.edge(4, KILL, 1);
        builder.edge(4, READ, 3);
        builder.edge(4, CLOSE, 2);
        return builder.build();
    }

    private int edge(int source, Label label, int target) {
        return IntStream.range(graph.firstEdge(source), graph.firstEdge(source + 1))
                .filter(edge -> graph.label(edge).equals(label) && graph.target(edge) == target)
                .findFirst().orElseThrow();
    }

    private String edgeText(int edge) {
        return "edge " + edge + " (" + graph.source(edge) + " " + graph.label(edge) + " " + graph.target(edge) + ")";
    }

    private static PlainWalk walk(int start, int... edges) {
        return new PlainWalk(start, edges);
    }

    private List<PlainWalk> replaced(int number, PlainWalk walk) {
        List<PlainWalk> walks = new ArrayList<>(good);
        walks.set(number, walk);
        return walks;
    }

    private List<PlainWalk> added(PlainWalk walk) {
        List<PlainWalk> walks = new ArrayList<>(good);
        walks.add(walk);
        return walks;
    }

    private Coverage check(List<PlainWalk> walks) {
        return CoverageChecker.check(graph, KILL::equals, walks);
    }

    private void assertErrors(List<PlainWalk> walks, String... errors) {
        Coverage coverage = check(walks);
        assertThat(coverage.errors()).containsExactlyInAnyOrder(errors);
        assertThat(coverage.isComplete()).isFalse();
        long uncovered = Arrays.stream(errors).filter(error -> error.endsWith("is not covered")).count();
        assertThat(coverage.covered()).isEqualTo(coverage.edges() - uncovered);
    }
}
