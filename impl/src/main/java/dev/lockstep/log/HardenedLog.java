package dev.lockstep.log;

import dev.lockstep.store.Flush;
import dev.lockstep.store.Leg;
import dev.lockstep.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A log in the {@linkplain HardenedFormat hardened format}. What is promised of it is told at {@link DirtyRegionLog}. Spec
 * module TwoCopies.
 *
 * <h2>Why no crash brings an old page back</h2>
 * A write of a page goes to one of its copies. The end of a flush consists of four steps: that copy is made durable; the same
 * page is written to the other copy, saying that it is the second; that is made durable; then the caller is told, and what is
 * on the log is <em>promised</em>. The next write goes to the copy that was written last. So:
 * <ul>
 * <li>While a copy is written, the other one is durable, and is what was promised or what was written since. Whatever a crash
 *     leaves, in any subset of the sectors that no flush has covered, that copy is whole. A mixture of sectors has a checksum
 *     that does not fit, and no sector of one write is the same as another's; so the copy that was written is as it was before, or as it was to be, or none, and the newest that is
 *     whole is what was promised or what was written since.</li>
 * <li>After opening nobody knows whether the last flush had ended, but which copy was written last can be seen: the one that
 *     is torn; else the second, if both have the same number; else the newer one. The other is durable, whoever wrote it and
 *     however often a process has died since. The first write goes to the one that was written last.</li>
 * <li>What is promised is in both copies, and nothing that is older is left: so no damage whatever, of however many copies,
 *     makes a bit clean that was promised to be dirty. If one is damaged, the other is believed; if both are, the log is
 *     distrusted, and every region is dirty.</li>
 * </ul>
 * What a crash has left is not promised by that: a second crash, before a flush has ended, may leave what was promised
 * before. Until then the mirror writes to no leg, so the first crash could have left the same.
 *
 * <p>When a log is made, or made good, its superblock is voided before anything else is written, and written when all else is
 * durable.
 */
final class HardenedLog extends LogOfImage {

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(HardenedFormat.PAGE);

    /** Guarded by this, as all below; empty if nobody has said what it is to be. */
    private Optional<Superblock> superblock;
    /** The copies of each page, the superblock's first; empty while the log is not whole. */
    private List<Copies> pages;
    /** The pages whose last copy was written, and the other one not yet; with each the number of that write. */
    private final SortedMap<Integer, Long> toRepeat = new TreeMap<>();
    /** How often pages were written. */
    private long writes;

    private HardenedLog(Leg leg, HardenedContents found, Optional<Superblock> superblock) {
        super(leg, found.contents());
        this.superblock = superblock;
        this.pages = found.copies();
    }

    static HardenedLog create(Leg leg, Superblock superblock, LogImage image) throws IOException {
        if (superblock.regions() != image.regions()) {
            throw new IllegalArgumentException("the first bits are of " + image.regions() + " regions; expected "
                    + superblock.regions() + ", as the volume has");
        }
        HardenedLog log = new HardenedLog(leg, new HardenedContents(new LogContents(image, Optional.empty()),
                Optional.empty(), List.of()), Optional.of(superblock));
        log.writeAll();
        log.beginFlush().await();
        return log;
    }

    static HardenedLog open(Leg leg, int regions) {
        HardenedContents found = HardenedContents.read(leg, regions);
        return new HardenedLog(leg, found, found.contents().distrust().isPresent() ? Optional.empty() : found.superblock());
    }

    static HardenedLog open(Leg leg, Superblock volume) {
        HardenedContents found = HardenedContents.read(leg, volume);
        return new HardenedLog(leg, found, found.contents().distrust().isPresent() ? Optional.of(volume) : found.superblock());
    }

    @Override
    public LogFormat format() {
        return LogFormat.HARDENED;
    }

    @Override
    public synchronized Optional<Superblock> superblock() {
        return superblock;
    }

    @Override
    void writeRun(int run) throws IOException {
        writePage(HardenedFormat.pageOfRun(run));
    }

