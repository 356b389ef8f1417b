package dev.lockstep.region;

/**
 * The write that was counted in last, of each region that has one. It is looked up and changed for every write, so no object is made
 * for it: writes whose regions share a place are {@linkplain Write#sharing linked}. Not thread-safe.
 */
final class LastWrites {
    /** A cache line apart from each other: {@link WriteTable#APART}. How many there are is a power of 2. */
    private Write[] places = new Write[WriteTable.SMALLEST * WriteTable.APART];

    /** The write of a region, or null. */
    Write get(int region) {
        Write found = places[place(region)];
        while (found != null && found.region != region) {
            found = found.sharing;
        }
        return found;
    }

    /** Makes a write its region's; the one that was before, or null. */
    Write put(Write write) {
        Write before = remove(write.region);
        link(write);
        return before;
    }

    /** Leaves a region without a write; the one that it had, or null. */
    Write remove(int region) {
        Write removed = get(region);
        if (removed == null) {
            return null;
        }
        int place = place(region);
        if (places[place] == removed) {
            places[place] = removed.sharing;
        } else {
            Write before = places[place];
            while (before.sharing != removed) {
                before = before.sharing;
            }
            before.sharing = removed.sharing;
        }
        removed.sharing = null;
        return removed;
    }

    private int place(int region) {
        return region * WriteTable.APART & places.length - 1;
    }

    private void link(Write write) {
        int place = place(write.region);
        write.sharing = places[place];
        places[place] = write;
    }

    /** Has more places: as many as there may be writes keeps few in each. */
    void enlarge(int length) {
        Write[] all = places;
        places = new Write[length];
        for (Write first : all) {
            Write next;
            for (Write each = first; each != null; each = next) {
                next = each.sharing;
                link(each);
            }
        }
    }
}
