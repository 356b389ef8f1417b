package dev.lockstep.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.suite.ShortestPath;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.StateGraph;
import dev.lockstep.trace.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** On a graph of four states in a ring, 0 to 3, of which each may be stayed in, and left for nothing else but the next. */
class ShorteningTest {
    private static final Label STAY = Label.of("Stay");
    private static final Label ON = Label.of("On");
    private static final Label KILL = Label.of("Kill");

    private final StateGraph graph = ring();
    private final List<List<String>> tried = new ArrayList<>();

    private static StateGraph ring() {
        StateGraph.Builder builder = new StateGraph.Builder(List.of("mode", "at"));
        int[] states = IntStream.range(0, 4).map(at -> builder.state(Value.of(at == 0 ? "down" : "up"), Value.of(at)))
                .toArray();
        builder.initial(states[0]);
        for (int at = 0; at < 4; at++) {
            builder.edge(states[at], ON, states[(at + 1) % 4]);
            builder.edge(states[at], STAY, states[at]);
            if (at > 0) {
                builder.edge(states[at], KILL, states[0]);
            }
        }
        return builder.build();
    }

    private int edge(int from, Label label) {
        for (int edge = graph.firstEdge(from); edge < graph.firstEdge(from + 1); edge++) {
            if (graph.label(edge).equals(label)) {
                return edge;
            }
        }
        throw new AssertionError(label + " out of " + from);
    }

    private int[] path(String steps) {
        int at = 0;
        List<Integer> edges = new ArrayList<>();
        for (char step : steps.toCharArray()) {
            int edge = edge(at, step == 's' ? STAY : step == 'k' ? KILL : ON);
            edges.add(edge);
            // In a walk a crash is a fork, and the mirror goes on.
            at = step == 'k' || step == 'K' ? at : graph.target(edge);
        }
        return edges.stream().mapToInt(edge -> edge).toArray();
    }

    private List<String> words(int[] path) {
        return Arrays.stream(path).mapToObj(edge -> graph.label(edge).action().substring(0, 1)).toList();
    }

    /** The mirror diverges at the end of a path in which there are so many steps that stay. */
    private Optional<Divergence> needs(int stays, int[] path) {
        tried.add(words(path));
        int last = path[path.length - 1];
        long found = Arrays.stream(path).filter(edge -> graph.label(edge).equals(STAY)).count();
        return found < stays ? Optional.empty() : Optional.of(new Divergence(last, graph.label(last),
                List.of(Difference.of("at", "0", "1")), graph.source(path[0]), Arrays.stream(path).boxed().toList()));
    }

    private Optional<Shortening.Shown> shorten(int stays, String walk, int atMost) throws IOException {
        return new Shortening(graph, new ShortestPath(graph)::to, path -> needs(stays, path), atMost).of(path(walk));
    }

    @Test
    void aDivergenceThatNeedsNoDetourIsShownByAShortestWay() throws IOException {
        Shortening.Shown shown = shorten(0, "onsonsonono", 60).orElseThrow();
        assertThat(shown.path().stream().mapToInt(edge -> edge).toArray()).isEqualTo(new ShortestPath(graph).to(shown.divergence().edge()));
        assertThat(tried).hasSize(1);
    }

    @Test
    void whatItNeedsIsKeptAndDetoursAreNot() throws IOException {
        // Twice round the ring, and one stay in each round: both are needed, the rounds are not.
        Shortening.Shown shown = shorten(2, "ooosoooosoo", 200).orElseThrow();
        List<String> words = words(shown.path().stream().mapToInt(edge -> edge).toArray());
        assertThat(words.stream().filter("S"::equals)).hasSize(2);
        assertThat(words.size()).as("%s", words).isLessThan(11);
        for (int i = 1; i < shown.path().size(); i++) {
            assertThat(graph.source(shown.path().get(i))).isEqualTo(graph.target(shown.path().get(i - 1)));
        }
    }

    @Test
    void aForkIsNoStepOnTheWayButForTheLast() throws IOException {
        Shortening shortening = new Shortening(graph, new ShortestPath(graph)::to, path -> needs(9, path), 60);
        assertThat(words(shortening.steps(path("okosk")))).containsExactly("O", "O", "S", "K");
    }

    @Test
    void theSameFaultNearerToANewVolumeIsShownInstead() throws IOException {
        // Out of 3 in the walk; the first stay of all is out of 0.
        Shortening.Shown shown = shorten(1, "ooos", 60).orElseThrow();
        assertThat(shown.path()).containsExactly(edge(0, STAY));
        // Another fault is another thing.
        tried.clear();
        Shortening other = new Shortening(graph, new ShortestPath(graph)::to, path -> needs(1, path).map(divergence -> path.length > 1 ? divergence
                : new Divergence(divergence.edge(), divergence.label(), List.of(Difference.of("mode", "0", "1")), divergence.start(),
                divergence.edges())), 60);
        assertThat(other.of(path("ooos")).orElseThrow().path()).containsExactly(edge(0, ON), edge(1, STAY));
    }

    @Test
    void whatIsSeenOnNoNewMirrorIsNotShown() throws IOException {
        assertThat(shorten(99, "ooosoooosoo", 60)).isEmpty();
        assertThat(tried).hasSizeLessThan(10);
    }

    @Test
    void noMoreIsTriedThanIsAllowed() throws IOException {
        assertThat(shorten(2, "ooosoooosoo", 2)).isEmpty();
        assertThat(tried).hasSize(2);
    }

    /** A path is cut where it diverges, also if that is in what a crash has left. */
    @Test
    void whatComesAfterTheDivergenceIsCutOff() throws IOException {
        int[] walk = path("ooo");
        int restart = edge(0, ON);
        Shortening shortening = new Shortening(graph, new ShortestPath(graph)::to, path -> Optional.of(new Divergence(restart, ON,
                List.of(Difference.of("at", "0", "1")), 0, List.of(restart))), 60);
        assertThat(shortening.of(walk).orElseThrow().path()).containsExactly(restart);
    }
}
