package dev.lockstep.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.log.LogFormat;
import dev.lockstep.log.LogImage;
import dev.lockstep.log.Membership;
import dev.lockstep.region.Action;
import dev.lockstep.region.Policy;
import dev.lockstep.region.RegionState;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A mirror in memory and a {@link PlainDisk} to which the same is done. What the mirror shows of itself has to be among what the
 * plain disk allows: what reads return, what flushes acknowledge, what crashes leave; and legs that differ are under a dirty bit.
 */
final class Mirrored {
    private static final int MOST_BLOCKS = 3;
    private static final int VALUES = 7;
    private final Policy policy;
    private final boolean stores;
    private final MirroredDevices devices;
    private final PlainDisk disk = new PlainDisk(MirroredDevices.BLOCKS, 0);
    private final List<Underway> underway = new ArrayList<>();
    private MemoryRecord record = new MemoryRecord(Membership.whole(0));
    private QueueSteps steps;
    private Volume volume;
    /** The volume has stopped, as it may if a leg fails; only a crash helps then. */
    private boolean stopped;
    private Fault fault = Fault.NONE;
    /** The leg that is being taken in, told when it is; or null. */
    private Told intake;

    /** Faults for the test to find. */
    enum Fault {
        NONE,
        /** What is recorded of a leg that failed is gone when the volume is opened again. */
        FORGETS,
        /** A leg that was replaced is taken for one that has come back. */
        BLANK_TAKEN_FOR_RETURNED
    }

    /** A write that has not ended. */
    private record Underway(ByteBuffer memory, PlainDisk.Written written, int first, int blocks) {
    }

    /**
     * A new volume, open.
     *
     * @param stores whether the memory of a write is changed while it is in flight
     * @param around put around each leg, and around the log
     */
    Mirrored(Policy policy, int legCount, LogFormat format, boolean stores, UnaryOperator<Leg> around) throws IOException {
        this.policy = policy;
        this.stores = stores;
        devices = new MirroredDevices(legCount, format, around);
        devices.make();
        open();
    }

    Mirrored with(Fault planted) {
        fault = planted;
        return this;
    }

    private void open() {
        devices.revive();
        underway.clear();
        steps = new QueueSteps();
        stopped = false;
        intake = null;
        record = record.left();
        if (fault == Fault.FORGETS) {
            record = new MemoryRecord(Membership.whole(0));
            devices.legs().forEach(CutLeg::answerAsItWas);
        }
        volume = Volume.open(devices.layout(), devices.allOpened(), devices.openLog(), record, policy, steps,
                VolumeListener.NONE);
    }

    /** Does a deed. A volume that has stopped does nothing, and promises nothing. */
    void perform(Deed deed) throws IOException {
        try {
            if (!stopped || deed.kind() == Deed.Kind.KILL || deed.kind() == Deed.Kind.CUT) {
                make(deed);
            }
        } catch (IOException e) {
            // That it stops for no reason is seen at the end: with all legs there, all goes through.
            stopped = devices.legs().stream().anyMatch(CutLeg::isGone) || record.left().found().out() != 0;
            if (!stopped) {
                throw e;
            }
        }
    }

    void make(Deed deed) throws IOException {
        int block = deed.a() % MirroredDevices.BLOCKS;
        switch (deed.kind()) {
            case WRITE -> write(block, inRegion(block, deed.b()), 1 + deed.c() % VALUES);
            case STORE_INTO -> storeInto(deed);
            case DISCARD -> discard(block, inRegion(block, deed.b()));
            case READ -> read(block, deed.b() % devices.legs().size());
            case FLUSH -> flush();
            case SWEEP -> volume.sweep();
            case CERTIFY -> volume.certify();
            case RESYNC -> volume.resync(deed.a() % MirroredDevices.REGIONS);
            case SUSPECT -> volume.suspect(deed.a() % MirroredDevices.REGIONS);
            case STEPS -> steps.run(new Random(deed.b()), 1 + deed.a() % 8);
            case ALL_STEPS -> steps.run(new Random(deed.b()));
            case FAIL -> fail(deed.a() % devices.legs().size());
            case RETURN -> comeBack(new Random(deed.b()));
            case RESYNC_ALL, SCRUB, REPLACE -> task(deed);
            case KILL -> crash(false, deed);
            case CUT -> crash(true, deed);
            case UNMOUNT -> unmount(deed);
        }
    }

