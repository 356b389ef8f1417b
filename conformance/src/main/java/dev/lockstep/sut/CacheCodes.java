package dev.lockstep.sut;

import dev.lockstep.region.WritePhase;
import java.nio.ByteBuffer;

/** The variables of the page cache, and of the file system that is the rig's, as codes: the layout is that of the codecs in {@link Variables}. */
final class CacheCodes {
    private static final int CONTENT_BITS = 2;
    /** A content in memory: NoPage is -1. */
    static final Codec CONTENT = Codec.integer(-1, CONTENT_BITS);

    private static final int OTHER = (1 << CONTENT_BITS) - 1;
    private static final int PHASE_BITS = 3;
    private static final int CLEARED = 1;
    private static final int COPIED = 2;
    private static final int OWNER_BITS = 2;

    private final Size size;

    CacheCodes(Size size) {
        this.size = size;
    }

    /** A page that nothing is to be done with has been forgotten: NoPage. */
    long pages(Mirror mirror) {
        long code = 0;
        for (int page = 0; !mirror.isDown() && page < size.blocks(); page++) {
            code |= content(mirror.devices(), page, mirror.cacheView().page(page)) << page * CONTENT_BITS;
        }
        return code;
    }

    long pageDirty(Mirror mirror) {
        return mirror.isDown() ? 0 : DriverCodes.bits(size.blocks(), mirror.cacheView()::pageDirty);
    }

    long changing(Mirror mirror) {
        return mirror.isDown() ? 0 : DriverCodes.bits(size.blocks(), mirror.cacheView()::changing);
    }

    long syncDirty(Mirror mirror) {
        return mirror.isDown() ? 0 : DriverCodes.bits(size.blocks(), mirror.cacheView()::syncDirty);
    }

    long syncWait(Mirror mirror) {
        return mirror.isDown() ? 0 : DriverCodes.bits(size.blocks(), mirror.cacheView()::syncWait);
    }

    long owned(Mirror mirror) {
        long code = 0;
        for (int block = 0; block < size.blocks(); block++) {
            code |= (long) mirror.environment().owners().of(block) << block * OWNER_BITS;
        }
        return code;
    }

    long ownedMay(Mirror mirror) {
        long code = 0;
        for (int block = 0; block < size.blocks(); block++) {
            code |= (long) mirror.environment().owners().may(block) << block * OWNER_BITS;
        }
        return code;
    }

    /** Whether a code of {@code ownedMay} allows that a block is owned. */
    static boolean mayBeOwned(long code, int block) {
        return (code >>> block * OWNER_BITS + 1 & 1) != 0;
    }

    long slots(Mirror mirror) {
        int blocks = size.blocks();
        int width = PHASE_BITS + blocks + blocks * CONTENT_BITS + size.legs() * blocks;
        long code = 0;
        for (int slot = 0; !mirror.isDown() && slot < size.slots(); slot++) {
            code |= slot(mirror, slot) << slot * width;
        }
        return code;
    }

    private long slot(Mirror mirror, int slot) {
        boolean direct = mirror.environment().directBlock(slot) >= 0;
        long page = direct ? mirror.environment().directBlock(slot) : mirror.cacheView().pageIn(slot);
        if (page < 0) {
            return 0;
        }
        int blocks = size.blocks();
        // A write past the page cache is of no page; what it has instead is the application's memory.
        long code = direct ? 0 : 1L << PHASE_BITS + page;
        int write = mirror.environment().writeOf(slot);
        if (write < 0) {
            ByteBuffer copied = mirror.cacheView().copyIn(slot);
            return code | (copied == null ? CLEARED : COPIED | copy(mirror, (int) page, copied));
        }
        WritePhase phase = mirror.volume().inspect(driver -> driver.phase(write));
        if (phase == null) {
            return code | (1L << PHASE_BITS) - 1;
        }
        code |= COPIED + 1 + phase.ordinal();
        if (mirror.copies() || direct) {
            code |= copy(mirror, (int) page, mirror.volume().memoryOf(write));
        }
        int legs = mirror.volume().inspect(driver -> driver.legsTodo(write));
        for (int leg = 0; leg < size.legs(); leg++) {
            if ((legs & 1 << leg) != 0) {
                code |= 1L << PHASE_BITS + blocks + blocks * CONTENT_BITS + leg * blocks + page;
            }
        }
        return code;
    }

    private long copy(Mirror mirror, int block, ByteBuffer bytes) {
        return content(mirror.devices(), block, bytes) << PHASE_BITS + size.blocks() + block * CONTENT_BITS;
    }

    /** The code of what memory holds of a block; null if that is nothing. */
    static long content(Devices devices, int block, ByteBuffer bytes) {
        if (bytes == null) {
            return 0;
        }
        int number = devices.number(Mirror.SOURCE, block, bytes);
        return Math.min(number + 1, OTHER);
    }
}
