package dev.lockstep.crash.enumerate;

import dev.lockstep.crash.inside.VolumeLog;
import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.LogContents;
import dev.lockstep.log.LogFormat;
import dev.lockstep.store.Leg;
import dev.lockstep.volume.Layout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Crashes while a volume is set up whose legs carry labels: the labels of the legs, then the log. Each leaves a log that cannot be
 * trusted, or one beside which every leg has its label, so that the volume opens with every leg in use. Then it is opened, and cut off
 * again. Not thread-safe.
 */
final class SettingUp {
    private static final long ALL = 1 << 5;
    private static final int SOME = 16;
    private static final int SOME_AGAIN = 3;
    private static final Layout LAYOUT = new Layout(2 * 4096, 4096, 2, 0);

    private final Tally tally;
    private final Findings findings;
    private final Wiring wiring;
    private final Random random;
    private final BlockPool pool = new BlockPool();
    private final Set<DiskState> opened = new HashSet<>();

    SettingUp(Tally tally, Findings findings, Wiring wiring, Random random) {
        this.tally = tally;
        this.findings = findings;
        this.wiring = wiring;
        this.random = random;
    }

    /** Looks at them: over zeros, and over garbage. */
    void run() throws IOException {
        int leg = (int) (VolumeLog.legBytes(LogFormat.HARDENED, LAYOUT) / Leg.SECTOR);
        int log = NewLog.length(LogFormat.HARDENED, LAYOUT.regions());
        setUp(new int[][] {new int[leg], new int[leg], new int[log]});
        int[][] garbage = {new int[leg], new int[leg], new int[log]};
        for (int[] device : garbage) {
            for (int block = 0; block < device.length; block++) {
                device[block] = pool.stamped(block, 1 + random.nextInt(9));
            }
        }
        setUp(garbage);
    }

    private void setUp(int[][] found) throws IOException {
        Journal journal = new Journal();
        List<SimulatedLeg> devices = devices(DiskState.afterCut(found), journal);
        journal.record(devices, () -> null, () -> null);
        List<Leg> wired = wiring.inUse().apply(List.copyOf(devices));
        VolumeLog.make(LogFormat.HARDENED, LAYOUT, wired.subList(0, LAYOUT.legs()), wired.get(LAYOUT.legs()));
        new EachCrash(ALL, SOME, random, tally).of(journal, (state, point) -> {
            open(state, "while a volume is set up", journal.lines(point), true);
        });
    }

    /** Opens what is trusted; all legs are to be in use, whatever was cut off. */
    private void open(DiskState state, String when, List<String> history, boolean again) {
        Journal journal = new Journal();
        List<SimulatedLeg> devices = devices(state, journal);
        if (LogContents.read(devices.get(LAYOUT.legs()), LAYOUT.regions()).distrust().isPresent() || !opened.add(state)) {
            return;
        }
        tally.recoveries++;
        journal.record(devices, () -> null, () -> null);
        List<Leg> wired = wiring.inRecovery().apply(List.copyOf(devices));
        try {
            VolumeLog.Opened volume = VolumeLog.open(LAYOUT, wired.subList(0, LAYOUT.legs()), wired.get(LAYOUT.legs()));
            DirtyRegionLog log = volume.log();
            if (log.image().dirtyCount() > 0) {
                findings.add("a crash " + when + ", after event " + history.size()
                        + ": the log is trusted, and the volume opens with regions that are dirty", pool, state, () -> history);
            }
        } catch (IOException e) {
            findings.add("a crash " + when + ", after event " + history.size() + ": the log is trusted, and the volume does not open: "
                    + e.getMessage(), pool, state, () -> history);
        }
        if (!again) {
            return;
        }
        for (Point point : journal.points()) {
            for (CrashStates states : List.of(CrashStates.afterCut(point), CrashStates.afterKill(point))) {
                states.forEach(SOME_AGAIN, SOME_AGAIN, random, second -> {
                    tally.secondCrashStates++;
                    List<String> both = new ArrayList<>(history);
                    both.addAll(journal.lines(point));
                    open(second, "while a volume is opened that was just set up", both, false);
                });
            }
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
