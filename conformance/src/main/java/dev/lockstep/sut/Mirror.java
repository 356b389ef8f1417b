package dev.lockstep.sut;

import dev.lockstep.cache.CacheView;
import dev.lockstep.cache.PageCache;
import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.region.CleanWhen;
import dev.lockstep.region.DriverView;
import dev.lockstep.region.LegsRead;
import dev.lockstep.region.Mode;
import dev.lockstep.region.Policy;
import dev.lockstep.region.Step;
import dev.lockstep.trace.IntValue;
import dev.lockstep.trace.Label;
import dev.lockstep.volume.Layout;
import dev.lockstep.volume.Volume;
import dev.lockstep.volume.VolumeListener;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * Lockstep's own mirror as a system under test: the production code on real files, stepped through its seam. Not
 * thread-safe.
 */
public final class Mirror implements Closeable {
    /** The leg that a region out of sync is read from, in every model. */
    public static final int SOURCE = 0;

    private final Size size;
    private final Policy policy;
    private final Surroundings surroundings;
    private final Owners owners;
    private final BlockContents blocks;
    private final Layout layout;
    private final Devices devices;
    private final DeviceCodes codes;
    private final Operations operations = new Operations(this);
    private final ByteBuffer read = ByteBuffer.allocateDirect(Size.BLOCK_BYTES);
    private final DirectWrites direct = new DirectWrites();
    private TraceSteps steps = new TraceSteps();
    private Volume volume;
    private PageCache cache;
    private CacheView cacheView;
    private HeldSync sync;

    /**
     * Makes a new volume's files, not open yet.
     *
     * @param folder     an empty folder for its files, which {@link #close} removes
     * @param size       the volume's size
     * @param policy     the policy
     * @param surroundings what the rig does above it
     * @param blocks     the bytes that stand for the model's contents
     * @param value      the content that every block has at first
     * @throws IOException if the files cannot be made
     */
    public Mirror(Path folder, Size size, Policy policy, Surroundings surroundings, BlockContents blocks, int value)
            throws IOException {
        this.size = size;
        this.policy = policy;
        this.surroundings = surroundings;
        this.owners = new Owners(size.blocks(), surroundings);
        this.blocks = blocks;
        this.layout = new Layout(size.bytes(), size.regionBytes(), size.legs(), SOURCE);
        this.codes = new DeviceCodes(size);
        this.devices = new Devices(folder, size, blocks, value);
    }

    /** An action that the mirror can be made to do. */
    public final class Prepared {
        private final Operation operation;

        private Prepared(Operation operation) {
            this.operation = operation;
        }

        /**
         * Does it.
         *
         * @throws IOException      if the mirror fails
         * @throws RefusedException if the mirror does not do that now
         */
        public void perform() throws IOException {
            operation.perform();
        }

        /** {@return whether the mirror would do it now} */
        public boolean enabled() {
            return operation.enabled();
        }
    }

    /**
     * {@return an action, ready to be done as often as is wanted}
     *
     * @param label the action and its parameters
     * @throws IllegalArgumentException if the mirror knows no such action
     */
    public Prepared prepare(Label label) {
        return new Prepared(operations.of(label));
    }

    /**
     * Puts an image into the files of a mirror that is down.
     *
     * @param image what a crash left
     * @throws IOException if the files cannot be written
     */
    public void load(DiskImage image) throws IOException {
        if (!isDown()) {
            throw new IllegalStateException("the mirror is not down");
        }
        devices.load(image);
    }

    /**
     * {@return what a kill would leave now: the files as they are read back, as volatile as they are}
     *
     * @throws IOException if the files cannot be read
     */
    public DiskImage image() throws IOException {
        return devices.image();
    }

    /**
     * {@return a new volume's image}
     *
     * @param value the content that every block has
     */
    public DiskImage created(int value) {
        return devices.created(value);
    }

    /**
     * {@return what a power cut would leave, if it kept some of the contents that it may keep}
     *
     * @param killed what a kill would leave
     * @param legs   a code of the variable {@code leg}: the contents to keep
     * @param log    a code of the variable {@code log}: the bits to keep
     * @throws RefusedException if the volatile caches do not allow that
     */
    public DiskImage cut(DiskImage killed, long legs, long log) {
        return devices.cut(killed, codes, legs, log);
    }

    /**
     * {@return the code of the variable {@code leg} in an image}
     *
     * @param image the image
     * @throws IOException never, as an image is in memory
     */
    public long legsOf(DiskImage image) throws IOException {
        return codes.legs(devices.of(image));
    }

    /**
     * {@return the code of the variable {@code log} in an image}
     *
     * @param image the image
     * @throws IOException never, as an image is in memory
     */
    public long logOf(DiskImage image) throws IOException {
        return codes.log(devices.of(image));
    }

