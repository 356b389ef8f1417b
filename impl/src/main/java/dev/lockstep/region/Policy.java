package dev.lockstep.region;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a mirror keeps its legs from differing under a clean bit, or fails to.
 *
 * @param name      the name that the specification, the command line and the report use
 * @param legsRead  what the legs read
 * @param cleanWhen when a drained region may be marked clean
 */
public record Policy(String name, LegsRead legsRead, CleanWhen cleanWhen) {

    /** Linux's dm-mirror, in 2008 and today. */
    public static final Policy ORIGINAL = new Policy("Original", LegsRead.SHARED, CleanWhen.DRAINED);
    /** Idea 1 of the mail: lock the buffers while they are being written. */
    public static final Policy LOCK_BUFFERS = new Policy("LockBuffers", LegsRead.LOCKED, CleanWhen.DRAINED);
    /** Idea 2 of the mail: never mark a region clean until the file system is unmounted. */
    public static final Policy NEVER_CLEAN = new Policy("NeverClean", LegsRead.SHARED, CleanWhen.UNMOUNT);
    /** Idea 3 of the mail: mark a region clean if it was not written in one pdflush period. */
    public static final Policy FLUSH_PERIOD = new Policy("FlushPeriod", LegsRead.SHARED, CleanWhen.PERIOD);
    /** Idea 4 of the mail: MAYBE_DIRTY, CLEAN_CANDIDATE and a periodic sync(). */
    public static final Policy MAYBE_DIRTY = new Policy("MaybeDirty", LegsRead.SHARED, CleanWhen.SWEEP);
    /** Ours: every leg is written from one copy of the page. */
    public static final Policy BOUNCE_COPY = new Policy("BounceCopy", LegsRead.COPIED, CleanWhen.DRAINED);
    /** Ours: a drained region is read from every leg, and marked clean if they are equal; no copy, no lock, no sync(). */
    public static final Policy COMPARE_LEGS = new Policy("CompareLegs", LegsRead.SHARED, CleanWhen.COMPARE);

    private static final List<Policy> ALL = List.of(ORIGINAL, LOCK_BUFFERS, NEVER_CLEAN, FLUSH_PERIOD, MAYBE_DIRTY, BOUNCE_COPY,
            COMPARE_LEGS);

    /** Refuses a null. */
    public Policy {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(legsRead, "legsRead");
        Objects.requireNonNull(cleanWhen, "cleanWhen");
    }

    /** {@return the policies, in the order in which they are shown} */
    public static List<Policy> all() {
        return ALL;
    }

    /**
     * {@return the policy of that name, if there is one}
     *
     * @param name a policy's name, as {@link #name()} gives it
     */
    public static Optional<Policy> named(String name) {
        return ALL.stream().filter(policy -> policy.name().equals(name)).findFirst();
    }
}
