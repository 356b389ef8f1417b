package dev.lockstep.suite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Brings pieces of a tour into an order in which every walk finds the image that it starts from, and puts into each
 * walk the edges that are taken in passing: forks and loops, at the first visit of their source.
 */
final class Schedule {
    private final MoveGraph graph;
    private final Segments segments;
    private final List<Walk> walks = new ArrayList<>();
    private final BitSet visited = new BitSet();
    private final BitSet hasImage = new BitSet();
    private final int[] queue;
    private int queued;

    private Schedule(MoveGraph graph, Segments segments) {
        this.graph = graph;
        this.segments = segments;
        int count = 0;
        for (int state = graph.nextDown(0); state >= 0; state = graph.nextDown(state + 1)) {
            count++;
        }
        queue = new int[count];
    }

    /**
     * Returns the walks of a suite.
     *
     * @throws IllegalArgumentException if some part of the graph is not reached from an initial state
     */
    static List<Walk> order(MoveGraph graph, Segments segments) {
        Schedule schedule = new Schedule(graph, segments);
        for (int state : graph.initialStates()) {
            schedule.gainImage(state);
        }
        int next = 0;
        while (next < schedule.queued || !segments.isEmpty()) {
            if (next < schedule.queued) {
                schedule.walkAllFrom(schedule.queue[next++]);
            } else {
                schedule.detour();
            }
        }
        if (schedule.queued < schedule.queue.length) {
            throw new IllegalArgumentException("the graph has a down state that no crash and no walk leads to");
        }
        return schedule.walks;
    }

    private void gainImage(int state) {
        if (!hasImage.get(state)) {
            hasImage.set(state);
            queue[queued++] = state;
        }
    }

    private void walkAllFrom(int start) {
        for (int[] moves = segments.take(start); moves != null; moves = segments.take(start)) {
            walk(start, moves);
        }
        for (int edge = graph.firstEdge(start); edge < graph.firstEdge(start + 1); edge++) {
            if (graph.isHop(start, edge)) {
                walk(start, new int[] {edge});
            }
        }
        if (!visited.get(start)) {
            walk(start, new int[0]);
        }
    }

    private void walk(int start, int[] moves) {
        Edges edges = new Edges(moves.length);
        passThrough(start, edges);
        for (int move : moves) {
            edges.add(move);
            int target = graph.target(move);
            if (graph.isDown(target)) {
                gainImage(target);
            } else {
                passThrough(target, edges);
            }
        }
        if (edges.size > 0) {
            walks.add(new Walk(start, edges.toArray()));
        }
    }

    private void passThrough(int state, Edges edges) {
        if (visited.get(state)) {
            return;
        }
        visited.set(state);
        for (int edge = graph.firstEdge(state); edge < graph.firstEdge(state + 1); edge++) {
            if (graph.isFork(edge)) {
                edges.add(edge);
                gainImage(graph.target(edge));
            } else if (graph.isLoop(state, edge)) {
                edges.add(edge);
            }
        }
    }

    /**
     * Every pending piece starts at an image that we do not have. Some of them come through states that we can reach:
     * walk there again from an image that we do have, and go on as that piece does. Rare, and each such walk goes at
     * least one new move.
     */
    private void detour() {
        boolean[] left = segments.statesLeft();
        Wave wave = new Wave(graph, hasImage::get, state -> left[state]);
        int state = wave.size() == 0 ? -1 : wave.at(wave.size() - 1);
        if (state < 0 || !left[state]) {
            throw new IllegalArgumentException("the graph has edges that cannot be reached from an initial state");
        }
        int[] rest = segments.takeRest(state);
        Edges way = new Edges(rest.length);
        int at = state;
        while (!wave.isOrigin(at)) {
            way.add(wave.parentEdge(at));
            at = wave.parent(at);
        }
        way.reverse();
        for (int move : rest) {
            way.add(move);
        }
        walk(at, way.toArray());
    }

    /** A growing list of edges. */
    private static final class Edges {
        private int[] items;
        private int size;

        Edges(int expected) {
            items = new int[Math.max(16, expected + expected / 2)];
        }

        void add(int edge) {
            if (size == items.length) {
                items = Arrays.copyOf(items, size * 2);
            }
            items[size++] = edge;
        }

        void reverse() {
            for (int i = 0, j = size - 1; i < j; i++, j--) {
                int edge = items[i];
                items[i] = items[j];
                items[j] = edge;
            }
        }

        int[] toArray() {
            return Arrays.copyOf(items, size);
        }
    }
}
