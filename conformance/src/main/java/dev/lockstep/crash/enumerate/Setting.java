package dev.lockstep.crash.enumerate;

import dev.lockstep.crash.inside.Stamp;
import dev.lockstep.crash.inside.VolumeLog;
import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.LogContents;
import dev.lockstep.log.LogFormat;
import dev.lockstep.log.LogImage;
import dev.lockstep.log.Superblock;
import dev.lockstep.region.Policy;
import dev.lockstep.store.Leg;
import dev.lockstep.volume.Layout;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one workload and all its crash states have in common. Not thread-safe. */
final class Setting {
    private final Policy policy;
    private final Layout layout;
    private final LogFormat format;
    private final Superblock volume;
    private final Wiring wiring;
    private final BlockPool pool = new BlockPool();
    private final Map<DiskState.Key, LogContents> logs = new HashMap<>();

    Setting(Policy policy, Layout layout, LogFormat format, Wiring wiring) {
        this.policy = policy;
        this.layout = layout;
        this.format = format;
        this.volume = VolumeLog.volume(layout, false);
        this.wiring = wiring;
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

    BlockPool pool() {
        return pool;
    }

    /** Opens the volume's log. */
    DirtyRegionLog open(Leg log) {
        return format == LogFormat.DM ? DirtyRegionLog.open(log, layout.regions()) : DirtyRegionLog.open(log, volume);
    }

    /** The blocks of a log of the volume's that has just been made. */
    int[] made(LogImage image) {
        return NewLog.blocks(format, volume, image, pool);
    }

    /** How many blocks the volume has. */
    int blocks() {
        return (int) (layout.bytes() / Stamp.BLOCK);
    }

    /** The devices in a state that a crash left: the legs, then the log. */
    List<SimulatedLeg> devices(DiskState state, Journal journal) {
        List<SimulatedLeg> devices = new ArrayList<>();
        for (int device = 0; device < state.devices(); device++) {
            devices.add(new SimulatedLeg(device, pool, state.device(device), journal, (at, block) -> { }));
        }
        return devices;
    }

    /** The log's bits in a state that a crash left. */
    LogImage log(DiskState state) {
        return log(state.now(layout.legs()));
    }

    /** The log's bits, as the production code reads them from its blocks; all dirty if it does not trust them. */
    LogImage log(int[] blocks) {
        return found(blocks).image();
    }

    /** Why the log in a state that a crash left is not trusted; empty if it is: no crash is to spoil it. */
    Optional<String> distrust(DiskState state) {
        return found(state.now(layout.legs())).distrust();
    }

    private LogContents found(int[] blocks) {
        return logs.computeIfAbsent(new DiskState.Key(blocks), key -> LogContents.read(new SimulatedLeg(layout.legs(), pool,
                new VolatileBlocks(blocks, VolatileBlocks.durable(blocks)), new Journal(), (at, block) -> { }),
                layout.regions()));
    }

    /** The blocks in which legs differ under a bit that says clean. */
    BitSet desyncs(DiskState state) {
        LogImage log = log(state);
        BitSet found = new BitSet();
        for (int block = 0; block < blocks(); block++) {
            if (log.isClean(layout.region((long) block * Stamp.BLOCK))) {
                for (int leg = 1; leg < layout.legs(); leg++) {
                    if (state.now(leg)[block] != state.now(0)[block]) {
                        found.set(block);
                    }
                }
            }
        }
        return found;
    }
}
