package dev.lockstep.volume;

/**
 * What a scrub has found so far.
 *
 * @param regions       regions that were looked at, wholly or in part
 * @param skipped       regions that were not, as they were not CLEAN and only such were asked for
 * @param desyncs       sectors in which the legs differ though the region is CLEAN and its bit says so: {@link Difference#isDesync}
 * @param otherwise     sectors in which the legs differ in regions of which nobody says that they agree, or that were in use
 * @param repaired      regions that were repaired
 * @param notRepaired   regions that were to be repaired and could not be from the leg that was chosen
 */
public record ScrubTotals(long regions, long skipped, long desyncs, long otherwise, long repaired, long notRepaired) {
    static final ScrubTotals NONE = new ScrubTotals(0, 0, 0, 0, 0, 0);

    ScrubTotals lookedAt() {
        return new ScrubTotals(regions + 1, skipped, desyncs, otherwise, repaired, notRepaired);
    }

    ScrubTotals passedOver() {
        return new ScrubTotals(regions, skipped + 1, desyncs, otherwise, repaired, notRepaired);
    }

    ScrubTotals with(Difference difference) {
        return difference.isDesync() ? new ScrubTotals(regions, skipped, desyncs + 1, otherwise, repaired, notRepaired)
                : new ScrubTotals(regions, skipped, desyncs, otherwise + 1, repaired, notRepaired);
    }

    ScrubTotals repaired(boolean done) {
        return done ? new ScrubTotals(regions, skipped, desyncs, otherwise, repaired + 1, notRepaired)
                : new ScrubTotals(regions, skipped, desyncs, otherwise, repaired, notRepaired + 1);
    }
}
