package dev.lockstep.crash.enumerate;

import dev.lockstep.crash.inside.VolumeLog;
import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.LogContents;
import dev.lockstep.log.LogFormat;
import dev.lockstep.log.LogImage;
import dev.lockstep.log.Superblock;
import dev.lockstep.store.Leg;
import dev.lockstep.volume.Layout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Crashes while a log is made over what a device happens to hold, and while it is repaired after that: each leaves a log that
 * cannot be trusted, or one with the bits that were there before, or with the new ones; never a header over other bits. (Making the
 * files is not part of this: the devices are there.) Not thread-safe.
 */
final class Creation {
    /** Up to how many states of a point are looked at all; a log of dm-mirror's never has more. */
    private static final long ALL = 1 << 8;
    /** Of more states than that, as many; and of those of a second crash. */
    private static final int SOME = 24;
    private static final int SOME_AGAIN = 3;
    /** So many that their bits take more than one block, which may then be of different logs. */
    private static final int REGIONS = 5_000;
    private static final int REGION_BYTES = 4096;
    /** The block of a hardened log's second superblock. */
    private static final int HARDENED_PAGE = 4096 / Leg.SECTOR;

    private final LogFormat format;
    private final Tally tally;
    private final Findings findings;
    private final Wiring wiring;
    private final Random random;
    private final BlockPool pool = new BlockPool();
    /** What was read of each state: most of those that second crashes leave have the bytes of one that was looked at. */
    private final Map<DiskState.Key, Optional<BitSet>> trusted = new HashMap<>();
    private final Superblock volume = VolumeLog.volume(new Layout((long) REGIONS * REGION_BYTES, REGION_BYTES, 2, 0), false);

    Creation(LogFormat format, Tally tally, Findings findings, Wiring wiring, Random random) {
        this.format = format;
        this.tally = tally;
        this.findings = findings;
        this.wiring = wiring;
        this.random = random;
    }

    /** Looks at them. */
    void run() throws IOException {
        int length = NewLog.length(format, REGIONS);
        int[] garbage = new int[length];
        for (int block = 0; block < length; block++) {
            garbage[block] = pool.stamped(block, 1 + random.nextInt(9));
        }
        int[] old = NewLog.blocks(format, volume, image(random, REGIONS), pool);
        int[] oldBits = old.clone();
        for (int header : format == LogFormat.DM ? new int[] {0} : new int[] {0, HARDENED_PAGE}) {
            oldBits[header] = BlockPool.ZEROS;
        }
        for (int[] found : List.of(new int[length], garbage, old, oldBits)) {
            create(found, image(random, REGIONS));
            create(found, LogImage.allClean(REGIONS));
        }
    }

    /** Bits by chance. */
    static LogImage image(Random random, int regions) {
        LogImage image = LogImage.allDirty(regions);
        for (int region = 0; region < regions; region++) {
            if (random.nextBoolean()) {
                image.markClean(region);
            }
        }
        return image;
    }

    /** The bits of an image, to be compared. */
    static BitSet bits(LogImage image) {
        BitSet bits = new BitSet(image.regions());
        bits.set(0, image.regions());
        for (int dirty = image.nextDirty(0); dirty >= 0; dirty = image.nextDirty(dirty + 1)) {
            bits.clear(dirty);
        }
        return bits;
    }

    private void create(int[] found, LogImage image) throws IOException {
        Journal journal = new Journal();
        SimulatedLeg device = device(DiskState.afterCut(new int[][] {found}), journal);
        List<BitSet> right = new ArrayList<>(List.of(bits(image)));
        LogContents before = LogContents.read(device, REGIONS);
        if (before.distrust().isEmpty()) {
            right.add(bits(before.image()));
        }
        journal.record(List.of(device), () -> null, () -> null);
        NewLog.create(format, wiring.inUse().apply(List.of(device)).get(0), volume, image);
        new EachCrash(format == LogFormat.DM ? ALL : SOME, SOME, random, tally).of(journal, (state, point) -> {
            History history = History.of(journal, point);
            check(state, right, history, "while a log is made");
            repair(state, right, history);
        });
    }

    /** A log that could not be trusted is made good as all dirty, and one that could is written again as it is. */
    private void repair(DiskState state, List<BitSet> right, History history) {
        Journal journal = new Journal();
        SimulatedLeg device = device(state, journal);
        Leg wired = wiring.inRecovery().apply(List.of(device)).get(0);
        DirtyRegionLog log = format == LogFormat.DM ? DirtyRegionLog.open(wired, REGIONS) : DirtyRegionLog.open(wired, volume);
        List<BitSet> now = new ArrayList<>(right);
        now.add(bits(log.image()));
        journal.record(List.of(device), () -> null, () -> null);
        try {
            log.write();
            log.beginFlush().await();
        } catch (IOException e) {
            findings.add("a log cannot be repaired: " + e.getMessage(), pool, state, history.lines());
        }
        tally.recoveries++;
        for (Point point : journal.points()) {
            for (CrashStates states : List.of(CrashStates.afterCut(point), CrashStates.afterKill(point))) {
                states.forEach(format == LogFormat.DM ? ALL : SOME_AGAIN, SOME_AGAIN, random, again -> {
                    tally.secondCrashStates++;
                    check(again, now, history.then(journal, point), "while a log is repaired");
                });
            }
        }
    }

    private void check(DiskState state, List<BitSet> right, History history, String when) {
        Optional<BitSet> found = trusted.computeIfAbsent(state.bytes(), bytes -> trusted(state));
        if (found.isPresent() && !right.contains(found.get())) {
            findings.add("a crash " + when + ", after event " + history.events()
                    + ": the log is trusted, and its bits are neither the old ones nor the new", pool, state, history.lines());
        }
    }

    /** The bits that are read, if the log can be trusted. */
    private Optional<BitSet> trusted(DiskState state) {
        LogContents found = LogContents.read(device(state, new Journal()), REGIONS);
        return found.distrust().isEmpty() ? Optional.of(bits(found.image())) : Optional.empty();
    }

    private SimulatedLeg device(DiskState state, Journal journal) {
        return new SimulatedLeg(0, pool, state.device(0), journal, (at, block) -> { });
    }
}
