package dev.lockstep.crash.enumerate;

import dev.lockstep.crash.inside.Stamp;
import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.DmLogFormat;
import dev.lockstep.log.LogContents;
import dev.lockstep.log.LogImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Crashes while a log is made over what a device happens to hold, and while it is repaired after that: each leaves a log that
 * cannot be trusted, or the log that was there before, or the new one; never a header over other bits. (Making the files is not
 * part of this: the devices are there.) Not thread-safe.
 */
final class Creation {
    private static final long ALL = 1 << 12;
    /** So many that their bits take more than one block, which may then be of different logs. */
    private static final int REGIONS = 5_000;
    private static final int FIRST_OF_BITS = DmLogFormat.BITS_OFFSET / Stamp.BLOCK;

    private final Tally tally;
    private final Findings findings;
    private final Wiring wiring;
    private final Random random;
    private final BlockPool pool = new BlockPool();

    Creation(Tally tally, Findings findings, Wiring wiring, Random random) {
        this.tally = tally;
        this.findings = findings;
        this.wiring = wiring;
        this.random = random;
    }

    /** Looks at them. */
    void run() throws IOException {
        int length = DmLogFormat.encode(image()).remaining() / Stamp.BLOCK;
        int[] garbage = new int[length];
        for (int block = 0; block < length; block++) {
            garbage[block] = pool.stamped(block, 1 + random.nextInt(9));
        }
        int[] old = Beginning.blocks(DmLogFormat.encode(image()), pool);
        int[] oldBits = old.clone();
        oldBits[0] = BlockPool.ZEROS;
        for (int[] found : List.of(new int[length], garbage, old, oldBits)) {
            create(found, image());
            create(found, LogImage.allClean(REGIONS));
        }
    }

    private LogImage image() {
        LogImage image = LogImage.allDirty(REGIONS);
        for (int region = 0; region < REGIONS; region++) {
            if (random.nextBoolean()) {
                image.markClean(region);
            }
        }
        return image;
    }

    private void create(int[] found, LogImage image) throws IOException {
        int[] made = Beginning.blocks(DmLogFormat.encode(image), pool);
        Journal journal = new Journal();
        SimulatedLeg device = device(DiskState.afterCut(new int[][] {found}), journal);
        journal.record(List.of(device), () -> null, () -> null);
        DirtyRegionLog.create(wiring.inUse().apply(List.of(device)).get(0), image);
        List<int[]> whole = List.of(found, made);
        Set<DiskState> seen = new HashSet<>();
        for (Point point : journal.points()) {
            tally.points++;
            for (CrashStates states : List.of(CrashStates.afterCut(point), CrashStates.afterKill(point))) {
                states.forEach(ALL, (int) ALL, random, state -> {
                    tally.states++;
                    if (seen.add(state)) {
                        tally.distinct++;
                        check(state, whole, journal.lines(point), "while a log is made");
                        repair(state, whole, journal.lines(point));
                    }
                });
            }
        }
    }

    /** A log that could not be trusted is made good as all dirty, and one that could is written again as it is. */
    private void repair(DiskState state, List<int[]> whole, List<String> history) {
        Journal journal = new Journal();
        SimulatedLeg device = device(state, journal);
        DirtyRegionLog log = DirtyRegionLog.open(wiring.inRecovery().apply(List.of(device)).get(0), REGIONS);
        List<int[]> now = new ArrayList<>(whole);
        now.add(Beginning.blocks(DmLogFormat.encode(log.image()), pool));
        journal.record(List.of(device), () -> null, () -> null);
        try {
            log.write();
            log.beginFlush().await();
        } catch (IOException e) {
            findings.add("a log cannot be repaired: " + e.getMessage(), pool, state, () -> history);
        }
        tally.recoveries++;
        for (Point point : journal.points()) {
            for (CrashStates states : List.of(CrashStates.afterCut(point), CrashStates.afterKill(point))) {
                states.forEach(ALL, (int) ALL, random, again -> {
                    tally.secondCrashStates++;
                    List<String> both = new ArrayList<>(history);
                    both.addAll(journal.lines(point));
                    check(again, now, both, "while a log is repaired");
                });
            }
        }
    }

    private void check(DiskState state, List<int[]> whole, List<String> history, String when) {
        boolean right = !trusted(state) || whole.stream().anyMatch(each -> Arrays.equals(each, FIRST_OF_BITS, each.length,
                state.now(0), FIRST_OF_BITS, each.length) && trusted(DiskState.afterCut(new int[][] {each})));
        if (!right) {
            findings.add("a crash " + when + ", after event " + history.size()
                    + ": the log is trusted, and its bits are neither the old ones nor the new", pool, state, () -> history);
        }
    }

    private boolean trusted(DiskState state) {
        return LogContents.read(device(state, new Journal()), REGIONS).distrust().isEmpty();
    }

    private SimulatedLeg device(DiskState state, Journal journal) {
        return new SimulatedLeg(0, pool, state.device(0), journal, (at, block) -> { });
    }
}
