package dev.lockstep.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.store.Flush;
import dev.lockstep.store.ForwardingLeg;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A volume as small as can be on devices in memory: one sector of data that is written again and again, its log and its record by the code
 * that is judged. After every write and every flush of every device it is looked at what a kill leaves, and what a power cut may: any
 * subset of the sectors that no flush has made durable, on each device apart. Not thread-safe.
 */
final class RecordedVolume {
    /** So many states of a crash point are judged: all, or where there are more so many that chance chooses, the first and the last. */
    static final int MOST_STATES = 200;
    static final int REGIONS = 8;
    static final long BYTES = REGIONS * 4096L;
    private static final int SPARE = 2;
    /** Long, so that a superblock does not fit into a sector. */
    private static final String PATH = "leg".repeat(90);
    private static final Superblock NEW = new Superblock(new UUID(7, 8), BYTES, 4096, 0, List.of(
            new Superblock.LegEntry(PATH + 0, true, Generation.FIRST), new Superblock.LegEntry(PATH + 1, true, Generation.FIRST)));

    /** What a crash has left of a log. */
    private record LogLeft(SectorLeg device, Optional<Superblock> volume, Optional<HardenedContents> contents) {
        static LogLeft of(SectorLeg device) {
            try {
                Optional<Superblock> volume = Superblock.find(device);
                return new LogLeft(device, volume, volume.map(found -> HardenedContents.read(device, found)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        boolean trusted() {
            return contents.isPresent() && contents.get().contents().distrust().isEmpty();
        }
    }

    /** What a crash has left of a leg. */
    private record LegLeft(SectorLeg device, Optional<LegLabel> label, long version) {
        static LegLeft of(SectorLeg device) {
            try {
                ByteBuffer data = ByteBuffer.allocate(Leg.SECTOR);
                device.read(data, 0);
                return new LegLeft(device, LegLabel.find(device, BYTES), data.getLong(0));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final Random random;
    private final UnaryOperator<Leg> logFault;
    private final UnaryOperator<Leg> legFault;
    private final SectorLeg log;
    /** By slot; null where there is none. */
    private final List<SectorLeg> legs = new ArrayList<>();
    /** Told of every state that is judged. */
    private final Runnable judged;
    /** What is done besides at a crash point, with what a crash has left. */
    private Consumer<RecordedVolume> again = left -> { };
    private boolean observed;

    private boolean made;
    /** The last write that was acknowledged, and the last one that was flushed. */
    private long written;
    private long flushed;
    /** The slots that are recorded to be out of use. */
    private int mustBeOut;

    private DirtyRegionLog dirtyLog;
    private LabelledRecord record;
    private boolean nosync;
    private Membership membership;

    RecordedVolume(Random random, UnaryOperator<Leg> logFault, UnaryOperator<Leg> legFault, Runnable judged) {
        this(random, logFault, legFault, judged, new SectorLeg(HardenedFormat.requiredLength(REGIONS)), List.of(leg(), leg()));
    }

    private RecordedVolume(Random random, UnaryOperator<Leg> logFault, UnaryOperator<Leg> legFault, Runnable judged, SectorLeg log,
            List<SectorLeg> legs) {
        this.random = random;
        this.logFault = logFault;
        this.legFault = legFault;
        this.judged = judged;
        this.log = log;
        this.legs.addAll(legs);
    }

    private static SectorLeg leg() {
        return new SectorLeg(LegLabel.legBytes(BYTES));
    }

    /** From now on each crash point is looked at; and something is done with what a crash leaves there. */
    void observe(Consumer<RecordedVolume> with) {
        observed = true;
        again = with;
    }

    /** A device between the code and its simulation: after each write and flush there is a crash point. */
    private Leg watched(SectorLeg device, UnaryOperator<Leg> fault) {
        return new ForwardingLeg(fault.apply(device)) {
            @Override
            public void write(ByteBuffer from, long position) throws IOException {
                super.write(from, position);
                crashPoint();
            }

            @Override
            public Flush beginFlush() {
                Flush flush = super.beginFlush();
                return () -> {
                    flush.await();
                    crashPoint();
                };
            }
        };
    }

    private Leg watchedLeg(int slot) {
        return slot >= legs.size() || legs.get(slot) == null ? null : watched(legs.get(slot), legFault);
    }

    private void crashPoint() {
        if (!observed) {
            return;
        }
        List<List<LegLeft>> cutLegs = new ArrayList<>();
        List<LogLeft> cutLogs = new ArrayList<>();
        log.forEachCut(cut -> cutLogs.add(LogLeft.of(cut)));
        long states = cutLogs.size();
        for (SectorLeg leg : legs) {
            List<LegLeft> cuts = new ArrayList<>();
            if (leg != null) {
                leg.forEachCut(cut -> cuts.add(LegLeft.of(cut)));
            } else {
                cuts.add(null);
            }
            cutLegs.add(cuts);
            states *= cuts.size();
        }
        judge(LogLeft.of(log), legs.stream().map(leg -> leg == null ? null : LegLeft.of(leg)).toList(), written);
        again.accept(left(log.killed(), legs.stream().map(leg -> leg == null ? null : leg.killed()).toList(), written));
        long chosen = Math.floorMod(random.nextLong(), states);
        for (long i = 0; i < Math.min(states, MOST_STATES); i++) {
            long state = states <= MOST_STATES || i == 0 ? i : i == 1 ? states - 1 : Math.floorMod(random.nextLong(), states);
            choose(state, cutLogs, cutLegs, this::judge);
        }
        choose(chosen, cutLogs, cutLegs, (cutLog, cuts, atLeast) -> again.accept(left(cutLog.device, cuts.stream().map(leg -> leg == null ? null
                : leg.device).toList(), atLeast)));
    }

    /** Takes what a crash has left. */
    private interface Left {
        void of(LogLeft log, List<LegLeft> legs, long atLeast);
    }

    private void choose(long state, List<LogLeft> cutLogs, List<List<LegLeft>> cutLegs, Left take) {
        long rest = state;
        LogLeft cutLog = cutLogs.get((int) (rest % cutLogs.size()));
        rest /= cutLogs.size();
        List<LegLeft> cuts = new ArrayList<>();
        for (List<LegLeft> each : cutLegs) {
            cuts.add(each.get((int) (rest % each.size())));
            rest /= each.size();
        }
        take.of(cutLog, cuts, flushed);
    }

    private RecordedVolume left(SectorLeg cutLog, List<SectorLeg> cuts, long atLeast) {
        RecordedVolume left = new RecordedVolume(random, logFault, legFault, judged, cutLog, cuts);
        left.made = made;
        left.written = atLeast;
        left.flushed = flushed;
        left.mustBeOut = mustBeOut;
        return left;
    }

    /** What is to hold of whatever a crash leaves. */
    private void judge(LogLeft left, List<LegLeft> legsLeft, long atLeast) {
        judged.run();
        if (left.volume.isEmpty()) {
            assertThat(made).as("a volume that was made is there").isFalse();
            return;
        }
        assertThat(left.contents.orElseThrow().contents().distrust()).as("no crash damages the log").isEmpty();
        FoundRecord found = found(left, legsLeft);
        assertThat(found.told()).as("no crash puts a leg out").isEmpty();
        assertThat(found.distrust()).isEmpty();
        Membership now = found.opened().membership();
        assertThat(now.out() & mustBeOut).as("a leg that is recorded to be out stays out").isEqualTo(mustBeOut);
        long atSource = legsLeft.get(now.source()).version;
        assertThat(atSource).as("what was acknowledged is at the source").isGreaterThanOrEqualTo(atLeast);
        if (left.contents.get().contents().image().isClean(0)) {
            for (int slot = 0; slot < legsLeft.size(); slot++) {
                assertThat(now.isOut(slot) || legsLeft.get(slot).version == atSource).as("a clean region is equal").isTrue();
            }
        }
    }

    private static FoundRecord found(LogLeft left, List<LegLeft> legsLeft) {
        List<FoundRecord.Found> found = new ArrayList<>();
        for (int slot = 0; slot < legsLeft.size(); slot++) {
            // Whoever opens a volume by its log opens no file of a slot that holds none.
            LegLeft leg = left.volume.orElseThrow().membership().isAbsent(slot) ? null : legsLeft.get(slot);
            found.add(new FoundRecord.Found("leg " + slot, leg != null, leg == null ? Optional.empty() : leg.label));
        }
        try {
            return FoundRecord.judge(left.volume.orElseThrow(), left.trusted(), left.contents.orElseThrow().contents().distrust(),
                    left.contents.get().contents().image().dirtyCount() == 0, found);
        } catch (IOException e) {
            throw new AssertionError("no crash keeps a volume from being opened: " + e.getMessage(), e);
        }
    }

    /** Makes the volume: the labels, and then the log. */
    void create() throws IOException {
        LabelledRecord.label(List.of(watchedLeg(0), watchedLeg(1)), NEW);
        DirtyRegionLog.create(watched(log, logFault), NEW, LogImage.allClean(REGIONS));
        made = true;
    }

    /** Opens it, if it is there. */
    boolean open() throws IOException {
        LogLeft left = LogLeft.of(log);
        if (left.volume.isEmpty()) {
            return false;
        }
        FoundRecord found = found(left, legs.stream().map(leg -> leg == null ? null : LegLeft.of(leg)).toList());
        dirtyLog = DirtyRegionLog.open(watched(log, logFault), left.volume.get());
        List<Leg> watchedLegs = new ArrayList<>();
        for (int slot = 0; slot < legs.size(); slot++) {
            watchedLegs.add(watchedLeg(slot));
        }
        record = LabelledRecord.open(dirtyLog, watchedLegs, found.opened(), random::nextLong);
        membership = found.opened().membership();
        dirtyLog.writeAll();
        dirtyLog.beginFlush().await();
        nosync = !dirtyLog.image().isClean(0);
        return true;
    }

    boolean isOpen() {
        return record != null;
    }

    private List<Integer> inUse() {
        List<Integer> inUse = new ArrayList<>();
        for (int slot = 0; slot < legs.size(); slot++) {
            if (!membership.isOut(slot)) {
                inUse.add(slot);
            }
        }
        return inUse;
    }

    void write() throws IOException {
        if (dirtyLog.image().markDirty(0)) {
            dirtyLog.write();
            dirtyLog.beginFlush().await();
        }
        List<Integer> order = nosync ? List.of(membership.source()) : inUse();
        for (int slot : order) {
            put(slot, written + 1);
        }
        written++;
    }

    private void put(int slot, long version) throws IOException {
        watchedLeg(slot).write(ByteBuffer.allocate(Leg.SECTOR).putLong(0, version), 0);
    }

    void flush() throws IOException {
        flushLegs();
        flushed = written;
    }

    /** Nobody is told of it. */
    private void flushLegs() throws IOException {
        for (int slot : inUse()) {
            watchedLeg(slot).beginFlush().await();
        }
    }

    /** Copies what the legs in use may lack. */
    void resync() throws IOException {
        long version = LegLeft.of(legs.get(membership.source())).version;
        for (int slot : inUse()) {
            if (slot != membership.source()) {
                put(slot, version);
            }
        }
        nosync = false;
    }

    void markClean() throws IOException {
        if (!nosync && !dirtyLog.image().isClean(0) && (membership.out() & ~membership.absent()) == 0) {
            flushLegs();
            dirtyLog.image().markClean(0);
            dirtyLog.write();
            dirtyLog.beginFlush().await();
        }
    }

    private boolean mayGo(int slot) {
        return slot < legs.size() && !membership.isOut(slot) && inUse().size() > 1 && (slot != membership.source() || !nosync);
    }

    private Membership without(int slot) {
        int source = slot != membership.source() ? slot : -1;
        return new Membership(membership.out() | 1 << slot, source >= 0 ? membership.source()
                : inUse().stream().filter(other -> other != slot).findFirst().orElseThrow(), membership.absent());
    }

    /** A leg fails, and that is recorded. */
    void fail(int slot) throws IOException {
        if (mayGo(slot)) {
            membership = without(slot);
            flushLegs();
            record.write(membership);
            mustBeOut |= 1 << slot;
        }
    }

    /** A leg is taken out of the volume. */
    void empty(int slot) throws IOException {
        if (mayGo(slot) || slot < legs.size() && membership.isOut(slot) && !membership.isAbsent(slot)) {
            membership = membership.isOut(slot) ? membership : without(slot);
            flushLegs();
            record.empty(slot);
            record.write(membership);
            legs.set(slot, null);
            membership = record.volume().membership();
            mustBeOut |= 1 << slot;
        }
    }

    /** Whatever is out is taken back, and every slot that was emptied or is spare is filled; then all is resynced. */
    void takeIn() throws IOException {
        for (int slot = 0; slot <= SPARE; slot++) {
            if (slot == legs.size() || membership.isAbsent(slot)) {
                dirtyLog.image().markAllDirty();
                dirtyLog.write();
                dirtyLog.beginFlush().await();
                legs.addAll(Collections.nCopies(Math.max(0, slot + 1 - legs.size()), null));
                legs.set(slot, leg());
                record.fill(slot, watchedLeg(slot), PATH + slot);
            } else if (membership.isOut(slot)) {
                record.takeBack(slot, watchedLeg(slot), dirtyLog.image().cleanCount() == 0);
            }
        }
        int absent = record.absent();
        mustBeOut = absent;
        nosync = !dirtyLog.image().isClean(0);
        record.write(new Membership(absent, membership.source(), absent));
        membership = record.volume().membership();
        resync();
    }

    /** A kill: what is volatile stays so. */
    RecordedVolume killed() {
        return left(log.killed(), legs.stream().map(leg -> leg == null ? null : leg.killed()).toList(), written);
    }
}