    private void task(Deed deed) throws IOException {
        MirroredTasks tasks = new MirroredTasks(this, new Random(deed.b()));
        try {
            switch (deed.kind()) {
                case RESYNC_ALL -> tasks.resync();
                case SCRUB -> tasks.scrub();
                default -> tasks.replace(deed.a() % devices.legs().size());
            }
        } catch (MirroredTasks.Died e) {
            crash(deed.a() % 2 == 1, deed);
        }
    }

    private static int inRegion(int block, int wanted) {
        return Math.min(1 + wanted % MOST_BLOCKS, Math.min(MirroredDevices.BLOCKS, (block / MirroredDevices.PER_REGION + 1) * MirroredDevices.PER_REGION) - block);
    }

    private void write(int first, int blocks, int value) throws IOException {
        ByteBuffer memory = ByteBuffer.allocate(blocks * MirroredDevices.BLOCK);
        int[] values = new int[blocks];
        for (int i = 0; i < blocks; i++) {
            values[i] = 1 + (value + i) % VALUES;
            memory.put(MirroredDevices.content(first + i, values[i]));
        }
        Underway begun = new Underway(memory.flip(), disk.begin(first, values), first, blocks);
        underway.add(begun);
        volume.submit(memory, (long) first * MirroredDevices.BLOCK, ended(begun));
    }

    private void discard(int first, int blocks) throws IOException {
        Underway begun = new Underway(null, disk.begin(first, new int[blocks]), first, blocks);
        underway.add(begun);
        volume.discard((long) first * MirroredDevices.BLOCK, blocks * MirroredDevices.BLOCK, ended(begun));
    }

    private Completion ended(Underway write) {
        Volume mine = volume;
        return Completion.of(() -> {
            if (mine == volume && underway.remove(write)) {
                disk.ended(write.written);
            }
        });
    }

    /** What a copy is made of is the page as it was when the write was taken. */
    private void storeInto(Deed deed) {
        List<Underway> writes = underway.stream().filter(write -> write.memory != null).toList();
        if (stores && !writes.isEmpty()) {
            Underway write = writes.get(deed.a() % writes.size());
            int offset = deed.b() % write.blocks;
            int value = 1 + deed.c() % VALUES;
            write.memory.put(offset * MirroredDevices.BLOCK, MirroredDevices.content(write.first + offset, value));
            if (policy != Policy.BOUNCE_COPY) {
                disk.changed(write.written, offset, value);
            }
        }
    }

    private void read(int block, int leg) throws IOException {
        int chosen = volume.inspect(driver -> driver.mayRead(block / MirroredDevices.PER_REGION, leg)) ? leg : volume.inspect(driver -> driver.source());
        ByteBuffer into = ByteBuffer.allocate(MirroredDevices.BLOCK);
        if (devices.leg(chosen).isGone()) {
            volume.read(into, (long) block * MirroredDevices.BLOCK);
        } else {
            volume.read(into, (long) block * MirroredDevices.BLOCK, chosen);
        }
        int found = MirroredDevices.value(block, into.array());
        assertThat(disk.readable(block)).as("what a read of block " + block + " from leg " + chosen + " may return").contains(found);
        disk.read(block, found);
    }

    private void flush() throws IOException {
        Volume mine = volume;
        Object begun = disk.flushBegun();
        volume.flush(Completion.of(() -> {
            if (mine == volume) {
                disk.flushEnded(begun);
            }
        }));
    }

    /**
     * One leg at a time: no other may be out of use. Under a policy that lets legs be torn, a leg that fails before they are compared
     * takes what was read with it: the finding failover-shows-the-other-leg.
     */
    private void fail(int leg) {
        if (!tears() && isWhole()) {
            devices.leg(leg).answer(false, null);
        }
    }

