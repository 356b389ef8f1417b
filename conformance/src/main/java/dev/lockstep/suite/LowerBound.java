package dev.lockstep.suite;

import java.util.function.Consumer;

/**
 * How many repeated moves every suite of a graph has at least.
 *
 * <p>Give each state a height: 0 for a down state, otherwise 0 or more, and such that no move climbs by more than 1.
 * Now add up what the repeated moves of a suite climb. That is at most how many they are. It is also the sum over the
 * up states of the height times how much more often they are entered than left by repeated moves. As walks start at
 * down states only, an up state is entered by all moves at least as often as left; so by repeated moves at least (moves
 * out minus moves in) times more. Hence the sum of height times (moves out minus moves in) is a bound, whatever the
 * heights are. (It is the dual of the balancing as a linear program: the best heights would give the least number
 * exactly.)
 *
 * <p>Heights that are good: the distance from where repeated moves come from, or that distance up to some limit. The
 * balancer's waves are tried, each with every limit, and the best bound stands.
 */
final class LowerBound implements Consumer<Wave> {
    private final MoveGraph graph;
    private final int[] surplus;
    private long best;

    LowerBound(MoveGraph graph) {
        this.graph = graph;
        this.surplus = Balancer.surplus(graph);
    }

    /** Returns the best bound so far. */
    long repeatedMoves() {
        return best;
    }

    @Override
    public void accept(Wave wave) {
        int[] distance = new int[graph.stateCount()];
        long[] missingAt = new long[wave.size() + 1];
        int farthest = 0;
        for (int i = 0; i < wave.size(); i++) {
            int state = wave.at(i);
            distance[state] = wave.isOrigin(state) ? 0 : distance[wave.parent(state)] + 1;
            missingAt[distance[state]] -= surplus[state];
            farthest = distance[state];
        }
        // With limit c the bound is the sum over d of min(d, c) * missingAt[d]; so each limit adds what lies there and
        // beyond.
        long beyond = 0;
        for (int d = 1; d <= farthest; d++) {
            beyond += missingAt[d];
        }
        long bound = 0;
        for (int limit = 1; limit <= farthest; limit++) {
            bound += beyond;
            beyond -= missingAt[limit];
            best = Math.max(best, bound);
        }
    }
}
