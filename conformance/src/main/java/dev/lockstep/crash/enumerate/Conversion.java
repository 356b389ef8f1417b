package dev.lockstep.crash.enumerate;

import dev.lockstep.crash.inside.VolumeLog;
import dev.lockstep.log.LogContents;
import dev.lockstep.log.LogConversion;
import dev.lockstep.log.LogFormat;
import dev.lockstep.log.LogImage;
import dev.lockstep.log.Superblock;
import dev.lockstep.store.Leg;
import dev.lockstep.volume.Layout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/**
 * Crashes while a log is converted to a format, into a device of its own or in place: each leaves one log that is trusted, the old or
 * the new, with the bits that there were; or none. Never two, of which one would grow stale. Not thread-safe.
 */
final class Conversion {
    private static final long ALL = 1 << 5;
    private static final int SOME = 16;
    private static final int REGIONS = 5_000;
    private static final int REGION_BYTES = 4096;
    /** The blocks that have the headers of either format. */
    private static final int HEADERS = 2 * 4096 / Leg.SECTOR;

    private final LogFormat to;
    private final LogFormat from;
    private final Tally tally;
    private final Findings findings;
    private final Wiring wiring;
    private final Random random;
    private final BlockPool pool = new BlockPool();
    private final Superblock volume = VolumeLog.volume(new Layout((long) REGIONS * REGION_BYTES, REGION_BYTES, 2, 0), false);

    /** Of conversions to a format. */
    Conversion(LogFormat to, Tally tally, Findings findings, Wiring wiring, Random random) {
        this.to = to;
        this.from = to == LogFormat.DM ? LogFormat.HARDENED : LogFormat.DM;
        this.tally = tally;
        this.findings = findings;
        this.wiring = wiring;
        this.random = random;
    }

    /** Looks at them. */
    void run() throws IOException {
        LogImage image = Creation.image(random, REGIONS);
        int length = Math.max(NewLog.length(from, REGIONS), NewLog.length(to, REGIONS));
        int[] old = Arrays.copyOf(NewLog.blocks(from, volume, image, pool), length);
        int[] stale = Arrays.copyOf(NewLog.blocks(to, volume, Creation.image(random, REGIONS), pool), length);
        convert(new int[][] {old, new int[length]}, Creation.bits(image));
        convert(new int[][] {old}, Creation.bits(image));
        int[] torn = old.clone();
        Arrays.fill(torn, 0, Math.min(length, HEADERS), BlockPool.ZEROS);
        convert(new int[][] {torn, new int[length]}, new BitSet());
        // What lies where the new log goes has been voided before, or is no log: the converter makes a new file.
        stale[0] = BlockPool.ZEROS;
        stale[HEADERS / 2] = BlockPool.ZEROS;
        convert(new int[][] {old, stale}, Creation.bits(image));
    }

    /** One device is source and target, or there are two. */
    private void convert(int[][] found, BitSet bits) throws IOException {
        Journal journal = new Journal();
        List<SimulatedLeg> devices = devices(DiskState.afterCut(found), journal);
        journal.record(devices, () -> null, () -> null);
        // Each is a log's device.
        List<Leg> wired = new ArrayList<>();
        devices.forEach(device -> wired.addAll(wiring.inUse().apply(List.of(device))));
        Leg source = wired.get(0);
        Leg target = wired.get(wired.size() - 1);
        if (to == LogFormat.DM) {
            LogConversion.toDm(source, target, volume);
        } else {
            LogConversion.toHardened(source, target, volume);
        }
        new EachCrash(ALL, SOME, random, tally).of(journal, (state, point) -> {
            check(state, bits, History.of(journal, point));
        });
    }

    private void check(DiskState state, BitSet bits, History history) {
        List<LogImage> trusted = new ArrayList<>();
        for (SimulatedLeg device : devices(state, new Journal())) {
            LogContents found = LogContents.read(device, REGIONS);
            if (found.distrust().isEmpty()) {
                trusted.add(found.image());
            }
        }
        String when = "a crash while a log is converted to " + to.words() + ", after event " + history.events() + ": ";
        if (trusted.size() > 1) {
            findings.add(when + "two logs are trusted", pool, state, history.lines());
        } else if (trusted.size() == 1 && !bits.equals(Creation.bits(trusted.get(0)))) {
            findings.add(when + "the log is trusted, and its bits are not those that it had", pool, state, history.lines());
        }
    }

    private List<SimulatedLeg> devices(DiskState state, Journal journal) {
        List<SimulatedLeg> devices = new ArrayList<>();
        for (int device = 0; device < state.devices(); device++) {
            devices.add(new SimulatedLeg(device, pool, state.device(device), journal, (at, block) -> { }));
        }
        return devices;
    }
}
