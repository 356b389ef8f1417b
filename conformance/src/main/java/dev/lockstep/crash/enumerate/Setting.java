package dev.lockstep.crash.enumerate;

import dev.lockstep.crash.inside.Stamp;
import dev.lockstep.crash.inside.VolumeLog;
import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.Generation;
import dev.lockstep.log.LabelledRecord;
import dev.lockstep.log.LegLabel;
import dev.lockstep.log.LogContents;
import dev.lockstep.log.LogFormat;
import dev.lockstep.log.LogImage;
import dev.lockstep.log.Superblock;
import dev.lockstep.region.Policy;
import dev.lockstep.store.Leg;
import dev.lockstep.volume.Layout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What one workload and all its crash states have in common. Its devices are the legs, then one that is to become a leg if there is one,
 * then the log. Not thread-safe.
 */
final class Setting {
    private final Policy policy;
    private final Layout layout;
    private final LogFormat format;
    private final boolean labels;
    private final Optional<LegChange.Wanted> change;
    private final Superblock volume;
    private final Wiring wiring;
    private final Onlooker onlooker;
    private final BlockPool pool;
    private final Map<DiskState.Key, LogContents> logs = new HashMap<>();
    private final Standings standings = new Standings(this);

    /** Of a volume whose legs carry no labels. */
    Setting(Policy policy, Layout layout, LogFormat format, Wiring wiring) {
        this(policy, layout, format, false, Optional.empty(), wiring);
    }

    /** Of a volume whose legs carry no labels, and of which someone sees what is done with it. */
    Setting(Policy policy, Layout layout, LogFormat format, Wiring wiring, Onlooker onlooker) {
        this(policy, layout, format, false, Optional.empty(), wiring, onlooker, new BlockPool());
    }

    /**
     * Of a volume.
     *
     * @param policy its policy
     * @param layout how it is divided, as it was made
     * @param format its log's format
     * @param labels whether its legs carry labels
     * @param change what is done to its legs; they carry labels then
     * @param wiring what lies between mirror and devices
     */
    Setting(Policy policy, Layout layout, LogFormat format, boolean labels, Optional<LegChange.Wanted> change, Wiring wiring) {
        this(policy, layout, format, labels, change, wiring, Onlooker.NONE, new BlockPool());
    }

    private Setting(Policy policy, Layout layout, LogFormat format, boolean labels, Optional<LegChange.Wanted> change, Wiring wiring, Onlooker onlooker,
                    BlockPool pool) {
        this.policy = policy;
        this.layout = layout;
        this.format = format;
        this.labels = labels;
        this.change = change;
        this.volume = VolumeLog.volume(layout, labels);
        this.wiring = wiring;
        this.onlooker = onlooker;
        this.pool = pool;
    }

    /** The same volume with so many legs, whose contents are numbered the same. */
    Setting grown(int legs) {
        return new Setting(policy, new Layout(layout.bytes(), layout.regionBytes(), legs, layout.source()), format, labels, Optional.empty(), wiring, onlooker, pool);
    }

    Policy policy() {
        return policy;
    }

    Layout layout() {
        return layout;
    }

    Wiring wiring() {
        return wiring;
    }

    /** Who sees what is done with it. */
    Onlooker onlooker() {
        return onlooker;
    }

    boolean labels() {
        return labels;
    }

    /** What is done to the legs. */
    Optional<LegChange.Wanted> change() {
        return change;
    }

    /** What a log of the volume says when it has just been made. */
    Superblock volume() {
        return volume;
    }

    /** How many devices there are that are legs, or may become some. */
    int legDevices() {
        return layout.legs() + (change.isPresent() && change.get().device() >= layout.legs() ? 1 : 0);
    }

    /** How many blocks such a device has. */
    int legBlocks() {
        return (int) ((labels ? LegLabel.legBytes(layout.bytes()) : layout.bytes()) / Stamp.BLOCK);
    }

    /** The log's device. */
    int logDevice() {
        return legDevices();
    }

    BlockPool pool() {
        return pool;
    }

    /** Whether the log says which legs the volume has; else whoever opens it does. */
    boolean namesLegs() {
        return format == LogFormat.HARDENED;
    }

    /** What is known of the volume before its labels are read, where its user says which device is at each place. */
    Superblock named(List<Integer> places) {
        List<Superblock.LegEntry> entries = places.stream().map(device -> new Superblock.LegEntry(OpenedVolume.path(device), true)).toList();
        return new Superblock(volume.volume(), volume.bytes(), volume.regionBytes(), volume.source(), entries);
    }

