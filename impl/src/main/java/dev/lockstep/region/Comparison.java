package dev.lockstep.region;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;

/** The chunks that a sweep has yet to compare: {@code compareTodo} in Mirror.tla. Not thread-safe. */
final class Comparison {
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

    /** Nothing more is to be known of a region. */
    void drop(int region) {
        todo.remove(region);
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
        while (next != null && open < Sweep.COMPARED_AT_A_TIME) {
            int region = next;
            todo.get(region).stream().forEach(chunk -> offers.add(new Step(Action.COMPARE, region, chunk)));
            offered = region;
            open++;
            next = todo.higherKey(offered);
        }
        return offers;
    }
}
