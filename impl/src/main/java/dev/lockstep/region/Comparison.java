package dev.lockstep.region;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;

/** The chunks that a sweep has yet to compare: {@code compareTodo} in Mirror.tla. Not thread-safe. */
final class Comparison {
    /** The regions whose steps are offered at a time: a sweep of ever so many must not fill the seam with theirs. */
    private static final int OFFERED_AT_A_TIME = 4;
    private static final int NONE = -1;

    private final int chunksPerRegion;
    private final TreeMap<Integer, BitSet> todo = new TreeMap<>();
    /** The regions up to this one have been offered. */
    private int offered = NONE;

    Comparison(int chunksPerRegion) {
        this.chunksPerRegion = chunksPerRegion;
    }

    void begin(RegionSet nominated) {
        nominated.each(region -> {
            BitSet chunks = new BitSet(chunksPerRegion);
            chunks.set(0, chunksPerRegion);
            todo.put(region, chunks);
        });
        offered = NONE;
    }

    boolean todo(int region, int chunk) {
        BitSet chunks = todo.get(region);
        return chunks != null && chunks.get(chunk);
    }

    /** A chunk was found equal. */
    void compared(int region, int chunk) {
        BitSet chunks = todo.get(region);
        chunks.clear(chunk);
        if (chunks.isEmpty()) {
            todo.remove(region);
        }
    }

    /** Nothing more is to be known of a region; false if there was nothing to be known of it anyway. */
    boolean drop(int region) {
        return !todo.isEmpty() && todo.remove(region) != null;
    }

    boolean over() {
        return todo.isEmpty();
    }

    /** The steps that are to be offered anew, as those that were offered may have come to nothing. */
    List<Step> offersAnew() {
        offered = NONE;
        return offers();
    }

    /** The steps that are to be offered now, each once. */
    List<Step> offers() {
        List<Step> offers = new ArrayList<>();
        int open = todo.headMap(offered, true).size();
        Integer next = todo.higherKey(offered);
        while (next != null && open < OFFERED_AT_A_TIME) {
            for (int chunk = 0; chunk < chunksPerRegion; chunk++) {
                if (todo(next, chunk)) {
                    offers.add(new Step(Action.COMPARE, next, chunk));
                }
            }
            offered = next;
            open++;
            next = todo.higherKey(offered);
        }
        return offers;
    }
}
