package dev.lockstep.bench;

/**
 * What a volume did beside writing data, counted where each is done.
 *
 * @param logWrites times that bits were written to the log
 * @param logForces times that the log was forced
 * @param legForces times that a leg was forced, counted for each leg
 */
public record Costs(long logWrites, long logForces, long legForces) {
    static final Costs NONE = new Costs(0, 0, 0);

    Costs since(Costs before) {
        return new Costs(logWrites - before.logWrites, logForces - before.logForces, legForces - before.legForces);
    }

    Costs and(Costs more) {
        return new Costs(logWrites + more.logWrites, logForces + more.logForces, legForces + more.legForces);
    }
}
