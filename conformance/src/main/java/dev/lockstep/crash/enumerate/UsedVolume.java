package dev.lockstep.crash.enumerate;

import dev.lockstep.cache.CacheView;
import dev.lockstep.cache.PageCache;
import dev.lockstep.crash.inside.Stamp;
import dev.lockstep.region.Action;
import dev.lockstep.region.CleanWhen;
import dev.lockstep.region.DriverView;
import dev.lockstep.region.RegionState;
import dev.lockstep.region.Step;
import dev.lockstep.region.Sweep;
import dev.lockstep.store.Leg;
import dev.lockstep.volume.Completion;
import dev.lockstep.volume.Layout;
import dev.lockstep.volume.Steps;
import dev.lockstep.volume.SyncHook;
import dev.lockstep.volume.Volume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The production volume and page cache on simulated devices, and a user of both who tells {@link Told} what was done and what was
 * acknowledged. Nobody stores into or writes directly what another writes directly: that is a mistake that no policy is asked to
 * bear. Not thread-safe.
 */
final class UsedVolume {
    static final int NO_LEG = QueuedSteps.NO_LEG;

    private static final int MOST_BLOCKS = 2;
    private static final int SAME_AGAIN = 8;
    /** How many pages can be under write-back at a time. */
    static final int SLOTS = 2;
    private static final int MOST_STEPS = 20_000;

    private final Setting setting;
    private final Layout layout;
    private final int pageBlocks;
    private final LongSupplier contents;
    private final Random random;
    private final Journal journal;
    private final Told told;
    private final Onlooker onlooker;
    private final QueuedSteps steps = new QueuedSteps();
    private final Map<Integer, Told.Writing> writing = new HashMap<>();
    /** The writes of pages that were copied and not submitted yet, by their slots. */
    private final Map<Integer, Told.Writing> copied = new HashMap<>();
    private final TreeSet<Long> writtenDirectly = new TreeSet<>();
    private final TreeSet<Long> toMark = new TreeSet<>();
    private OpenedVolume opened;
    private int lives;
    private Volume volume;
    private PageCache cache;
    private CacheView view;
    private IOException failure;

    /**
     * A volume that is not open yet.
     *
     * @param setting   the volume's
     * @param pageBytes the length of a page
     * @param contents  gives numbers of contents that are in use nowhere else
     * @param random    chooses
     * @param journal   is told what is done
     * @param told      is told what the user knows
     */
    UsedVolume(Setting setting, int pageBytes, LongSupplier contents, Random random, Journal journal, Told told) {
        this.setting = setting;
        this.layout = setting.layout();
        this.onlooker = setting.onlooker();
        this.pageBlocks = pageBytes / Stamp.BLOCK;
        this.contents = contents;
        this.random = random;
        this.journal = journal;
        this.told = told;
    }

    void open(List<SimulatedLeg> devices) throws IOException {
        journal.note("open");
        List<Leg> wired = onlooker.devices(setting.wiring().inUse().apply(List.copyOf(devices)));
        Steps seam = onlooker.seam(steps);
        onlooker.opens(() -> opened = OpenedVolume.open(setting, wired, setting.standing(journal.now()).places(), lives++, seam));
        volume = opened.volume();
        onlooker.opened(volume, opened.log());
        cache = new PageCache(volume, seam, pageBlocks * Stamp.BLOCK, SLOTS);
        view = cache.view();
        SyncHook hook = setting.policy().cleanWhen() == CleanWhen.PERIOD ? cache::pass : cache;
        volume.syncWith(onlooker.syncs(hook));
    }

    /** The process dies; what its devices hold is as volatile as it was. */
    void kill(SimulatedLeg source) throws IOException {
        steps.drop();
        writing.clear();
        copied.clear();
        writtenDirectly.clear();
        toMark.clear();
        ByteBuffer read = ByteBuffer.allocate((int) layout.bytes());
        source.read(read, 0);
        told.killed(IntStream.range(0, setting.blocks()).mapToObj(block -> Stamp.read(block, read, block * Stamp.BLOCK)).toList());
        onlooker.killed();
        journal.note("kill");
    }

