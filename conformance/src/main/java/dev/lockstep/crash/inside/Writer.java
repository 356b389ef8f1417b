package dev.lockstep.crash.inside;

import dev.lockstep.volume.Layout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One of the writers: it stores into blocks of pages that it shares with the others, writes directly to pages that are its own, reads
 * back, and flushes. Pages of even number are the cache's, those of odd number are written directly; a block is only ever
 * written by one of the writers, so that it knows what it last put there. Used by one thread.
 */
final class Writer {
    private static final int PER_PAGE = OpenVolume.PAGE / Stamp.BLOCK;
    private static final int HUNDRED = 100;
    private static final int STORES = 62;
    private static final int DIRECT = 82;
    private static final int READS = 95;

    private final OpenVolume open;
    private final Layout layout;
    private final Teller teller;
    private final AtomicLong contents;
    private final List<Long> hot;
    private final int number;
    private final int writers;
    private final int pages;
    private final ByteBuffer memory = ByteBuffer.allocateDirect(OpenVolume.PAGE);
    private final Map<Long, Long> last = new HashMap<>();
    private int operations;

    Writer(OpenVolume open, Layout layout, Teller teller, AtomicLong contents, List<Long> hot, int number,
            int writers) {
        this.open = open;
        this.layout = layout;
        this.teller = teller;
        this.contents = contents;
        this.hot = hot;
        this.number = number;
        this.writers = writers;
        this.pages = (int) (layout.bytes() / OpenVolume.PAGE);
    }

    /** Does one operation. */
    void operate(SplittableRandom random) throws IOException {
        int what = random.nextInt(HUNDRED);
        operations++;
        if (what < STORES) {
            store(random);
        } else if (what < DIRECT) {
            write(random);
        } else if (what < READS) {
            read(random);
        } else {
            flush();
        }
    }

    /** Half of the stores go to a few pages, so that these are stored into while they are written. */
    private void store(SplittableRandom random) throws IOException {
        long page = random.nextBoolean() ? hot.get(random.nextInt(hot.size())) : 2L * random.nextInt((pages + 1) / 2);
        long block = page * PER_PAGE + number + (long) writers * random.nextInt((PER_PAGE - number + writers - 1) / writers);
        long content = contents.incrementAndGet();
        memory.clear();
        Stamp.put(block, content, memory);
        teller.storeBegun(block, content);
        open.cache().storeMapped(block * Stamp.BLOCK, memory.flip());
        teller.storeEnded(block, content);
        last.put(block, content);
    }

    private void write(SplittableRandom random) throws IOException {
        int own = (pages / 2 - number + writers - 1) / writers;
        if (own <= 0) {
            return;
        }
        long page = 2L * (number + (long) writers * random.nextInt(own)) + 1;
        int first = random.nextInt(PER_PAGE);
        int blocks = 1 + random.nextInt(PER_PAGE - first);
        long block = page * PER_PAGE + first;
        long content = contents.getAndAdd(blocks) + 1;
        memory.clear();
        for (int i = 0; i < blocks; i++) {
            Stamp.put(block + i, content + i, memory);
        }
        int name = operations * writers + number;
        Waiter waiter = new Waiter();
        teller.writeBegun(name, block, blocks, content);
        open.volume().submit(memory.flip(), block * Stamp.BLOCK, waiter);
        waiter.await();
        teller.writeEnded(name);
        for (int i = 0; i < blocks; i++) {
            last.put(block + i, content + i);
        }
    }

    /** A block that this writer has written holds what it put there last: through the cache if there is a page, else on the source. */
    private void read(SplittableRandom random) throws IOException {
        if (last.isEmpty()) {
            return;
        }
        long block = last.keySet().stream().skip(random.nextInt(last.size())).findFirst().orElseThrow();
        memory.clear().limit(Stamp.BLOCK);
        open.cache().read(memory, block * Stamp.BLOCK);
        long found = Stamp.read(block, memory, 0);
        if (found != last.get(block)) {
            teller.wrong("block " + block + " of region " + layout.region(block * Stamp.BLOCK) + " was read as content " + found
                    + "; content " + last.get(block) + " was written last");
        }
    }

    private void flush() throws IOException {
        int name = operations * writers + number;
        Waiter waiter = new Waiter();
        teller.flushBegun(name);
        open.volume().flush(waiter);
        waiter.await();
        teller.flushEnded(name);
    }
}
