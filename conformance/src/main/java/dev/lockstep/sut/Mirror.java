package dev.lockstep.sut;

import dev.lockstep.cache.CacheView;
import dev.lockstep.cache.PageCache;
import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.LogFormat;
import dev.lockstep.region.CleanWhen;
import dev.lockstep.region.DriverView;
import dev.lockstep.region.LegsRead;
import dev.lockstep.region.LogIo;
import dev.lockstep.region.Mode;
import dev.lockstep.region.Policy;
import dev.lockstep.region.RecordIo;
import dev.lockstep.trace.IntValue;
import dev.lockstep.trace.Label;
import dev.lockstep.volume.Layout;
import dev.lockstep.volume.Volume;
import dev.lockstep.volume.VolumeListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Lockstep's own mirror as a system under test: the production code on real files, stepped through its seam. Not
 * thread-safe.
 */
public final class Mirror extends OnDevices {
    /** The leg that a region out of sync is read from, in every model. */
    public static final int SOURCE = 0;

    private final Policy policy;
    private final BlockContents blocks;
    private final Layout layout;
    private final Environment environment;
    private final Operations operations;
    private boolean atOnce;
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
     * @param format     the log's format
     * @param blocks     the bytes that stand for the model's contents
     * @param value      the content that every block has at first
     * @throws IOException if the files cannot be made
     */
    public Mirror(Path folder, Size size, Policy policy, Surroundings surroundings, LogFormat format, BlockContents blocks, int value)
            throws IOException {
        super(size, new Devices(folder, size, format, blocks, value));
        this.policy = policy;
        this.blocks = blocks;
        this.layout = new Layout(size.bytes(), size.regionBytes(), size.legs(), SOURCE);
        this.environment = new Environment(this, surroundings);
        this.operations = new Operations(this, environment);
    }

    /** An action that the mirror can be made to do. */
    public final class Prepared implements SystemUnderTest.Prepared {
        private final Operation operation;

        private Prepared(Operation operation) {
            this.operation = operation;
        }

        @Override
        public void perform() throws IOException {
            operation.perform();
        }

        @Override
        public boolean enabled() {
            return operation.enabled();
        }
    }

    @Override
    public Prepared prepare(Label label) {
        return new Prepared(operations.of(label));
    }

    /**
     * {@return a new volume's image}
     *
     * @param value the content that every block has
     */
    public DiskImage created(int value) {
        return created(value, 0);
    }

    @Override
    public Optional<String> logFault() throws IOException {
        return devices().logFault(!isDown() && volume.inspect(driver -> driver.logIo() == LogIo.IDLE));
    }

    @Override
    public void legReturns(Label label, long legs) throws IOException {
        if (!prepare(label).enabled()) {
            throw new RefusedException(label + " cannot be: the legs that do not answer are " + Integer.toBinaryString(devices().gone()));
        }
        devices().returns((int) ((IntValue) label.arguments().get(0)).value(), codes(), legs);
    }

    @Override
    public void replace(Label label, long legs) throws IOException {
        if (!prepare(label).enabled()) {
            throw new RefusedException(label + " cannot be: the legs that are recorded to be out of use are "
                    + Integer.toBinaryString(devices().recorded().out()));
        }
        int leg = (int) ((IntValue) label.arguments().get(0)).value();
        devices().replace(leg, codes(), legs);
        if (!isDown()) {
            tellBlank(leg);
        }
    }

    @Override
    public void putOutRecorded(Label label) throws IOException {
        if (!prepare(label).enabled()) {
            throw new RefusedException(label + " cannot be");
        }
        operations.putOutRecorded((int) ((IntValue) label.arguments().get(0)).value());
    }

    /** Has every bit be dirty, so that a blank leg can be taken in: that is asked for by saying once more that it is blank. */
    void dirtyAll() {
        tellBlank(Integer.numberOfTrailingZeros(blank() & out()));
    }

    private void tellBlank(int leg) {
        if (!volume.replace(leg, devices().opened(leg))) {
            throw new RefusedException("the mirror does not take leg " + leg + " for a blank one");
        }
    }

    /** {@return the bytes that stand for the model's contents} */
    public BlockContents blocks() {
        return blocks;
    }

    @Override
    public Surroundings surroundings() {
        return environment.surroundings();
    }

    /** {@return the legs' files in order, then the log's} */
    public List<Path> files() {
        return devices().files();
    }

    @Override
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
        for (int block = 0; block < size().blocks(); block++) {
            environment.owners().found(block, CacheCodes.mayBeOwned(code, block));
        }
    }

    @Override
    public void abandon() throws IOException {
        environment.abandoned(volume != null);
        volume = null;
        cache = null;
        cacheView = null;
        steps = new TraceSteps(atOnce);
        devices().abandon();
    }

    @Override
    public void close() throws IOException {
        devices().close();
    }

    void restart() throws IOException {
        List<VolatileLeg> legs = devices().openLegs();
        DirtyRegionLog log = devices().openLog();
        volume = Volume.open(layout, legs, log, devices().record(), policy, steps, VolumeListener.NONE);
        cache = new PageCache(volume, steps, Size.BLOCK_BYTES, size().slots());
        cacheView = cache.view();
        sync = new HeldSync(cache, policy.cleanWhen() == CleanWhen.PERIOD ? cache::pass : cache);
        volume.syncWith(sync);
    }

    /** The legs that the driver has put out of use, a bit each. */
    int out() {
        return isDown() ? 0 : volume.<Integer>inspect(DriverView::out);
    }

    /** The legs that the driver knows to be blank, a bit each; of a mirror that is down, those that are recorded to be. */
    int blank() {
        return isDown() ? devices().blank() : volume.<Integer>inspect(DriverView::knownBlank);
    }

    /** Whether a leg may fail: one at a time, beside those that are blank. */
    boolean mayFail(int leg) {
        return devices().gone() == 0 && (out() & ~blank()) == 0 && (out() & 1 << leg) == 0;
    }

    /** Whether a leg is out of use, as far as the driver knows, or whoever opens the volume will. */
    boolean isOut(int leg) {
        return devices().recorded().isOut(leg)
                && (isDown() || volume.inspect(driver -> driver.recordIo() == RecordIo.IDLE && (driver.out() & 1 << leg) != 0));
    }

    /** The source of the driver. */
    int source() {
        return isDown() ? SOURCE : volume.<Integer>inspect(DriverView::source);
    }

    /** Whether every leg in use answers. */
    boolean allAnswer() {
        return (devices().gone() & ~out()) == 0;
    }

    boolean resyncs(int block) {
        return volume.inspect(DriverView::resyncRegion) == block / size().blocksPerRegion();
    }

    @Override
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

    Environment environment() {
        return environment;
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

    /** Has the seam say from now on that what follows from a step is made at once; the mirror is down. */
    void followAtOnce() {
        atOnce = true;
        steps = new TraceSteps(true);
    }
}