    /** Opens the volume's log. */
    DirtyRegionLog open(Leg log) {
        return format == LogFormat.DM ? DirtyRegionLog.open(log, layout.regions()) : DirtyRegionLog.open(log, volume);
    }

    /** The blocks of a log of the volume's that has just been made. */
    int[] made(LogImage image) {
        return NewLog.blocks(format, volume, image, pool);
    }

    /**
     * The blocks of a device that is a leg, with zeros for data, and its label; or of one that is to become one: that has no label, or
     * that of a leg which was once taken out of the place that it is to have.
     */
    int[] newLeg(int device, Random random) {
        int[] blocks = new int[legBlocks()];
        boolean labelled = labels && (device < layout.legs() || change.get().kind() == LegChange.Kind.ADD && random.nextBoolean());
        if (!labelled) {
            return blocks;
        }
        SimulatedLeg leg = new SimulatedLeg(device, pool, new VolatileBlocks(blocks, VolatileBlocks.durable(blocks)), new Journal(), (at, block) -> { });
        List<Leg> legs = new ArrayList<>();
        for (int each = 0; each < device; each++) {
            legs.add(reading(each, blocks));
        }
        legs.add(leg);
        try {
            LabelledRecord.label(legs, withLegs(device + 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return IntStream.range(0, blocks.length).map(leg.blocks()::visible).toArray();
    }

    /** What a log would say of the volume if it had so many legs, or more than it has. */
    private Superblock withLegs(int legs) {
        List<Superblock.LegEntry> entries = new ArrayList<>();
        for (int leg = 0; leg < Math.max(legs, layout.legs()); leg++) {
            entries.add(new Superblock.LegEntry(OpenedVolume.path(leg), true, Generation.FIRST));
        }
        return new Superblock(volume.volume(), volume.bytes(), volume.regionBytes(), volume.source(), entries);
    }

    /** How many blocks the volume has. */
    int blocks() {
        return (int) (layout.bytes() / Stamp.BLOCK);
    }

    /** The devices in a state that a crash left. */
    List<SimulatedLeg> devices(DiskState state, Journal journal) {
        List<SimulatedLeg> devices = new ArrayList<>();
        for (int device = 0; device < state.devices(); device++) {
            devices.add(new SimulatedLeg(device, pool, state.device(device), journal, (at, block) -> { }));
        }
        return devices;
    }

    /** The log's bits in a state that a crash left. */
    LogImage log(DiskState state) {
        return log(state.now(logDevice()));
    }

    /** The log's bits, as the production code reads them from its blocks; all dirty if it does not trust them. */
    LogImage log(int[] blocks) {
        return found(blocks).image();
    }

    /** Why the log in a state that a crash left is not trusted; empty if it is: no crash is to spoil it. */
    Optional<String> distrust(DiskState state) {
        return found(state.now(logDevice())).distrust();
    }

    /** Which devices an opening would use of a state that a crash left. */
    Standing standing(DiskState state) {
        return standings.of(state);
    }

    /** A device that holds something durably, to be looked at. */
    Leg reading(int device, int[] blocks) {
        return new SimulatedLeg(device, pool, new VolatileBlocks(blocks, VolatileBlocks.durable(blocks)), new Journal(), (at, block) -> { });
    }

    /** What lies behind the data of each leg: tells apart what is on the labels. */
    DiskState.Key labels(DiskState state) {
        int first = blocks();
        int labels = legBlocks() - first;
        int[] all = new int[labels * legDevices()];
        for (int device = 0; device < legDevices(); device++) {
            System.arraycopy(state.now(device), first, all, device * labels, labels);
        }
        return new DiskState.Key(all);
    }

    private LogContents found(int[] blocks) {
        return logs.computeIfAbsent(new DiskState.Key(blocks), key -> LogContents.read(reading(logDevice(), blocks), layout.regions()));
    }

    /** The blocks in which legs in use differ under a bit that says clean. */
    BitSet desyncs(DiskState state) {
        LogImage log = log(state);
        List<Integer> legs = standing(state).legsInUse();
        int[] first = state.now(legs.get(0));
        BitSet found = new BitSet();
        for (int block = 0; block < blocks(); block++) {
            if (log.isClean(layout.region((long) block * Stamp.BLOCK))) {
                for (int leg = 1; leg < legs.size(); leg++) {
                    if (state.now(legs.get(leg))[block] != first[block]) {
                        found.set(block);
                    }
                }
            }
        }
        return found;
    }
}