    Volume volume() {
        return volume;
    }

    OpenedVolume opened() {
        return opened;
    }

    PageCache cache() {
        return cache;
    }

    boolean enabled(Step step) {
        return volume.inspect(driver -> driver.enabled(step));
    }

    RegionState state(int region) {
        return volume.inspect(driver -> driver.state(region));
    }

    Sweep sweep() {
        return volume.inspect(DriverView::sweep);
    }

    /** Whether a round is under way that will mark a region clean. */
    boolean chosen(int region) {
        return volume.inspect(driver -> driver.chosen(region));
    }

    /** From now on the writes to a leg come late: when there is nothing else to be done. */
    void late(int leg) {
        steps.late(leg);
    }

    /** From now on it comes late that it is recorded which legs are in use, or not. */
    void lateRecord(boolean late) {
        steps.lateRecord(late);
    }

    /** Whether there is a step to be run that is not late. */
    boolean prompt() {
        return steps.prompt();
    }

    boolean atRest() {
        return steps.isEmpty();
    }

    int pages() {
        return (setting.blocks() - 1) / pageBlocks + 1;
    }

    /** A page; most often one that is under write-back, if there is any. */
    long anyPage() {
        long underWay = view.pageIn(random.nextInt(SLOTS));
        return underWay >= 0 && random.nextInt(4) > 0 ? underWay : random.nextInt(pages());
    }

    /** A page of a region. */
    long anyPageOf(int region) {
        int perRegion = layout.regionBytes() / Stamp.BLOCK / pageBlocks;
        int first = region * perRegion;
        return first + random.nextInt(Math.min(perRegion, pages() - first));
    }

    /** Stores into one or two blocks of a page, unless the page is locked or is written directly. */
    void store(long page, boolean mark) throws IOException {
        if (!view.mayStore(page) || writtenDirectly.contains(page)) {
            return;
        }
        if (view.page(page) == null) {
            told.loaded(first(page), length(page));
        }
        int block = first(page) + random.nextInt(changed(page));
        List<Long> stored = contents(page, block);
        for (int i = 0; i < stored.size(); i++) {
            told.storeBegun(block + i, stored.get(i));
        }
        journal.note("store into page " + page + ", blocks from " + block + " on: contents " + stored);
        onlooker.stores(page, stored, () -> cache.store((long) block * Stamp.BLOCK, Stamp.bytes(block, stored)));
        for (int i = 0; i < stored.size(); i++) {
            told.storeEnded(block + i, stored.get(i));
        }
        toMark.add(page);
        if (mark) {
            mark(page);
        }
    }

    private int first(long page) {
        return (int) page * pageBlocks;
    }

    private int length(long page) {
        return Math.min(pageBlocks, setting.blocks() - first(page));
    }

    /** How many of its blocks are ever changed. */
    private int changed(long page) {
        return Math.min(length(page), onlooker.changedBlocks());
    }

    private void mark(long page) throws IOException {
        onlooker.marks(page, () -> cache.markDirty(page));
        toMark.remove(page);
    }

    /** Marks the first page that was stored into and is not marked yet. */
    void markOne() throws IOException {
        if (!toMark.isEmpty()) {
            mark(toMark.first());
        }
    }

    /** Contents for one or two blocks of a page: new ones; some time what the block was given last. */
    private List<Long> contents(long page, int block) {
        int count = Math.min(1 + random.nextInt(MOST_BLOCKS), first(page) + changed(page) - block);
        return LongStream.range(block, block + count).mapToObj(each -> random.nextInt(SAME_AGAIN) == 0 ? told.newest((int) each)
                : contents.getAsLong()).toList();
    }

