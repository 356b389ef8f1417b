package dev.lockstep.crash.enumerate;

import dev.lockstep.crash.inside.VolumeLog;
import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.LegLabel;
import dev.lockstep.log.LogContents;
import dev.lockstep.log.LogFormat;
import dev.lockstep.log.LogImage;
import dev.lockstep.log.NewVolume;
import dev.lockstep.log.Superblock;
import dev.lockstep.store.Leg;
import dev.lockstep.volume.Layout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Crashes while a volume is set up whose legs carry labels: the labels of the legs, then the log; over zeros, over garbage, and over an older
 * volume with a log of either format, which is erased first. Each leaves a log that cannot be trusted, or one beside which every leg has its
 * label, all of the older volume or all of the new one: so that no log speaks of legs that are not its own any more, and a hardened one opens
 * with every leg in use. Then it is opened, and cut off again. Not thread-safe.
 */
final class SettingUp {
    private static final long ALL = 1 << 5;
    private static final int SOME = 16;
    private static final int SOME_AGAIN = 3;
    private static final Layout LAYOUT = new Layout(2 * 4096, 4096, 2, 0);
    private static final int LEG = (int) (LegLabel.legBytes(LAYOUT.bytes()) / Leg.SECTOR);
    private static final Superblock NEW = VolumeLog.volume(LAYOUT, true);
    private static final Superblock OLD = new Superblock(new UUID(1, 1), NEW.bytes(), NEW.regionBytes(), NEW.source(), NEW.legs());

    private final LogFormat format;
    private final Tally tally;
    private final Findings findings;
    private final Wiring wiring;
    private final Random random;
    private final BlockPool pool = new BlockPool();
    private final Set<DiskState> looked = new HashSet<>();

    /** Of volumes with a new log of a format. */
    SettingUp(LogFormat format, Tally tally, Findings findings, Wiring wiring, Random random) {
        this.format = format;
        this.tally = tally;
        this.findings = findings;
        this.wiring = wiring;
        this.random = random;
    }

    /** Looks at them: over zeros, over garbage, and over what is there of an older volume. */
    void run() throws IOException {
        int log = Math.max(NewLog.length(LogFormat.HARDENED, LAYOUT.regions()), NewLog.length(LogFormat.DM, LAYOUT.regions()));
        setUp(new int[][] {new int[LEG], new int[LEG], new int[log]}, "while a volume is set up");
        int[][] garbage = {new int[LEG], new int[LEG], new int[log]};
        for (int[] device : garbage) {
            for (int block = 0; block < device.length; block++) {
                device[block] = pool.stamped(block, 1 + random.nextInt(9));
            }
        }
        setUp(garbage, "while a volume is set up");
        for (LogFormat of : LogFormat.values()) {
            setUp(older(of, garbage), "while a volume is set up over an older one with a log in the format " + of.words());
        }
    }

    /** An older volume, all of it clean. */
    private int[][] older(LogFormat of, int[][] garbage) throws IOException {
        List<SimulatedLeg> devices = devices(DiskState.afterCut(garbage), new Journal());
        NewVolume.make(devices.subList(0, LAYOUT.legs()), devices.get(LAYOUT.legs()), of, OLD, LogImage.allClean(LAYOUT.regions()));
        return devices.stream().map(device -> IntStream.range(0, device.blocks().length()).map(device.blocks()::visible).toArray())
                .toArray(int[][]::new);
    }

    private void setUp(int[][] found, String when) throws IOException {
        Journal journal = new Journal();
        List<SimulatedLeg> devices = devices(DiskState.afterCut(found), journal);
        journal.record(devices, () -> null, () -> null);
        List<Leg> wired = wiring.inUse().apply(List.copyOf(devices));
        // What the legs hold is not known, save that new files are zeros.
        NewVolume.make(wired.subList(0, LAYOUT.legs()), wired.get(LAYOUT.legs()), format, NEW, LogImage.allDirty(LAYOUT.regions()));
        new EachCrash(ALL, SOME, random, tally).of(journal, (state, point) -> {
            check(state, when, History.of(journal, point), true);
        });
    }

    private void check(DiskState state, String when, History history, boolean again) {
        // Most of what second crashes leave was left before.
        if (!looked.add(state)) {
            return;
        }
        List<SimulatedLeg> devices = devices(state, new Journal());
        LogContents log = LogContents.read(devices.get(LAYOUT.legs()), LAYOUT.regions());
        if (log.distrust().isPresent()) {
            return;
        }
        try {
            Optional<Superblock> onLog = Superblock.find(devices.get(LAYOUT.legs()));
            // A log in dm-mirror's format does not say whose it is; its bits tell the older one from the new.
            boolean older = onLog.isPresent() ? onLog.get().volume().equals(OLD.volume()) : log.image().cleanCount() > 0;
            Optional<String> wrong = strange(devices, older ? OLD : NEW);
            if (wrong.isPresent() || older == (log.image().cleanCount() == 0)) {
                findings.add("a crash " + when + ", after event " + history.events() + ": the " + (older ? "older" : "new") + " log is trusted, and "
                        + wrong.orElse("its bits are not those that it had"), pool, state, history.lines());
            } else if (onLog.isPresent()) {
                open(state, when, history, again);
            }
        } catch (IOException e) {
            findings.add("a crash " + when + ", after event " + history.events() + ": " + e.getMessage(), pool, state, history.lines());
        }
    }

    /** The first leg that does not have its label. */
    private static Optional<String> strange(List<SimulatedLeg> devices, Superblock volume) throws IOException {
        for (int leg = 0; leg < LAYOUT.legs(); leg++) {
            int place = leg;
            if (LegLabel.find(devices.get(leg), LAYOUT.bytes()).filter(label -> label.volume().equals(volume.volume()) && label.leg() == place).isEmpty()) {
                return Optional.of("leg " + leg + " does not have its label");
            }
        }
        return Optional.empty();
    }

    /** Opens what is trusted; all legs are to be in use, whatever was cut off. */
    private void open(DiskState state, String when, History history, boolean again) {
        Journal journal = new Journal();
        List<SimulatedLeg> devices = devices(state, journal);
        tally.recoveries++;
        journal.record(devices, () -> null, () -> null);
        List<Leg> wired = wiring.inRecovery().apply(List.copyOf(devices));
        try {
            DirtyRegionLog before = DirtyRegionLog.open(wired.get(LAYOUT.legs()), LAYOUT.regions());
            DirtyRegionLog log = VolumeLog.open(LAYOUT, wired.subList(0, LAYOUT.legs()), wired.get(LAYOUT.legs())).log();
            if (log.image().dirtyCount() != before.image().dirtyCount()) {
                findings.add("a crash " + when + ", after event " + history.events()
                        + ": the log is trusted, and the volume opens with other regions dirty than it says", pool, state, history.lines());
            }
        } catch (IOException e) {
            findings.add("a crash " + when + ", after event " + history.events() + ": the log is trusted, and the volume does not open: "
                    + e.getMessage(), pool, state, history.lines());
        }
        if (!again) {
            return;
        }
        for (Point point : journal.points()) {
            for (CrashStates states : List.of(CrashStates.afterCut(point), CrashStates.afterKill(point))) {
                states.forEach(SOME_AGAIN, SOME_AGAIN, random, second -> {
                    tally.secondCrashStates++;
                    check(second, "while a volume is opened that was just set up", history.then(journal, point), false);
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
