package dev.lockstep.crash.enumerate;

import dev.lockstep.store.Flush;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A leg, or the place of a log, that is simulated: blocks in memory with a simulated volatile cache, and no file. It does what
 * {@link Leg} promises and tells a {@link Journal} of each beginning and end, and in the middle of a write, block by block,
 * whoever wants to change the memory that is being written. Not thread-safe.
 */
final class SimulatedLeg implements Leg {
    /** Told in the middle of a write: the memory is read for the next block after this call. */
    @FunctionalInterface
    interface Middle {
        void reached(int device, int block) throws IOException;
    }

    private final int device;
    private final BlockPool pool;
    private final VolatileBlocks blocks;
    private final Journal journal;
    private final Middle middle;

    /**
     * Over some blocks.
     *
     * @param device  its number: a leg's, and the log's is the one after
     * @param pool    the contents
     * @param blocks  what it holds
     * @param journal whom to tell
     * @param middle  told in the middle of a write
     */
    SimulatedLeg(int device, BlockPool pool, VolatileBlocks blocks, Journal journal, Middle middle) {
        this.device = device;
        this.pool = pool;
        this.blocks = blocks;
        this.journal = journal;
        this.middle = middle;
    }

    /** The same device, of which another journal is told from now on, and nobody in the middle of a write. */
    SimulatedLeg with(Journal other) {
        return new SimulatedLeg(device, pool, blocks, other, (at, block) -> { });
    }

    VolatileBlocks blocks() {
        return blocks;
    }

    @Override
    public String name() {
        return "simulated device " + device;
    }

    @Override
    public long length() {
        return (long) blocks.length() * SECTOR;
    }

    @Override
    public void read(ByteBuffer into, long position) throws IOException {
        check(into.remaining(), position);
        for (int block = (int) (position / SECTOR); into.hasRemaining(); block++) {
            pool.put(blocks.visible(block), into);
        }
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
        check(from.remaining(), position);
        int first = (int) (position / SECTOR);
        int count = from.remaining() / SECTOR;
        journal.begun(device, first, count);
        for (int block = first; block < first + count; block++) {
            middle.reached(device, block);
            blocks.captured(block, pool.number(from));
        }
        journal.event(device, Journal.Kind.WRITE_UNDER_WAY, first, count);
        for (int block = first; block < first + count; block++) {
            blocks.written(block);
        }
        journal.event(device, Journal.Kind.WRITE_ENDED, first, count);
    }

    private void check(int length, long position) throws IOException {
        if (length % SECTOR != 0 || position % SECTOR != 0 || position < 0 || position + length > length()) {
            throw new IOException(length + " bytes at " + position + " are no whole blocks of " + name() + ", which has "
                    + length() + " bytes");
        }
    }

    @Override
    public Flush beginFlush() {
        Object flush = blocks.flushBegun();
        journal.event(device, Journal.Kind.FLUSH_BEGUN, 0, 0);
        return new Flush() {
            private boolean ended;

            @Override
            public void await() {
                if (!ended) {
                    ended = true;
                    blocks.flushEnded(flush);
                    journal.event(device, Journal.Kind.FLUSH_ENDED, 0, 0);
                }
            }
        };
    }

    @Override
    public void close() {
        // There is nothing to give back.
    }
}
