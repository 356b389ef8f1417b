package dev.lockstep.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.FoundRecord;
import dev.lockstep.log.Generation;
import dev.lockstep.log.LabelledRecord;
import dev.lockstep.log.LegLabel;
import dev.lockstep.log.LogFormat;
import dev.lockstep.log.LogImage;
import dev.lockstep.log.Membership;
import dev.lockstep.log.Superblock;
import dev.lockstep.region.Action;
import dev.lockstep.region.Policy;
import dev.lockstep.store.Flush;
import dev.lockstep.store.ForwardingLeg;
import dev.lockstep.store.Leg;
import dev.lockstep.store.MissingLeg;
import dev.lockstep.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** A volume with a hardened log and labels on devices in memory, of which the process, or the power, goes at any operation. */
final class LabelledVolume {
    static final int REGION = 4096;
    static final int REGIONS = 3;
    private static final long BYTES = (long) REGIONS * REGION;
    private static final int PLACES = Superblock.SLOTS;
    /** No value: it is not known which of those before is there. */
    private static final int CRASHED = -1;

    private final Policy policy;
    private final List<CutLeg> legs = new ArrayList<>();
    private final CutLeg log;
    private final Superblock made;
    /** Of each region what its first sector may hold: what was last acknowledged, and what was begun since. */
    private final List<List<Integer>> may = new ArrayList<>();
    private QueueSteps steps;
    private Volume volume;
    private DirtyRegionLog openLog;
    private LabelledRecord record;
    private int left = Integer.MAX_VALUE;
    private Random tearing = new Random(0);

    /** The process goes. */
    static final class CutOff extends Error {
        private static final long serialVersionUID = 1;

        CutOff() {
            super("cut off", null, false, false);
        }
    }

    /** A new volume, open, and devices for as many legs as there can be. */
    LabelledVolume(Policy policy, int count) throws IOException {
        this.policy = policy;
        for (int leg = 0; leg < PLACES; leg++) {
            legs.add(new CutLeg("leg" + leg, LegLabel.legBytes(BYTES)));
        }
        log = new CutLeg("log", LogFormat.HARDENED.requiredLength(REGIONS));
        made = new Superblock(new UUID(7, 8), BYTES, REGION, 0, legs.subList(0, count).stream()
                .map(leg -> new Superblock.LegEntry(leg.name(), true, Generation.FIRST)).toList());
        LabelledRecord.label(legs.subList(0, count), made);
        DirtyRegionLog.create(log, made, LogImage.allClean(REGIONS));
        for (int region = 0; region < REGIONS; region++) {
            may.add(new ArrayList<>(List.of(0)));
        }
        open();
    }

    /** So many writes and flushes of devices are done from now on; the next one is cut off. */
    void cutOffAfter(int operations, Random random) {
        left = operations;
        tearing = random;
    }

    private Leg cuttable(Leg leg) {
        return new ForwardingLeg(leg) {
            @Override
            public void write(ByteBuffer from, long position) throws IOException {
                if (left == 0) {
                    int whole = tearing.nextInt(from.remaining() / SECTOR);
                    super.write(from.limit(from.position() + whole * SECTOR), position);
                }
                operate();
                super.write(from, position);
            }

            @Override
            public Flush beginFlush() {
                Flush flush = super.beginFlush();
                return () -> {
                    operate();
                    flush.await();
                };
            }
        };
    }

    private void operate() {
        if (left == 0) {
            throw new CutOff();
        }
        left--;
    }

    /** What a new process does. */
    void open() throws IOException {
        left = Integer.MAX_VALUE;
        steps = new QueueSteps();
        Superblock found = Superblock.find(log).orElse(made);
        openLog = DirtyRegionLog.open(cuttable(log), found);
        assertThat(openLog.distrust()).as("the log can be trusted").isEmpty();
        List<FoundRecord.Found> there = new ArrayList<>();
        for (int place = 0; place < found.legs().size(); place++) {
            boolean absent = found.membership().isAbsent(place);
            there.add(new FoundRecord.Found("leg" + place, !absent, absent ? Optional.empty() : LegLabel.find(legs.get(place), BYTES)));
        }
        FoundRecord judged = FoundRecord.judge(found, true, openLog.distrust(), openLog.image().dirtyCount() == 0, there);
        assertThat(judged.distrust()).as("all that is found can be trusted").isEmpty();
        List<Leg> all = IntStream.range(0, PLACES).mapToObj(place -> found.membership().isAbsent(place)
                ? new MissingLeg("none", BYTES, new StoreException("place " + place + " holds no leg")) : cuttable(legs.get(place))).toList();
        record = LabelledRecord.open(openLog, all, judged.opened());
        volume = Volume.open(new Layout(BYTES, REGION, PLACES, record.found().source()), all, openLog, record, policy, steps,
                VolumeListener.NONE);
        steps.run();
    }

    Volume volume() {
        return volume;
    }

    /** How many legs the volume has. */
    int places() {
        return PLACES - Integer.bitCount(record.absent());
    }

    boolean isAbsent(int place) {
        return (record.absent() & 1 << place) != 0;
    }

    void run(Random random) {
        steps.run(random);
    }

    void run(Random random, int most) {
        steps.run(random, most);
    }

    void crash(boolean power, Random random) {
        if (power) {
            legs.forEach(leg -> leg.cut(random));
            log.cut(random);
        }
        steps.drop();
        may.forEach(values -> {
            if (values.size() > 1) {
                values.add(CRASHED);
            }
        });
    }

