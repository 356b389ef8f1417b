package dev.lockstep.tlc;

import java.util.Set;

/**
 * The message codes of TLC (its class {@code tlc2.output.EC}) that carry a meaning here. They are the same in every
 * version.
 */
final class Codes {
    static final int NESTED_EXPRESSION = 2103;
    static final int INITIAL_STATE = 2102;
    static final int ASSUMPTION_FALSE = 2104;
    static final int INVARIANT_VIOLATED_INITIAL = 2107;
    static final int PROPERTY_VIOLATED_INITIAL = 2108;
    static final int INVARIANT_VIOLATED = 2110;
    static final int ACTION_PROPERTY_VIOLATED = 2112;
    static final int TEMPORAL_PROPERTY_VIOLATED = 2116;
    static final int BEHAVIOUR = 2121;
    static final int BACK_TO_STATE = 2122;
    static final int FINISHED = 2186;
    static final int INITIAL_STATES = 2190;
    static final int SUCCESS = 2193;
    static final int SEARCH_DEPTH = 2194;
    static final int STATS = 2199;
    static final int PROGRESS = 2200;
    static final int COVERAGE_START = 2201;
    static final int STATE = 2217;
    static final int STUTTERING = 2218;
    static final int VERSION = 2262;
    static final int COVERAGE_NEXT = 2772;
    static final int SERVER_READY = 7000;
    static final int WORKER_REGISTERED = 7001;
    static final int WORKER_DEREGISTERED = 7002;
    static final int WORKER_STATISTICS = 7003;
    static final int WORKER_LOST = 7006;
    static final int BLOCK_TOO_LARGE = 7007;
    static final int PARSING_FAILED = 3002;
    /** Codes of errors in the configuration file: from here on, and below {@link #CONFIGURATION_END}. */
    static final int CONFIGURATION_START = 5001;
    static final int CONFIGURATION_END = 5007;

    /** Codes that say: the property that was judged does not hold. */
    static final Set<Integer> VIOLATIONS = Set.of(INVARIANT_VIOLATED_INITIAL, PROPERTY_VIOLATED_INITIAL,
            INVARIANT_VIOLATED, ACTION_PROPERTY_VIOLATED, TEMPORAL_PROPERTY_VIOLATED);

    /** Codes that say: there was not enough memory. */
    static final Set<Integer> OUT_OF_MEMORY = Set.of(1001, 1002, 1003);

    private Codes() {
    }

    static boolean isConfiguration(int code) {
        return code >= CONFIGURATION_START && code < CONFIGURATION_END;
    }
}
