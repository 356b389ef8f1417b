package dev.lockstep.crash.enumerate;

import dev.lockstep.store.Leg;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What lies between a mirror and its devices, the legs and then the log: nothing, unless a test doctors them.
 *
 * @param inUse      while the workload runs
 * @param inRecovery while a state is recovered
 */
record Wiring(UnaryOperator<List<Leg>> inUse, UnaryOperator<List<Leg>> inRecovery) {
    static final Wiring DIRECT = new Wiring(UnaryOperator.identity(), UnaryOperator.identity());
}