    /**
     * Has a leg answer again: spec action {@code LegReturns}, which chooses what the leg's cache has kept.
     *
     * @param label the action
     * @param legs  a code of the variable {@code leg}: what the leg has after it
     * @throws IOException      if the files cannot be written
     * @throws RefusedException if the leg does answer, or cannot have that
     */
    public void legReturns(Label label, long legs) throws IOException {
        if (!prepare(label).enabled()) {
            throw new RefusedException(label + " cannot be: the legs that do not answer are " + Integer.toBinaryString(devices.gone()));
        }
        devices.returns((int) ((IntValue) label.arguments().get(0)).value(), codes, legs);
    }

    /** {@return the bytes that stand for the model's contents} */
    public BlockContents blocks() {
        return blocks;
    }

    /** {@return the volume's size} */
    public Size size() {
        return size;
    }

    /** {@return the legs' files in order, then the log's} */
    public List<Path> files() {
        return devices.files();
    }

    /**
     * {@return a block's bytes on a leg, read back from its file}
     *
     * @param leg   the leg
     * @param block the block
     * @throws IOException if the file cannot be read
     */
    public byte[] bytes(int leg, int block) throws IOException {
        return devices.bytes(leg, block);
    }

    /**
     * {@return what the mirror itself offers to do now, as it names it}
     */
    public List<String> waiting() {
        return steps.waiting().stream().map(Object::toString).toList();
    }

    /**
     * Has the file system find, after a crash, what it is said to find of who owns the blocks.
     *
     * @param code a code of the variable {@code ownedMay}, of one choice for each block
     * @throws RefusedException if the crash does not allow that
     */
    public void foundOwned(long code) {
        for (int block = 0; block < size.blocks(); block++) {
            owners.found(block, CacheCodes.mayBeOwned(code, block));
        }
    }

    /** Lets the dead mirror go: what it had in memory is lost, its files are closed as they are. */
    public void abandon() throws IOException {
        if (volume != null) {
            owners.crash();
        }
        volume = null;
        cache = null;
        cacheView = null;
        direct.clear();
        steps = new TraceSteps();
        devices.abandon();
    }

    @Override
    public void close() throws IOException {
        devices.close();
    }

    void restart() throws IOException {
        List<VolatileLeg> all = devices.openAll();
        DirtyRegionLog log = DirtyRegionLog.open(all.get(devices.log()), size.regions());
        volume = Volume.open(layout, all.subList(0, size.legs()), log, devices.record(), policy, steps, VolumeListener.NONE);
        cache = new PageCache(volume, steps, Size.BLOCK_BYTES, size.slots());
        cacheView = cache.view();
        sync = new HeldSync(cache, policy.cleanWhen() == CleanWhen.PERIOD ? cache::pass : cache);
        volume.syncWith(sync);
    }

    void store(int block, int value) throws IOException {
        long position = (long) block * Size.BLOCK_BYTES;
        switch (surroundings.storing()) {
            case MMAP -> cache.storeMapped(position, blocks.bytes(block, value));
            case MARK_STORE -> cache.storeMarked(position, blocks.bytes(block, value));
            default -> cache.store(position, blocks.bytes(block, value));
        }
    }

    /** Where the mark comes first, a store is the other half of a change that was begun. */
    boolean mayStore(int block) {
        return isUp() && !owners.isFree(block) && cacheView.mayStore(block) && switch (surroundings.storing()) {
            case NONE -> false;
            case WRITE -> !cacheView.changing(block);
            case MARK_STORE -> cacheView.changing(block);
            default -> true;
        };
    }

    boolean mayMarkFirst(int block) {
        return isUp() && surroundings.storing() == Storing.MARK_STORE && !cacheView.changing(block) && !owners.isFree(block);
    }

    /** write() holds the page's lock from its store to its mark, so that no write-back begins in between. */
    boolean mayWriteBack(int block) {
        return isUp() && cacheView.mayWriteBack(block)
                && !(surroundings.storing() == Storing.WRITE && cacheView.changing(block));
    }

    boolean mayFree(int block) {
        return isUp() && surroundings.frees() && !owners.isFree(block) && cacheView.mayDrop(block);
    }

    /** The file system frees a block, and its page leaves the cache. */
    void free(int block) throws IOException {
        cache.drop(block);
        owners.free(block);
    }

    boolean mayAllocate(int block) {
        return isUp() && surroundings.frees() && owners.isFree(block) && !beingWritten(block);
    }

    private boolean beingWritten(int block) {
        for (int slot = 0; slot < size.slots(); slot++) {
            if (blockIn(slot) == block) {
                return true;
            }
        }
        return false;
    }

    /** The block that a slot's write is of, or -1. */
    int blockIn(int slot) {
        return directBlock(slot) >= 0 ? directBlock(slot) : (int) cacheView.pageIn(slot);
    }

