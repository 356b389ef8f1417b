package dev.lockstep.crash.enumerate;

import dev.lockstep.volume.FileVolume;
import dev.lockstep.volume.VolumeDescription;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * A leg is added to a volume whose log does not name its legs, and whose legs carry no labels: all that can be recorded is that every region is
 * dirty, by {@link FileVolume#markAllDirty}, which is what the command {@code volume add-leg} does. Until that has returned, the volume is
 * opened with the legs that it had; from then on with the new one too, which may hold anything. So there are two journals: of crashes before that
 * moment, and of crashes from it on. Not thread-safe.
 */
final class NamedAddition {
    private final Setting before;
    private final Setting after;
    private final int pageBytes;
    private final LongSupplier contents;
    private final Random random;
    private final Told told = new Told();
    private final Journal until = new Journal();
    private final Journal since = new Journal();
    private final List<SimulatedLeg> devices = new ArrayList<>();

    /**
     * An addition that has not begun.
     *
     * @param setting   the volume's, with a device that is to become a leg
     * @param plan      that of closed volumes
     * @param pageBytes the length of a page
     * @param contents  gives numbers of contents that are in use nowhere else
     * @param random    decides everything
     */
    NamedAddition(Setting setting, Plan plan, int pageBytes, LongSupplier contents, Random random) {
        this.before = setting;
        this.after = setting.grown(setting.legDevices());
        this.pageBytes = pageBytes;
        this.contents = contents;
        this.random = random;
        DiskState found = Beginning.choose(setting, plan, random, told, contents);
        for (int device = 0; device < found.devices(); device++) {
            devices.add(new SimulatedLeg(device, setting.pool(), found.device(device), until, (at, block) -> { }));
        }
    }

    /** What its devices did before the new leg could be named, as far as it has come. */
    Journal until() {
        return until;
    }

    /** And since then. */
    Journal since() {
        return since;
    }

    /** The volume with the new leg. */
    Setting after() {
        return after;
    }

    /**
     * Makes it.
     *
     * @throws IOException if the mirror fails
     */
    void run() throws IOException {
        until.record(devices, told::afterKill, told::afterCut);
        UsedVolume used = new UsedVolume(before, pageBytes, contents, random, until, told);
        used.open(devices);
        new Turns(before, used, true, random).write();
        used.close();
        add();
        List<SimulatedLeg> grown = devices.stream().map(device -> device.with(since)).toList();
        since.record(grown, told::afterKill, told::afterCut);
        use(grown);
    }

    private void add() throws IOException {
        try (DeviceFiles files = new DeviceFiles(before.wiring().inUse().apply(List.copyOf(devices)))) {
            List<Path> legs = files.legs(IntStream.range(0, before.layout().legs()).boxed().toList());
            VolumeDescription description = VolumeDescription.of(legs, before.layout());
            FileVolume.open(files.log(), description, before.policy()).close();
            files.settle();
            until.note("every region is to be dirty");
            FileVolume.markAllDirty(files.log(), description);
        }
        until.note("from now on the new leg is named");
    }

    private void use(List<SimulatedLeg> grown) throws IOException {
        UsedVolume used = new UsedVolume(after, pageBytes, contents, random, since, told);
        used.open(grown);
        Turns turns = new Turns(after, used, true, random);
        turns.write();
        new ChangeTurns(after, used, told, turns, random).resync();
        turns.write();
        used.close();
    }
}
