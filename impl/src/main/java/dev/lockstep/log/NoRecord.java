package dev.lockstep.log;

import dev.lockstep.store.StoreException;

/** Nowhere to record which legs are in use. */
record NoRecord(Membership found) implements MembershipRecord {

    @Override
    public void write(Membership membership) throws StoreException {
        throw new StoreException("the volume has no place to record that a leg is out of use, as its log is in dm-log's format; "
                + "so it stops when a leg fails");
    }
}
