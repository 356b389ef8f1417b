package dev.lockstep.region;

import java.util.List;

/** A machine: {@code legWrite(} stands here, and is no declaration. */
public final class RegionMachine {
    private final List<Integer> done = new java.util.ArrayList<>();

    /** Spec action LegWrite. */
    public List<Integer> legWrite(int leg) {
        done.add(leg);
        return certify(leg);
    }

    private List<Integer> certify(int leg) {
        return List.copyOf(done);
    }
}