    /** Writes one or two blocks of a page from memory that nobody changes; false if it is in the cache, or being written already. */
    boolean writeDirectly(long page) throws IOException {
        if (view.page(page) != null || !writtenDirectly.add(page)) {
            return false;
        }
        int block = first(page) + random.nextInt(changed(page));
        List<Long> written = contents(page, block);
        journal.note("direct write of blocks from " + block + " on: contents " + written);
        Told.Writing begun = told.directBegun(block, written);
        onlooker.writes(page, written, () -> volume.submit(Stamp.bytes(block, written), (long) block * Stamp.BLOCK, heard(() -> {
            onlooker.writeTold(page);
            told.writeEnded(begun);
            writtenDirectly.remove(page);
            journal.point();
        })));
        return true;
    }

    void flush() throws IOException {
        List<Long> begun = told.flushBegun();
        journal.note("flush asked for");
        int number = onlooker.nextFlush();
        onlooker.flushes(number, () -> volume.flush(heard(() -> {
            onlooker.flushTold(number);
            told.flushEnded(begun);
            journal.note("flush acknowledged");
            journal.point();
        })));
    }

    private Completion heard(Runnable ended) {
        return new Completion() {
            @Override
            public void ended() {
                ended.run();
            }

            @Override
            public void failed(IOException cause) {
                failure = cause;
            }
        };
    }

    /** Runs a step that was offered. A write-back is told as begun before its page is read, and as ended after its end. */
    Step runStep() throws IOException {
        QueuedSteps.Offered offered = steps.pick(random);
        Step step = offered.step();
        if (step.action() == Action.COPY_PAGE) {
            copied.put(step.first(), writeBegun(view.pageIn(step.first())));
            offered.body().run();
        } else if (step.action() == Action.SUBMIT && view.pageIn(step.first()) >= 0 && view.writeOf(step.first()) < 0) {
            Told.Writing begun = copied.remove(step.first());
            begun = begun == null ? writeBegun(view.pageIn(step.first())) : begun;
            offered.body().run();
            writing.put(view.writeOf(step.first()), begun);
        } else {
            offered.body().run();
            if (step.action() == Action.END_WRITE && volume.inspect(driver -> driver.phase(step.first())) == null
                    && writing.containsKey(step.first())) {
                told.writeEnded(writing.remove(step.first()));
                journal.point();
            }
        }
        journal.note(step.toString());
        if (failure != null) {
            throw new IOException("the mirror stopped: " + failure.getMessage(), failure);
        }
        return step;
    }

    private Told.Writing writeBegun(long page) {
        return told.writeBegun(first(page), length(page));
    }

    /** Whether the user waits for a write that it was told nothing of. */
    private boolean waits() {
        return !writing.isEmpty() || !copied.isEmpty() || !writtenDirectly.isEmpty();
    }

    /** Asks that all that is page-dirty be written. */
    private void sync() throws IOException {
        for (long page : List.copyOf(toMark)) {
            mark(page);
        }
        cache.sync(heard(() -> { }));
    }

    /** Whether nothing in the cache is left to be written. */
    private boolean allWritten() {
        return view.idle();
    }

    /** Runs what there is to run until there is nothing more. */
    void settle() throws IOException {
        for (int i = 0; !atRest(); i++) {
            if (i == MOST_STEPS) {
                throw new IOException("the mirror did not come to rest in " + MOST_STEPS + " steps");
            }
            runStep();
        }
        if (waits()) {
            throw new IOException("the mirror has come to rest, and a write has not ended");
        }
    }

    /** All that is page-dirty is written; then the volume is closed. */
    void close() throws IOException {
        do {
            sync();
            settle();
        } while (!allWritten());
        boolean[] unmounted = new boolean[1];
        unmount(() -> unmounted[0] = true);
        settle();
        if (!unmounted[0]) {
            throw new IOException("the unmount did not end");
        }
    }

    private void unmount(Runnable ended) throws IOException {
        journal.note("unmount asked for");
        volume.unmount(heard(() -> {
            onlooker.told();
            ended.run();
        }));
    }
}
