package dev.lockstep.region;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The region that is being resynced, and the chunks that each leg has yet to get. Not thread-safe. */
final class Resync {
    private static final int NONE = -1;

    private final int chunksPerRegion;
    private final BitSet[] todo;
    private int region = NONE;
    private int left;

    Resync(int legs, int chunksPerRegion) {
        this.chunksPerRegion = chunksPerRegion;
        todo = new BitSet[legs];
        for (int leg = 0; leg < legs; leg++) {
            todo[leg] = new BitSet(chunksPerRegion);
        }
    }

    boolean idle() {
        return region == NONE;
    }

    boolean recovering(int candidate) {
        return region == candidate;
    }

    int region() {
        return region;
    }

    /** Takes up a region, whose chunks go to some legs, a bit each. */
    void begin(int taken, int targets) {
        region = taken;
        left = 0;
        for (int leg = 0; leg < todo.length; leg++) {
            if ((targets & 1 << leg) != 0) {
                todo[leg].set(0, chunksPerRegion);
                left += chunksPerRegion;
            }
        }
    }

    /** Every copy that has to be made. */
    List<Step> copies() {
        List<Step> copies = new ArrayList<>(left);
        for (int chunk = 0; chunk < chunksPerRegion; chunk++) {
            for (int leg = 0; leg < todo.length; leg++) {
                if (todo(chunk, leg)) {
                    copies.add(new Step(Action.RESYNC_COPY, chunk, leg));
                }
            }
        }
        return copies;
    }

    boolean todo(int chunk, int leg) {
        return todo[leg].get(chunk);
    }

    void copied(int chunk, int leg) {
        todo[leg].clear(chunk);
        left--;
    }

    boolean copied() {
        return left == 0;
    }

    /** Nothing is copied any more to a leg that is put out of use. */
    void putOut(int leg) {
        left -= todo[leg].cardinality();
        todo[leg].clear();
    }

    void end() {
        region = NONE;
    }
}
