package dev.lockstep.sut;

import dev.lockstep.region.CleanWhen;
import dev.lockstep.region.LegsRead;
import dev.lockstep.region.Policy;
import java.nio.ByteBuffer;
import java.util.function.IntPredicate;

/**
 * What is above a driven mirror, as the rig has it: the pages of a cache, each a block, their write-back and sync(), and the writes that
 * the mirror was given, by their slots in Mirror.tla. Not thread-safe.
 */
final class RigPages {
    private final Size size;
    private final Policy policy;
    private final BlockContents blocks;
    private final boolean marksWhatItStores;
    /** What the cache holds of each block; null if it does not. */
    private final ByteBuffer[] pages;
    private final boolean[] dirty;
    private final boolean[] changing;
    private final boolean[] syncDirty;
    private final boolean[] syncWait;
    private final InFlight[] slots;
    private boolean syncing;
    private long begun;

    /** A write: of a page, or past the cache. */
    private static final class InFlight {
        private final int block;
        /** The application's memory; null if it is a page's. */
        private final ByteBuffer memory;
        /** What the memory held when it was copied, or when the mirror was given the write; null until then. */
        private ByteBuffer copy;
        private boolean submitted;
        /** How many writes came before it. */
        private final long begun;

        private InFlight(int block, ByteBuffer memory, long begun) {
            this.block = block;
            this.memory = memory;
            this.begun = begun;
        }
    }

    /** An empty cache. */
    RigPages(Size size, Policy policy, Surroundings surroundings, BlockContents blocks) {
        this.size = size;
        this.policy = policy;
        this.blocks = blocks;
        this.marksWhatItStores = surroundings.storing() == Storing.MMAP;
        this.pages = new ByteBuffer[size.blocks()];
        this.dirty = new boolean[size.blocks()];
        this.changing = new boolean[size.blocks()];
        this.syncDirty = new boolean[size.blocks()];
        this.syncWait = new boolean[size.blocks()];
        this.slots = new InFlight[size.slots()];
    }

    /** Everything is forgotten, as by a crash. */
    void clear() {
        for (int block = 0; block < pages.length; block++) {
            pages[block] = null;
            dirty[block] = false;
            changing[block] = false;
        }
        endSync();
        for (int slot = 0; slot < slots.length; slot++) {
            slots[slot] = null;
        }
    }

    // ---- pages

    /** Under idea 1 no page is stored into while it is written. */
    boolean mayStore(int block) {
        return policy.legsRead() != LegsRead.LOCKED || !underWriteBack(block);
    }

    /** The memory of a page that is being written stays where it is: whoever reads it sees the store. */
    void store(int block, int value) {
        if (pages[block] == null) {
            pages[block] = ByteBuffer.allocateDirect(Size.BLOCK_BYTES);
        }
        pages[block].put(0, blocks.bytes(block, value), 0, Size.BLOCK_BYTES);
        dirty[block] |= marksWhatItStores;
        changing[block] = !marksWhatItStores;
    }

    void mark(int block) {
        dirty[block] = true;
        changing[block] = false;
    }

    /** A page's memory; null if it is not in the cache. */
    ByteBuffer page(int block) {
        return pages[block];
    }

    boolean dirty(int block) {
        return dirty[block];
    }

    boolean changing(int block) {
        return changing[block];
    }

    boolean clean() {
        return none(block -> dirty[block] || changing[block]);
    }

    // ---- writes

    private boolean underWriteBack(int block) {
        for (InFlight each : slots) {
            if (each != null && each.memory == null && each.block == block) {
                return true;
            }
        }
        return false;
    }

    boolean mayWriteBack(int slot, int block) {
        return dirty[block] && !underWriteBack(block) && firstFree() == slot;
    }

    /** The first slot without a write, or -1. */
    int firstFree() {
        for (int slot = 0; slot < slots.length; slot++) {
            if (slots[slot] == null) {
                return slot;
            }
        }
        return -1;
    }

    /** The slot whose write came first of those in flight, or -1. */
    int firstBegun() {
        int first = -1;
        for (int slot = 0; slot < slots.length; slot++) {
            if (slots[slot] != null && (first < 0 || slots[slot].begun < slots[first].begun)) {
                first = slot;
            }
        }
        return first;
    }

    boolean idle() {
        for (InFlight each : slots) {
            if (each != null) {
                return false;
            }
        }
        return true;
    }

    /** A page is taken and its page-dirty bit cleared. A sync() that was to write it waits for that; a period's pass does not. */
    void writeBack(int slot, int block) {
        slots[slot] = new InFlight(block, null, begun++);
        dirty[block] = false;
        syncWait[block] |= syncDirty[block] && waits();
        syncDirty[block] = false;
    }

    /** Whether a page under write-back is still to be copied, where the legs read a copy: before the mirror is told of the write. */
    boolean mayCopy(int slot) {
        return copies() && slots[slot] != null && slots[slot].copy == null;
    }

    void copyPage(int slot) {
        slots[slot].copy = ByteBuffer.allocateDirect(Size.BLOCK_BYTES).put(memory(slot)).flip();
    }

    boolean maySubmit(int slot) {
        return slots[slot] != null && !slots[slot].submitted && copies() == (slots[slot].copy != null);
    }

    /** The mirror is given the write; returns the block that it is of. */
    int submit(int slot) {
        if (slots[slot].copy == null) {
            copyPage(slot);
        }
        slots[slot].submitted = true;
        return slots[slot].block;
    }

    private boolean copies() {
        return policy.legsRead() == LegsRead.COPIED;
    }

    /** A write past the cache, from memory of the application's own. */
    void direct(int slot, int block, int value) {
        slots[slot] = new InFlight(block, ByteBuffer.allocateDirect(Size.BLOCK_BYTES).put(blocks.bytes(block, value)).flip(), begun++);
    }

    boolean isSubmitted(int slot) {
        return slots[slot] != null && slots[slot].submitted;
    }

    int blockOf(int slot) {
        return slots[slot].block;
    }

    /** What a write's memory holds now. */
    ByteBuffer memory(int slot) {
        InFlight write = slots[slot];
        return (write.memory == null ? pages[write.block] : write.memory).duplicate();
    }

    /** What a write's memory held when it was copied, or when the mirror was given it. */
    ByteBuffer copy(int slot) {
        return slots[slot].copy.duplicate();
    }

    /** The write has ended. A page that nothing is to be done with is forgotten. */
    void end(int slot) {
        InFlight write = slots[slot];
        slots[slot] = null;
        if (write.memory == null) {
            syncWait[write.block] = false;
            if (!dirty[write.block] && !changing[write.block]) {
                pages[write.block] = null;
            }
        }
    }

    // ---- sync()

    private boolean waits() {
        return policy.cleanWhen() != CleanWhen.PERIOD;
    }

    void beginSync() {
        syncing = true;
        for (int block = 0; block < size.blocks(); block++) {
            syncDirty[block] = dirty[block];
            syncWait[block] = waits() && underWriteBack(block);
        }
    }

    boolean mayEndSync() {
        return syncing && none(block -> syncDirty[block] || syncWait[block]);
    }

    void endSync() {
        syncing = false;
        for (int block = 0; block < size.blocks(); block++) {
            syncDirty[block] = false;
            syncWait[block] = false;
        }
    }

    boolean syncDirty(int block) {
        return syncDirty[block];
    }

    boolean syncWait(int block) {
        return syncWait[block];
    }

    private boolean none(IntPredicate condition) {
        for (int block = 0; block < size.blocks(); block++) {
            if (condition.test(block)) {
                return false;
            }
        }
        return true;
    }
}
