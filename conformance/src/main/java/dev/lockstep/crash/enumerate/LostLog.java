package dev.lockstep.crash.enumerate;

import dev.lockstep.crash.inside.Stamp;
import dev.lockstep.log.LegLabel;
import dev.lockstep.log.Membership;
import dev.lockstep.store.Leg;
import dev.lockstep.store.StoreException;
import dev.lockstep.volume.FileVolume;
import dev.lockstep.volume.VolumeDescription;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the production code makes of what a crash left if the log is lost besides: its file is there and is zeros, and whoever opens the volume
 * names the legs. Each device that lies around is named at the place that the change of the legs is about: the leg that was there before, or the
 * one that is there now. No region may count as clean then; a leg that the labels of all others say to be out, or replaced, may not be in use;
 * and what is read has to be what the user knows of. With the right legs named the volume has to open. ({@code Lost} in {@code Generations.tla}.)
 *
 * <p>It depends on the labels alone which legs are in use, so of states with the same labels one is opened. Not thread-safe.
 */
final class LostLog {
    private final Setting setting;
    private final Set<DiskState.Key> seen = new HashSet<>();

    LostLog(Setting setting) {
        this.setting = setting;
    }

    /** What is wrong, a sentence. */
    Optional<String> wrong(DiskState state, Standing standing, Promise promise) throws IOException {
        if (!setting.labels() || setting.change().isEmpty()) {
            return Optional.empty();
        }
        if (!seen.add(setting.labels(state))) {
            return Optional.empty();
        }
        boolean complete = isComplete(state, standing);
        Optional<String> wrong = wrong(state, standing, standing.places(), complete, promise);
        int place = setting.change().get().place();
        for (int device = 0; device < setting.legDevices() && wrong.isEmpty(); device++) {
            if (!standing.places().contains(device)) {
                List<Integer> named = new ArrayList<>(standing.places());
                while (named.size() <= place) {
                    named.add(Standing.NONE);
                }
                named.set(place, device);
                wrong = wrong(state, standing, named, complete, promise);
            }
        }
        return wrong;
    }

    /** Whether every leg in use carries the label of the record that is the last. */
    private boolean isComplete(DiskState state, Standing standing) throws StoreException {
        for (int device : standing.legsInUse()) {
            Optional<LegLabel> label = LegLabel.find(setting.reading(device, state.now(device)), setting.layout().bytes());
            if (label.filter(found -> found.generation().number() == standing.generation()).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private Optional<String> wrong(DiskState state, Standing standing, List<Integer> named, boolean complete, Promise promise) throws IOException {
        String when = "the log is lost, and the legs are named as devices " + named + ": ";
        try (DeviceFiles files = new DeviceFiles(devices(state));
                FileVolume open = FileVolume.open(files.log(), VolumeDescription.of(paths(files, named)), setting.policy())) {
            Membership found = open.openedWith();
            if (open.distrust().isEmpty()) {
                return Optional.of(when + "regions count as clean");
            }
            for (int place = 0; place < named.size(); place++) {
                boolean mayBe = !complete || standing.legsInUse().contains(named.get(place));
                if (!mayBe && !found.isOut(place)) {
                    return Optional.of(when + "device " + named.get(place) + " is taken");
                }
            }
            return misread(open, promise).map(block -> when + "block " + block + " is read as none of " + promise.of(block));
        } catch (IOException e) {
            boolean may = e instanceof StoreException && (!complete || !named.equals(standing.places()));
            return may ? Optional.empty() : Optional.of(when + "the volume is refused or fails: " + e.getMessage());
        }
    }

    private List<Leg> devices(DiskState state) {
        List<Leg> devices = new ArrayList<>(setting.devices(state, new Journal()));
        int log = setting.logDevice();
        devices.set(log, setting.reading(log, new int[state.now(log).length]));
        return devices;
    }

    private static List<Path> paths(DeviceFiles files, List<Integer> named) {
        return named.stream().map(device -> device == Standing.NONE ? VolumeDescription.NO_LEG : files.leg(device)).toList();
    }

    private Optional<Long> misread(FileVolume open, Promise promise) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) setting.layout().bytes());
        open.read(bytes, 0);
        for (long block = 0; block < setting.blocks(); block++) {
            if (!promise.of(block).contains(Stamp.read(block, bytes, (int) block * Stamp.BLOCK))) {
                return Optional.of(block);
            }
        }
        return Optional.empty();
    }
}