    /** Puts something else into a block of one leg, at or after some block, where all agree and nothing is under way. */
    OptionalInt spoil(int from, int leg) {
        if (!isWhole()) {
            return OptionalInt.empty();
        }
        OptionalInt found = IntStream.range(0, MirroredDevices.BLOCKS).map(each -> (from + each) % MirroredDevices.BLOCKS).filter(this::isAtRest).findFirst();
        found.ifPresent(block -> {
            int was = devices.value(block, 0);
            assertThat(disk.readable(block)).as("what all legs have of block " + block).contains(was);
            int with = was % VALUES + 1;
            devices.leg(leg).spoil(block, MirroredDevices.content(block, with));
            disk.spoil(block, was, with);
        });
        return found;
    }

    private boolean isAtRest(int block) {
        int region = regionOf(block);
        return !disk.isWritten(block) && !disk.isSpoilt(block)
                && volume.inspect(driver -> driver.state(region) == RegionState.CLEAN && driver.bit(region) && !driver.pending(region))
                && devices.equalIn(block);
    }

    int regionOf(int block) {
        return block / MirroredDevices.PER_REGION;
    }

    int legCount() {
        return devices.legs().size();
    }

    boolean isSpoilt(int block) {
        return disk.isSpoilt(block);
    }

    /** Whether legs may be torn, until they are compared. */
    boolean tears() {
        return stores && policy != Policy.BOUNCE_COPY;
    }

    /** A spoilt block was repaired from a leg that had this of it: it is that on every leg in use, unless it was written since. */
    void repaired(int block, int from, byte[] content) {
        if (!disk.isSpoilt(block)) {
            return;
        }
        int wanted = MirroredDevices.value(block, content);
        assertThat(disk.readable(block)).as("what leg" + from + " has of block " + block + ", to repair it").contains(wanted);
        disk.repaired(block, wanted);
        int out = volume.inspect(driver -> driver.out());
        for (int leg = 0; leg < devices.legs().size() && !disk.isWritten(block); leg++) {
            if ((out & 1 << leg) == 0) {
                assertThat(devices.value(block, leg)).as("block " + block + " of leg" + leg + ", repaired from leg"
                        + from).isEqualTo(wanted);
            }
        }
    }

    /** What is spoilt is made one thing everywhere, whichever. */
    private void mend(Random random) {
        for (int block = 0; block < MirroredDevices.BLOCKS; block++) {
            if (disk.isSpoilt(block)) {
                volume.suspect(regionOf(block));
                steps.run(random);
                volume.resync(regionOf(block));
                steps.run(random);
                disk.settled(block);
            }
        }
    }

    /**
     * Another device takes the place of a leg: of one that is out, or else of this one, which is put out for it; null if none is.
     * What is on the device no write has ever written.
     */
    Told replace(int wanted, Random random) throws IOException {
        if (isWhole()) {
            volume.putOut(wanted, new IOException("it is to be replaced"));
            steps.run(random, random.nextInt(40));
        }
        int out = volume.inspect(driver -> driver.out());
        int leg = Integer.numberOfTrailingZeros(out);
        if (out == 0 || !record.left().found().isOut(leg) || isTakingIn()) {
            return null;
        }
        devices.replace(leg, VALUES + 1, random);
        record.replaced(leg);
        return takeIn(leg);
    }

    /** Whether a leg is to be taken in, and is not yet. */
    boolean isTakingIn() {
        return intake != null && intake.times() == 0;
    }

    private Told takeIn(int leg) throws IOException {
        intake = new Told();
        if (fault == Fault.BLANK_TAKEN_FOR_RETURNED) {
            volume.readmit(leg, devices.opened(leg), intake);
        } else {
            volume.rebuild(leg, devices.opened(leg), intake);
        }
        return intake;
    }

    /** A leg that has failed answers again, and is taken into use if that can be now; a blank one as soon as it can be. */
    private void comeBack(Random random) throws IOException {
        int out = volume.inspect(driver -> driver.out());
        for (int leg = 0; leg < devices.legs().size(); leg++) {
            if ((out & 1 << leg) != 0 && record.left().found().isOut(leg)) {
                devices.leg(leg).answer(true, random);
                devices.leg(leg).revive();
                if (!record.isBlank(leg)) {
                    volume.readmit(leg, devices.opened(leg));
                } else if (!isTakingIn()) {
                    takeIn(leg);
                }
            }
        }
    }