    @Override
    void rewrite() throws IOException {
        if (leg.length() < HardenedFormat.requiredLength(image.regions())) {
            throw new StoreException(HardenedContents.tooShort(leg, image.regions()));
        }
        if (superblock.isEmpty()) {
            throw new StoreException(leg.name() + ": cannot be made good, as nobody has said of which volume it is; expected it to"
                    + " be opened as the log of one");
        }
        if (pages.isEmpty()) {
            make();
        } else {
            for (int page = 1; page < pages.size(); page++) {
                writePage(page);
            }
        }
    }

    @Override
    public synchronized void describe(Superblock next) throws IOException {
        Superblock before = superblock.orElse(next);
        if (!next.volume().equals(before.volume()) || next.bytes() != before.bytes() || next.regionBytes() != before.regionBytes()
                || next.regions() != image.regions()) {
            throw new IllegalArgumentException(leg.name() + ": is the log of another volume than " + next.volume());
        }
        superblock = Optional.of(next);
        if (pages.isEmpty()) {
            writeAll();
        } else {
            writePage(0);
        }
    }

    /** Writes everything over what nothing is believed of. */
    private void make() throws IOException {
        for (int copy = 0; copy < HardenedFormat.COPIES; copy++) {
            leg.write(ByteBuffer.allocate(Leg.SECTOR), HardenedFormat.superblockPosition(copy));
        }
        leg.beginFlush().await();
        int count = 1 + HardenedFormat.bitPages(image.regions());
        for (int page = count - 1; page >= 0; page--) {
            if (page == 0) {
                leg.beginFlush().await();
            }
            encode(page, 1);
            leg.write(buffer, HardenedFormat.position(image.regions(), page, 0));
            HardenedFormat.makeSecond(buffer);
            leg.write(buffer, HardenedFormat.position(image.regions(), page, 1));
            written(page);
        }
        leg.beginFlush().await();
        pages = Stream.generate(Copies::made).limit(count).toList();
    }

    private void writePage(int page) throws IOException {
        Copies copies = pages.get(page);
        copies.next();
        encode(page, copies.number());
        leg.write(buffer, HardenedFormat.position(image.regions(), page, copies.last()));
        writes++;
        toRepeat.put(page, writes);
        written(page);
    }

    private void encode(int page, long number) {
        Superblock volume = superblock.orElseThrow();
        if (page == 0) {
            HardenedFormat.encode(volume, number, buffer);
        } else {
            HardenedFormat.encode(image, volume.volume(), page, number, buffer);
        }
    }

    private void written(int page) {
        if (page > 0) {
            image.runsWritten(HardenedFormat.firstRun(page), HardenedFormat.firstRun(page + 1));
        }
    }

    @Override
    public synchronized Flush beginFlush() {
        long covered = writes;
        Flush flush = leg.beginFlush();
        return () -> {
            flush.await();
            repeat(covered);
        };
    }

    /** The first copies that had been written when a flush was begun are durable: the others follow. */
    private synchronized void repeat(long covered) throws IOException {
        if (toRepeat.values().stream().anyMatch(write -> write > covered)) {
            // It may have gone over what the flush has made durable.
            leg.beginFlush().await();
        }
        boolean repeated = !toRepeat.isEmpty();
        for (int page : List.copyOf(toRepeat.keySet())) {
            repeat(page);
            toRepeat.remove(page);
        }
        if (repeated) {
            leg.beginFlush().await();
        }
    }

    /** Writes the other copy. The image may have been changed since, so the page comes from the copy that is durable. */
    private void repeat(int page) throws IOException {
        Copies copies = pages.get(page);
        long first = HardenedFormat.position(image.regions(), page, copies.last());
        leg.read(buffer.clear(), first);
        boolean whole = page == 0 ? HardenedFormat.superblock(buffer).isPresent()
                : HardenedFormat.isBits(buffer, superblock.orElseThrow(), page);
        if (!whole || HardenedFormat.number(buffer) != copies.number()) {
            throw new StoreException(leg.name() + ": page " + page + " of the log is not what was written; expected number "
                    + copies.number() + " at " + first);
        }
        HardenedFormat.makeSecond(buffer);
        copies.repeat();
        leg.write(buffer, HardenedFormat.position(image.regions(), page, copies.last()));
    }
}