    /** Where blocks are freed, only free ones are discarded. */
    boolean mayDiscard(int block) {
        return !surroundings.frees() || owners.isFree(block);
    }

    /** A write past the page cache, from memory of the application's own. */
    void directWrite(int slot, int block, int value) throws IOException {
        ByteBuffer memory = ByteBuffer.allocateDirect(Size.BLOCK_BYTES).put(blocks.bytes(block, value)).flip();
        direct.begin(slot, block, memory, ended -> volume.submit(memory, (long) block * Size.BLOCK_BYTES, ended));
    }

    /** The application changes the memory of a write that is under way. */
    void changeMemory(int slot, int value) {
        DirectWrites.DirectWrite write = direct.in(slot);
        write.memory.put(0, blocks.bytes(write.block, value), 0, Size.BLOCK_BYTES);
    }

    boolean mayChangeMemory(int slot, int block, int value) {
        DirectWrites.DirectWrite write = direct.in(slot);
        return !copies() && write != null && write.block == block && write.memory != null
                && !write.memory.equals(blocks.bytes(block, value));
    }

    void discard(int slot, int block) throws IOException {
        direct.begin(slot, block, null, ended -> volume.discard((long) block * Size.BLOCK_BYTES, Size.BLOCK_BYTES, ended));
    }

    /** The first slot that neither the page cache nor a write past it uses, or -1. */
    int firstFreeSlot() {
        for (int slot = 0; slot < size.slots(); slot++) {
            if (direct.in(slot) == null && cacheView.pageIn(slot) < 0) {
                return slot;
            }
        }
        return -1;
    }

    /** The volume's number of the write in a slot, or -1. */
    int writeOf(int slot) {
        return direct.in(slot) == null ? cacheView.writeOf(slot) : direct.numberOf(slot);
    }

    /** The block that a write past the page cache in a slot writes, or -1. */
    int directBlock(int slot) {
        return direct.in(slot) == null ? -1 : direct.in(slot).block;
    }

    void read(int block, int leg) throws IOException {
        volume.read(read.clear(), (long) block * Size.BLOCK_BYTES, leg);
        int returned = devices.number(leg, block, read.flip());
        int held = devices.now(leg, block);
        if (returned != held) {
            throw new RefusedException("the read returned content " + returned + " of block " + block + ", and leg " + leg
                    + " holds content " + held);
        }
    }

    boolean mayRead(int block, int leg) {
        return isUp() && !devices.isGone(leg) && volume.inspect(driver -> driver.mayRead(layout.region((long) block * Size.BLOCK_BYTES), leg));
    }

    /** The legs that the driver has put out of use, a bit each. */
    int out() {
        return isDown() ? 0 : volume.<Integer>inspect(DriverView::out);
    }

    /** The source of the driver. */
    int source() {
        return isDown() ? SOURCE : volume.<Integer>inspect(DriverView::source);
    }

    /** Whether every leg in use answers. */
    boolean allAnswer() {
        return (devices.gone() & ~out()) == 0;
    }

    boolean noWriteInFlight() {
        for (int slot = 0; slot < size.slots(); slot++) {
            if (direct.in(slot) != null || cacheView.pageIn(slot) >= 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Has the driver notice that a leg does not answer: by something that it would ask of the leg next, if there is such a thing;
     * else it is told.
     */
    void noticeFailure(int leg) {
        Step asked = steps.waiting().stream().filter(step -> asksOf(step, leg) && volume.inspect(driver -> driver.enabled(step)))
                .findFirst().orElse(null);
        if (asked != null) {
            steps.run(asked);
        } else {
            volume.putOut(leg, new IOException("leg " + leg + " does not answer"));
        }
        devices.opened(leg).cutFlushOff();
    }

    private static boolean asksOf(Step step, int leg) {
        return switch (step.action()) {
            case LEG_WRITE, RESYNC_COPY -> step.second() == leg;
            case LEG_FLUSH_END -> step.first() == leg;
            default -> false;
        };
    }

    boolean resyncs(int block) {
        return volume.inspect(DriverView::resyncRegion) == block / size.blocksPerRegion();
    }

    /** {@return whether there is no mirror, only files} */
    public boolean isDown() {
        return volume == null;
    }

    boolean isUp() {
        return volume != null && volume.inspect(DriverView::mode) == Mode.UP;
    }

    boolean isClosing() {
        return volume != null && volume.inspect(DriverView::mode) == Mode.CLOSING;
    }

    boolean copies() {
        return policy.legsRead() == LegsRead.COPIED;
    }

    Owners owners() {
        return owners;
    }

    Volume volume() {
        return volume;
    }

    HeldSync sync() {
        return sync;
    }

    PageCache cache() {
        return cache;
    }

    CacheView cacheView() {
        return cacheView;
    }

    TraceSteps steps() {
        return steps;
    }

    Devices devices() {
        return devices;
    }
}
