package dev.lockstep.validate;

import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.sut.Size;
import dev.lockstep.sut.Storing;

/**
 * A mirror that is to be recorded.
 *
 * @param policy  its policy
 * @param size    the volume's size; of its slots half are the page cache's, half are for writes past it
 * @param storing how pages are changed
 * @param format  the log's format
 * @param seam    who runs its steps
 * @param fails   whether legs, sync()s and the power fail
 * @param seed    what the workload's random choices are made from
 * @param events  how many events there are to be at least
 */
public record RunSettings(Policy policy, Size size, Storing storing, LogFormat format, Seam seam, boolean fails, long seed, int events) {
    /** Refuses what cannot be recorded. */
    public RunSettings {
        if (size.slots() < 2) {
            throw new IllegalArgumentException("a recorded mirror has writes of pages and others; at least 2 slots are expected");
        }
        if (storing == Storing.WRITE || storing == Storing.NONE) {
            throw new IllegalArgumentException("pages that are changed by " + storing.written() + " are not recorded; "
                    + "mmap, storeMark or markStore is expected");
        }
        if (events < 1) {
            throw new IllegalArgumentException(events + " events are to be recorded; at least 1 is expected");
        }
    }

    /** One of which nothing fails. */
    public RunSettings(Policy policy, Size size, Storing storing, LogFormat format, Seam seam, long seed, int events) {
        this(policy, size, storing, format, seam, false, seed, events);
    }

    int cacheSlots() {
        return size.slots() / 2;
    }

    int directSlots() {
        return size.slots() - cacheSlots();
    }

    /** Whether writes go past the page cache: not where a page is marked first, as what is read then would tell one write from another. */
    boolean writesDirectly() {
        return storing != Storing.MARK_STORE;
    }
}