    void submit(int region, int value) throws IOException {
        may.get(region).add(value);
        volume.submit(ByteBuffer.allocateDirect(512).put(0, (byte) value), (long) region * REGION, new Told(() -> {
        }));
    }

    /** Writes, and flushes. */
    void write(int region, int value) throws IOException {
        submit(region, value);
        flush();
    }

    /** All that was begun ends, and is flushed: of each region that stays which was written last. */
    void flush() throws IOException {
        steps.run();
        Told flushed = new Told();
        volume.flush(flushed);
        steps.run();
        assertThat(flushed.hasEnded()).isTrue();
        may.replaceAll(values -> new ArrayList<>(written(values)));
    }

    /** A write of now is known to be the last; what a crash has left of those before it is not. */
    private static List<Integer> written(List<Integer> values) {
        int crashed = values.lastIndexOf(CRASHED);
        return crashed == values.size() - 1 ? values : values.subList(values.size() - 1, values.size());
    }

    /** Has all that is in sync marked clean, as the policy does it. */
    void markClean() {
        volume.sweep();
        steps.run();
        volume.certify();
        steps.run();
    }

    void resyncAll() {
        for (int region = 0; region < REGIONS; region++) {
            volume.resync(region);
            steps.run();
        }
        markClean();
    }

    Told beginAdding(int place) throws IOException {
        return beginAdding(place, cuttable(legs.get(place)));
    }

    /** So many writes to its label are done; then the leg does not answer any more. */
    Told beginAddingOneThatFails(int place, int labelWrites) throws IOException {
        AtomicInteger writesLeft = new AtomicInteger(labelWrites);
        return beginAdding(place, new ForwardingLeg(legs.get(place)) {
            @Override
            public void write(ByteBuffer from, long position) throws IOException {
                if (position >= BYTES && writesLeft.getAndDecrement() <= 0) {
                    throw new IOException(name() + ": does not answer");
                }
                super.write(from, position);
            }
        });
    }

    /** A new device is to take the place of a leg that is out, and fails once it is in use, before anything is recorded of it. The old one stays as it is. */
    void replaceByOneThatFailsAtOnce(int place) throws IOException {
        Leg fresh = new CutLeg("new", LegLabel.legBytes(BYTES));
        Told in = new Told();
        volume.rebuild(place, fresh, () -> {
            try {
                record.replace(place, fresh, "new");
            } catch (StoreException e) {
                throw new UncheckedIOException(e);
            }
        }, in);
        steps.runAllBut(Action.RECORD_BEGIN);
        assertThat(volume.<Integer>inspect(driver -> driver.out() & 1 << place)).as("the leg is out").isZero();
        assertThat(volume.putOut(place, new IOException("it was pulled out"))).isTrue();
        steps.run();
        assertThat(in.hasFailed()).isTrue();
    }

    private Told beginAdding(int place, Leg added) throws IOException {
        Told in = new Told();
        volume.rebuild(place, added, () -> {
            try {
                record.fill(place, added, "leg" + place);
            } catch (StoreException e) {
                throw new UncheckedIOException(e);
            }
        }, in);
        return in;
    }

    /** Takes back whichever leg is out, if that can be now. */
    void readmitAll() throws IOException {
        int out = volume.inspect(driver -> driver.out() & driver.recordedOut() & ~driver.knownBlank());
        for (int place = 0; place < PLACES; place++) {
            if ((out & 1 << place) != 0) {
                Leg opened = cuttable(legs.get(place));
                record.takeBack(place, opened, openLog.image().cleanCount() == 0);
                volume.readmit(place, opened);
            }
        }
    }

    void remove(int place) throws IOException {
        volume.remove(place, () -> record.empty(place));
        LegLabel.erase(cuttable(legs.get(place)), BYTES);
    }

    // ---- what is on the devices

    private Membership recorded() throws IOException {
        return Superblock.find(log).orElseThrow().membership();
    }

    private List<CutLeg> inUse() throws IOException {
        Membership recorded = recorded();
        return IntStream.range(0, PLACES).filter(place -> !recorded.isOut(place)).mapToObj(legs::get).toList();
    }

    private LogImage image() throws IOException {
        return DirtyRegionLog.open(log, Superblock.find(log).orElseThrow()).image();
    }

    List<Integer> dirtyInLog() throws IOException {
        LogImage image = image();
        return IntStream.range(0, REGIONS).filter(region -> !image.isClean(region)).boxed().toList();
    }

    List<Integer> regionsThatDiffer() throws IOException {
        List<CutLeg> used = inUse();
        return IntStream.range(0, REGIONS).filter(region -> used.stream().anyMatch(leg -> value(leg, region) != value(used.get(0), region)))
                .boxed().toList();
    }

    private static int value(CutLeg leg, int region) {
        return leg.sector(region * (REGION / Leg.SECTOR))[0];
    }

    void requireNoDesync(String when) throws IOException {
        assertThat(dirtyInLog()).as(when + ": the regions that differ are dirty").containsAll(regionsThatDiffer());
    }

    void requireEqualLegs(String when) throws IOException {
        assertThat(regionsThatDiffer()).as(when + ": the regions in which legs in use differ").isEmpty();
    }

    /** What is read is what was acknowledged, or was begun since; and it is that from now on. */
    void requireContents(String when) throws IOException {
        for (int region = 0; region < REGIONS; region++) {
            ByteBuffer into = ByteBuffer.allocate(512);
            volume.read(into, (long) region * REGION);
            assertThat(may.get(region)).as(when + ": region " + region).contains((int) into.get(0));
        }
    }
}
