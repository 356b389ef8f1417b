package dev.lockstep.scenario;

import dev.lockstep.trace.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who takes part in a behaviour, each a lane of its drawing: the application, the page cache, the driver, the log, each leg. */
public final class Lanes {
    /** Who uses the volume past the page cache or through it, the file system included. */
    public static final String APPLICATION = "application";
    /** The pages in memory, and what writes them back. */
    public static final String CACHE = "page cache";
    /** The mirror itself. */
    public static final String DRIVER = "driver";
    /** The dirty-region log. */
    public static final String LOG = "log";
    private static final String LEG = "leg ";
    private static final String FILE_SYSTEM = "file system";

    private Lanes() {
    }

    /**
     * {@return a leg's lane}
     *
     * @param leg its number
     */
    public static String leg(Value leg) {
        return LEG + leg;
    }

    /**
     * {@return the lane of who acts: the file system stands in the application's}
     *
     * @param actor who acts, as {@link Words} calls it
     */
    static String of(String actor) {
        return actor.equals(FILE_SYSTEM) ? APPLICATION : actor;
    }

    /**
     * {@return the lanes of a behaviour, from left to right}
     *
     * @param state any state of it; its legs are those of the variable {@code leg}, or else {@code label}
     */
    public static List<String> of(Map<String, Value> state) {
        Set<String> lanes = new LinkedHashSet<>(List.of(APPLICATION, CACHE, DRIVER, LOG));
        legs(state).forEach(leg -> lanes.add(leg(leg)));
        return new ArrayList<>(lanes);
    }

    /** Returns the legs of a state, ascending. */
    static Collection<Value> legs(Map<String, Value> state) {
        Collection<Value> legs = Parts.entries(Parts.of(state, "leg")).keySet();
        return legs.isEmpty() ? Parts.entries(Parts.of(state, "label")).keySet() : legs;
    }
}
