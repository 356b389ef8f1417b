package dev.lockstep.sut;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What goes on above a mirror under replay: the application and the file system, which the rig is. The actions of the sections
 * "Environment" of Mirror.tla, as far as they are the mirror's user's and not its own. Not thread-safe.
 */
final class Environment {
    private final Mirror mirror;
    private final Size size;
    private final Surroundings surroundings;
    private final Owners owners;
    private final BlockContents blocks;
    private final DirectWrites direct = new DirectWrites();
    private final ByteBuffer read = ByteBuffer.allocateDirect(Size.BLOCK_BYTES);

    /** Above a mirror, which may be down; every block is owned by a file. */
    Environment(Mirror mirror, Surroundings surroundings) {
        this.mirror = mirror;
        this.size = mirror.size();
        this.surroundings = surroundings;
        this.owners = new Owners(size.blocks(), surroundings);
        this.blocks = mirror.blocks();
    }

    /** Who owns the blocks. */
    Owners owners() {
        return owners;
    }

    /** The mirror is gone, and with it every write that was under way; if it was open, the file system finds what is left. */
    void abandoned(boolean wasOpen) {
        if (wasOpen) {
            owners.crash();
        }
        direct.clear();
    }

    Surroundings surroundings() {
        return surroundings;
    }

    private static long position(int block) {
        return (long) block * Size.BLOCK_BYTES;
    }

    // ---- pages

    void store(int block, int value) throws IOException {
        switch (surroundings.storing()) {
            case MMAP -> mirror.cache().storeMapped(position(block), blocks.bytes(block, value));
            case MARK_STORE -> mirror.cache().storeMarked(position(block), blocks.bytes(block, value));
            default -> mirror.cache().store(position(block), blocks.bytes(block, value));
        }
    }

    /** Where the mark comes first, a store is the other half of a change that was begun. */
    boolean mayStore(int block) {
        return mirror.isUp() && !owners.isFree(block) && mirror.cacheView().mayStore(block) && switch (surroundings.storing()) {
            case NONE -> false;
            case WRITE -> !mirror.cacheView().changing(block);
            case MARK_STORE -> mirror.cacheView().changing(block);
            default -> true;
        };
    }

    boolean mayMarkFirst(int block) {
        return mirror.isUp() && surroundings.storing() == Storing.MARK_STORE && !mirror.cacheView().changing(block)
                && !owners.isFree(block);
    }

    /** write() holds the page's lock from its store to its mark, so that no write-back begins in between. */
    boolean mayWriteBack(int block) {
        return mirror.isUp() && mirror.cacheView().mayWriteBack(block)
                && !(surroundings.storing() == Storing.WRITE && mirror.cacheView().changing(block));
    }

    // ---- blocks that are freed and allocated

    boolean mayFree(int block) {
        return mirror.isUp() && surroundings.frees() && !owners.isFree(block) && mirror.cacheView().mayDrop(block);
    }

    /** The file system frees a block, and its page leaves the cache. */
    void free(int block) throws IOException {
        mirror.cache().drop(block);
        owners.free(block);
    }

    boolean mayAllocate(int block) {
        return mirror.isUp() && surroundings.frees() && owners.isFree(block) && !beingWritten(block);
    }

    private boolean beingWritten(int block) {
        for (int slot = 0; slot < size.slots(); slot++) {
            if (blockIn(slot) == block) {
                return true;
            }
        }
        return false;
    }

    // ---- reads, and writes past the page cache

    void read(int block, int leg) throws IOException {
        mirror.volume().read(read.clear(), position(block), leg);
        int returned = mirror.devices().number(leg, block, read.flip());
        int held = mirror.devices().now(leg, block);
        if (returned != held) {
            throw new RefusedException("the read returned content " + returned + " of block " + block + ", and leg " + leg
                    + " holds content " + held);
        }
    }

    boolean mayRead(int block, int leg) {
        return mirror.isUp() && !mirror.devices().isGone(leg)
                && mirror.volume().inspect(driver -> driver.mayRead(block / size.blocksPerRegion(), leg));
    }

    /** A write past the page cache, from memory of the application's own. */
    void directWrite(int slot, int block, int value) throws IOException {
        ByteBuffer memory = ByteBuffer.allocateDirect(Size.BLOCK_BYTES).put(blocks.bytes(block, value)).flip();
        direct.begin(slot, block, memory, ended -> mirror.volume().submit(memory, position(block), ended));
    }

    /** The application changes the memory of a write that is under way. */
    void changeMemory(int slot, int value) {
        DirectWrites.DirectWrite write = direct.in(slot);
        write.memory.put(0, blocks.bytes(write.block, value), 0, Size.BLOCK_BYTES);
    }

    boolean mayChangeMemory(int slot, int block, int value) {
        DirectWrites.DirectWrite write = direct.in(slot);
        return !mirror.copies() && write != null && write.block == block && write.memory != null
                && !write.memory.equals(blocks.bytes(block, value));
    }

    void discard(int slot, int block) throws IOException {
        direct.begin(slot, block, null, ended -> mirror.volume().discard(position(block), Size.BLOCK_BYTES, ended));
    }

    /** Where blocks are freed, only free ones are discarded. */
    boolean mayDiscard(int block) {
        return !surroundings.frees() || owners.isFree(block);
    }

    // ---- the slots of Mirror.tla, which the page cache's writes and those past it share

    /** The first slot that neither the page cache nor a write past it uses, or -1. */
    int firstFreeSlot() {
        for (int slot = 0; slot < size.slots(); slot++) {
            if (blockIn(slot) < 0) {
                return slot;
            }
        }
        return -1;
    }

    /** The block that a slot's write is of, or -1. */
    int blockIn(int slot) {
        return directBlock(slot) >= 0 ? directBlock(slot) : (int) mirror.cacheView().pageIn(slot);
    }

    /** The block that a write past the page cache in a slot writes, or -1. */
    int directBlock(int slot) {
        return direct.in(slot) == null ? -1 : direct.in(slot).block;
    }

    /** The slot of the write past the page cache that was begun first of those in flight, or -1. */
    int firstDirect() {
        return direct.first();
    }

    /** The volume's number of the write in a slot, or -1. */
    int writeOf(int slot) {
        return direct.in(slot) == null ? mirror.cacheView().writeOf(slot) : direct.numberOf(slot);
    }
}