    private void crash(boolean cut, Deed deed) throws IOException {
        Random random = new Random(deed.b());
        if (deed.c() % 2 == 1) {
            tear(random);
        }
        volume = null;
        if (cut) {
            disk.cut();
            devices.cut(random);
        } else {
            disk.kill();
        }
        for (int leg = 0; leg < devices.legs().size(); leg++) {
            // One whose failure was not recorded comes back before anyone opens the volume, with all that it had.
            if (!record.left().found().isOut(leg)) {
                devices.leg(leg).answerAsItWas();
            }
        }
        requireDirtyWhereLegsDiffer();
        open();
    }

    /** One write of a device is under way when the process dies. */
    private void tear(Random random) {
        devices.tear(random);
        for (Action action : List.of(Action.LEG_WRITE, Action.LOG_WRITE, Action.RESYNC_COPY)) {
            if (steps.offered().stream().anyMatch(step -> step.action() == action)) {
                steps.run(action);
                return;
            }
        }
    }

    private void requireDirtyWhereLegsDiffer() {
        devices.requireDirtyWhereLegsDiffer(record.left().found(), disk);
    }

    private boolean isWhole() {
        return !stopped && devices.legs().stream().noneMatch(CutLeg::isGone) && volume.inspect(driver -> driver.out()) == 0
                && record.left().found().out() == 0;
    }

    private void unmount(Deed deed) throws IOException {
        if (!isWhole()) {
            return;
        }
        runAll(new Random(deed.b()));
        Set<Integer> outOfSync = Set.copyOf(Rig.in(volume, RegionState.NOSYNC));
        Told unmounted = new Told();
        volume.unmount(unmounted);
        steps.run(new Random(deed.c()));
        assertThat(unmounted.hasEnded()).as("the unmount has ended").isTrue();
        Set<Integer> differing = Set.copyOf(Rig.in(volume, RegionState.NOSYNC));
        volume = null;
        if (deed.a() % 2 == 1) {
            Random random = new Random(deed.b());
            disk.cut();
            devices.cut(random);
        }
        LogImage image = devices.logImage();
        Set<Integer> dirty = IntStream.range(0, MirroredDevices.REGIONS).filter(region -> !image.isClean(region)).boxed().collect(Collectors.toSet());
        assertThat(dirty).as("dirty in the log after an unmount").isEqualTo(differing);
        assertThat(differing).containsAll(outOfSync);
        requireDirtyWhereLegsDiffer();
        open();
    }

    Volume volume() {
        return volume;
    }

    QueueSteps steps() {
        return steps;
    }

    private void runAll(Random random) {
        steps.run(random);
        assertThat(underway).as("all is done, and every write has ended").isEmpty();
    }

    /** The end: all is done, all is read; a power cut, all is resynced; and the legs are equal, with what may be there. */
    void settle(int seed) throws IOException {
        if (!isWhole()) {
            crash(false, new Deed(Deed.Kind.KILL, 0, seed, 0));
            steps.run();
            comeBack(new Random(seed));
            steps.run();
            assertThat(isWhole()).as("the leg that had failed is in use again").isTrue();
        }
        runAll(new Random(seed));
        mend(new Random(seed));
        readAll();
        crash(true, new Deed(Deed.Kind.CUT, 0, seed, 0));
        readAll();
        steps.run();
        for (int region = 0; region < MirroredDevices.REGIONS; region++) {
            volume.resync(region);
            steps.run();
        }
        assertThat(Rig.in(volume, RegionState.NOSYNC)).as("regions out of sync after a resync of all").isEmpty();
        readAll();
        for (int block = 0; block < MirroredDevices.BLOCKS; block++) {
            for (CutLeg leg : devices.legs()) {
                assertThat(Arrays.equals(leg.sector(block), devices.leg(0).sector(block))).as("block " + block + " of " + leg.name()
                        + " is leg0's after a resync").isTrue();
            }
        }
    }

    private void readAll() throws IOException {
        for (int block = 0; block < MirroredDevices.BLOCKS; block++) {
            for (int leg = 0; leg < devices.legs().size(); leg++) {
                read(block, leg);
            }
        }
    }
}
