package dev.lockstep.suite;

import java.util.function.Consumer;

/**
 * Says how often each edge is taken so that the moves fall into walks: into every up state at least as many as out of
 * it. (More is no harm: walks may end anywhere. Down states need no balance: any number of walks start and end there.)
 *
 * <p>A state with too few ways in gets more, along a shortest way from where a walk can come for nothing: from a down
 * state, or from a state where walks would end otherwise. Which of them serves which is chosen greedily, the nearest
 * first; those that went away empty try again with what is left.
 */
final class Balancer {
    /** After so many rounds whoever is left is served from the down states, of which there is no end. */
    private static final int ROUNDS = 50;

    private final MoveGraph graph;
    private final int[] copies;
    /** Ways in minus ways out of each up state, with the repetitions so far. */
    private final int[] surplus;

    private Balancer(MoveGraph graph) {
        this.graph = graph;
        this.copies = new int[graph.edgeCount()];
        this.surplus = surplus(graph);
        for (int state = 0; state < graph.stateCount(); state++) {
            for (int edge = graph.firstEdge(state); edge < graph.firstEdge(state + 1); edge++) {
                copies[edge] = graph.isMove(state, edge) ? 1 : 0;
            }
        }
    }

    /**
     * Returns how often each edge is taken: a move at least once, any other edge never.
     *
     * @param listener is given each round's wave
     * @throws IllegalArgumentException if no walk reaches some state
     */
    static int[] balance(MoveGraph graph, Consumer<Wave> listener) {
        Balancer balancer = new Balancer(graph);
        boolean balanced = false;
        for (int round = 0; !balanced; round++) {
            boolean last = round >= ROUNDS;
            Wave wave = new Wave(graph,
                    state -> graph.isDown(state) || !last && balancer.surplus[state] > 0);
            listener.accept(wave);
            balanced = balancer.serve(wave);
            if (last && !balanced) {
                throw new IllegalArgumentException("the graph has a state that no walk from a down state reaches");
            }
        }
        return balancer.copies;
    }

    /** Returns moves in minus moves out of each up state, 0 for a down state. */
    static int[] surplus(MoveGraph graph) {
        int[] surplus = new int[graph.stateCount()];
        for (int state = 0; state < surplus.length; state++) {
            for (int edge = graph.firstEdge(state); edge < graph.firstEdge(state + 1); edge++) {
                if (graph.isMove(state, edge)) {
                    surplus[state]--;
                    surplus[graph.target(edge)]++;
                }
            }
        }
        for (int state = graph.nextDown(0); state >= 0; state = graph.nextDown(state + 1)) {
            surplus[state] = 0;
        }
        return surplus;
    }

    /** Serves what the origins of a wave can; says whether nobody is left. */
    private boolean serve(Wave wave) {
        int[] flow = new int[graph.stateCount()];
        int[] origin = new int[graph.stateCount()];
        for (int i = 0; i < wave.size(); i++) {
            int state = wave.at(i);
            origin[state] = wave.isOrigin(state) ? state : origin[wave.parent(state)];
            if (surplus[state] < 0) {
                int from = origin[state];
                int taken = graph.isDown(from) ? -surplus[state] : Math.min(-surplus[state], surplus[from]);
                surplus[from] -= graph.isDown(from) ? 0 : taken;
                surplus[state] += taken;
                flow[state] = taken;
            }
        }
        for (int i = wave.size() - 1; i >= 0; i--) {
            int state = wave.at(i);
            if (flow[state] > 0 && !wave.isOrigin(state)) {
                copies[wave.parentEdge(state)] += flow[state];
                flow[wave.parent(state)] += flow[state];
            }
        }
        for (int missing : surplus) {
            if (missing < 0) {
                return false;
            }
        }
        return true;
    }
}
