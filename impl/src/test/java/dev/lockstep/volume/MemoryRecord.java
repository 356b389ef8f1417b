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
    }

    synchronized List<Membership> written() {
        return List.copyOf(written);
    }

    /** What a crash leaves. */
    synchronized MemoryRecord left() {
        return new MemoryRecord(written.isEmpty() ? found : written.get(written.size() - 1));
    }
}
