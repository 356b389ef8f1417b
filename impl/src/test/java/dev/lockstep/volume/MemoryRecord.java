package dev.lockstep.volume;

import dev.lockstep.log.Membership;
import dev.lockstep.log.MembershipRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A place in memory for the record of the legs in use, which outlives a volume. */
final class MemoryRecord implements MembershipRecord {
    private final Membership found;
    private final List<Membership> written = new ArrayList<>();
    private Faults.Breakage breakage = what -> { };
    /** The legs whose label says that they are blank, a bit each. */
    private int blank;

    MemoryRecord(Membership found) {
        this.found = found;
    }

    /** Does this at each write from now on, before anything is recorded. */
    void breakWith(Faults.Breakage how) {
        breakage = how;
    }

    @Override
    public Membership found() {
        return found;
    }

    @Override
    public synchronized void write(Membership membership) throws IOException {
        breakage.happen("record");
        written.add(membership);
        blank &= membership.out();
    }

    synchronized List<Membership> written() {
        return List.copyOf(written);
    }

    /** What a crash leaves. */
    synchronized MemoryRecord left() {
        MemoryRecord left = new MemoryRecord(written.isEmpty() ? found : written.get(written.size() - 1));
        left.blank = blank;
        return left;
    }

    /** Another device is in a leg's place, with a label that says that it is blank. */
    synchronized void replaced(int leg) {
        blank |= 1 << leg;
    }

    /** Whether a leg is blank: until it is recorded to be in use. */
    synchronized boolean isBlank(int leg) {
        return (blank & 1 << leg) != 0;
    }
}
