package dev.lockstep.suite;

import dev.lockstep.trace.StateGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A suite in parts that can be performed each for itself, at the same time or on different machines. Every walk is in exactly one part;
 * its walks stand in a part as they do in the suite. Before a walk that starts from an image that nothing in the part has made yet come ways
 * there: short, and repetitions, so the walks of all parts are one suite still. Immutable.
 */
public final class Shards {
    private final int[] partOf;
    private final List<List<Walk>> dealt = new ArrayList<>();
    /** Null where there is one part, which needs none. */
    private final Ways ways;

    /**
     * Deals out the walks, so that all parts have about as many steps. Deterministic.
     *
     * @param graph the graph that the suite covers
     * @param suite the suite
     * @param count how many parts, at least 1
     */
    public Shards(StateGraph graph, Suite suite, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("a suite cannot be in " + count + " parts; at least 1 is expected");
        }
        partOf = new int[suite.walks().size()];
        long[] steps = new long[count];
        for (int part = 0; part < count; part++) {
            dealt.add(new ArrayList<>());
        }
        for (int i = 0; i < partOf.length; i++) {
            Walk walk = suite.walks().get(i);
            int least = 0;
            for (int part = 1; part < count; part++) {
                least = steps[part] < steps[least] ? part : least;
            }
            partOf[i] = least;
            steps[least] += walk.edges().length;
            dealt.get(least).add(walk);
        }
        ways = count == 1 ? null : new Ways(graph);
    }

    /** {@return how many parts there are} */
    public int count() {
        return dealt.size();
    }

    /** {@return which part a walk is in, by its place in the suite} */
    public int partOf(int walk) {
        return partOf[walk];
    }

    /** {@return a part, the ways to its images included; made each time it is asked for, as who performs one needs no other} */
    public Suite part(int part) {
        return ways == null ? new Suite(dealt.get(part)) : ways.with(dealt.get(part));
    }

    /** Shortest ways from the initial states to every down state, cut into walks from image to image. */
    private static final class Ways {
        private final StateGraph graph;
        private final ShortestPath shortest;
        private final int[] into;
        private final BitSet initial = new BitSet();
        private final BitSet down;

        Ways(StateGraph graph) {
            this.graph = graph;
            this.shortest = new ShortestPath(graph);
            this.down = MoveGraph.down(graph);
            for (int state : graph.initialStates()) {
                initial.set(state);
            }
            this.into = shortest.lastEdges();
        }

        /** Walks, each after what ways there have to be to where it starts. */
        Suite with(List<Walk> walks) {
            List<Walk> all = new ArrayList<>();
            BitSet images = (BitSet) initial.clone();
            for (Walk walk : walks) {
                go(walk.start(), images, all);
                all.add(walk);
                for (int edge : walk.edges()) {
                    if (down.get(graph.target(edge))) {
                        images.set(graph.target(edge));
                    }
                }
            }
            return new Suite(all);
        }

        private void go(int state, BitSet images, List<Walk> ways) {
            List<Walk> backwards = new ArrayList<>();
            int at = state;
            while (!images.get(at)) {
                images.set(at);
                int[] way = lastWalk(at);
                at = graph.source(way[0]);
                backwards.add(new Walk(at, way));
            }
            for (int i = backwards.size() - 1; i >= 0; i--) {
                ways.add(backwards.get(i));
            }
        }

        /** The end of the shortest way to a down state, from the last down state before it on. */
        private int[] lastWalk(int state) {
            int[] way = shortest.to(into[state]);
            int from = way.length - 1;
            while (!down.get(graph.source(way[from]))) {
                from--;
            }
            return Arrays.copyOfRange(way, from, way.length);
        }
    }
}
