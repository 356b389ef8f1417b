package dev.lockstep.crash.enumerate;

import dev.lockstep.log.LogFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a workload is about. Left to chance alone, a write seldom comes at the very moment at which its region changes its state,
 * and that is the moment at which most faults of a mirror show: so there are plans that see to it. And there are those in which a
 * leg is added, removed or replaced: among writes that come before, meanwhile and after, step by step; or by the production code as a whole,
 * as the command line has it do that ({@link ClosedChange}).
 */
enum Plan {
    /** A little of everything. */
    ANYTHING("anything", null, false),
    /** Most of it is out of sync when it begins; regions are written before, while and after they are resynced. */
    RESYNC("writes around resyncs", null, false),
    /** Regions are written while they are about to be marked clean: during a sweep, its sync and the round of flushes. */
    MARK("writes around marks", null, false),
    /** A leg is added in use. */
    ADD("a leg added in use", LegChange.Kind.ADD, false),
    /** A leg is removed in use, the source or another. */
    REMOVE("a leg removed in use", LegChange.Kind.REMOVE, false),
    /** A leg is replaced in use, the source or another. */
    REPLACE("a leg replaced in use", LegChange.Kind.REPLACE, false),
    /** The command {@code volume add-leg}. */
    ADD_CLOSED("a leg added to a closed volume", LegChange.Kind.ADD, true),
    /** The command {@code volume remove-leg}. */
    REMOVE_CLOSED("a leg removed from a closed volume", LegChange.Kind.REMOVE, true),
    /** The command {@code volume replace-leg}. */
    REPLACE_CLOSED("a leg replaced in a closed volume", LegChange.Kind.REPLACE, true);

    private final String words;
    private final Optional<LegChange.Kind> change;
    private final boolean closed;

    Plan(String words, LegChange.Kind change, boolean closed) {
        this.words = words;
        this.change = Optional.ofNullable(change);
        this.closed = closed;
    }

    /** What is done to the legs. */
    Optional<LegChange.Kind> change() {
        return change;
    }

    /** Whether nobody writes while that is done. */
    boolean closed() {
        return closed;
    }

    /**
     * The plans that there are with a log of a format. One of dm-mirror's has no place to record that a leg has come or gone. What is recorded
     * on the legs' labels will do for one that takes another's place; and where there are none, a leg is added by whoever names it
     * ({@link NamedAddition}).
     */
    static List<Plan> of(LogFormat format, List<Plan> plans) {
        return plans.stream().filter(plan -> format == LogFormat.HARDENED || plan.change.isEmpty()
                || plan.change.get() == LegChange.Kind.REPLACE || plan == ADD_CLOSED).toList();
    }

    /** What it is called in a finding. */
    @Override
    public String toString() {
        return words;
    }
}
