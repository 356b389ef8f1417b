package dev.lockstep.trace;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** States as maps. */
final class States {
    private States() {
    }

    /** Returns an unmodifiable copy, by ascending name: the order must not depend on where a state came from. */
    static Map<String, Value> copy(Map<String, Value> state) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(state));
    }
}
