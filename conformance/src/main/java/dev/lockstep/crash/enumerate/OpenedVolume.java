package dev.lockstep.crash.enumerate;

import dev.lockstep.crash.inside.Stamp;
import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.FoundRecord;
import dev.lockstep.log.LabelledRecord;
import dev.lockstep.log.LegLabel;
import dev.lockstep.log.Superblock;
import dev.lockstep.region.RegionState;
import dev.lockstep.store.ForwardingLeg;
import dev.lockstep.store.Leg;
import dev.lockstep.store.MissingLeg;
import dev.lockstep.store.StoreException;
import dev.lockstep.volume.Layout;
import dev.lockstep.volume.Steps;
import dev.lockstep.volume.Volume;
import dev.lockstep.volume.VolumeListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The production volume, open on simulated devices: as its log alone says, if its legs carry labels and the log is a hardened one, and in the order in which an opening
 * of a {@link dev.lockstep.volume.FileVolume} goes (its package's {@code Opening}). What is random there is numbered here, so that all depends on the seed. Whoever
 * reads from a leg what is not to be read from it is stopped. Not thread-safe.
 */
final class OpenedVolume {
    private static final String PATH = "leg";

    private final Setting setting;
    /** The legs' devices, then the log. */
    private final List<Leg> devices;
    private final List<Integer> places;
    private DirtyRegionLog log;
    private Volume volume;
    private LabelledRecord record;

    private OpenedVolume(Setting setting, List<Leg> devices, List<Integer> places) {
        this.setting = setting;
        this.devices = devices;
        this.places = new ArrayList<>(places);
    }

    /**
     * Opens.
     *
     * @param setting the volume's
     * @param devices its devices
     * @param named   for each place the device that its user names there, where the log does not
     * @param life    how many times it was opened before, as far as any of that may be found on the devices
     * @param steps   the seam
     * @throws IOException if it is refused
     */
    static OpenedVolume open(Setting setting, List<Leg> devices, List<Integer> named, int life, Steps steps) throws IOException {
        Leg log = devices.get(setting.logDevice());
        Layout layout = setting.layout();
        if (!setting.labels()) {
            OpenedVolume opened = new OpenedVolume(setting, devices, IntStream.range(0, layout.legs()).boxed().toList());
            opened.log = setting.open(log);
            opened.volume = Volume.open(layout, devices.subList(0, layout.legs()), opened.log, setting.policy(), steps, setting.onlooker().listener());
            return opened;
        }
        Superblock found = setting.namesLegs() ? Superblock.find(log).orElseThrow(() -> new IOException("the log says nothing of its volume"))
                : setting.named(named);
        OpenedVolume opened = new OpenedVolume(setting, devices, setting.namesLegs() ? places(found) : named);
        opened.log = setting.namesLegs() ? DirtyRegionLog.open(log, found) : setting.open(log);
        opened.open(found, life, steps);
        return opened;
    }

    private void open(Superblock volumeFound, int life, Steps steps) throws IOException {
        int slots = setting.namesLegs() ? Superblock.SLOTS : places.size();
        List<Leg> legs = new ArrayList<>();
        List<FoundRecord.Found> found = new ArrayList<>();
        for (int place = 0; place < slots; place++) {
            Leg leg = at(place) == Standing.NONE ? new MissingLeg("", volumeFound.bytes(), new StoreException("place " + place + " holds no leg"))
                    : leg(place, at(place));
            legs.add(leg);
            if (place < places.size()) {
                found.add(new FoundRecord.Found(leg.name(), at(place) != Standing.NONE,
                        at(place) == Standing.NONE ? Optional.empty() : LegLabel.find(leg, volumeFound.bytes())));
            }
        }
        FoundRecord judged = FoundRecord.judge(volumeFound, setting.namesLegs() && log.distrust().isEmpty(), log.distrust(), log.image().dirtyCount() == 0, found);
        if (judged.distrust().isPresent()) {
            log.image().markAllDirty();
        }
        long[] nonce = {(long) life << Integer.SIZE};
        record = LabelledRecord.open(log, legs, judged.opened(), () -> ++nonce[0]);
        Layout layout = new Layout(volumeFound.bytes(), volumeFound.regionBytes(), slots, record.found().source());
        volume = Volume.open(layout, legs, log, record, setting.policy(), steps, VolumeListener.NONE);
    }

    /** For each place the device that the log names there. */
    static List<Integer> places(Superblock onLog) {
        return IntStream.range(0, onLog.legs().size()).mapToObj(place -> onLog.membership().isAbsent(place) ? Standing.NONE
                : Integer.parseInt(onLog.legs().get(place).path().substring(PATH.length()))).toList();
    }

    /** How the log names a device. */
    static String path(int device) {
        return PATH + device;
    }

    DirtyRegionLog log() {
        return log;
    }

    Volume volume() {
        return volume;
    }

    /** Where it is recorded which legs are in use. */
    Optional<LabelledRecord> record() {
        return Optional.ofNullable(record);
    }

    /** The device at a place. */
    int at(int place) {
        return place < places.size() ? places.get(place) : Standing.NONE;
    }

    /** A place holds a device from now on. */
    void placed(int place, int device) {
        while (places.size() <= place) {
            places.add(Standing.NONE);
        }
        places.set(place, device);
    }

    Leg device(int device) {
        return devices.get(device);
    }

    /** A device as the leg of a place: its data is read only if the leg has it, and in a region that is out of sync if it is the source. */
    Leg leg(int place, int device) {
        return new ForwardingLeg(devices.get(device)) {
            @Override
            public void read(ByteBuffer into, long position) throws IOException {
                if (position < setting.layout().bytes() && volume != null) {
                    requireReadable(place, device, setting.layout().region(position));
                }
                super.read(into, position);
            }
        };
    }

    private void requireReadable(int place, int device, int region) {
        boolean may = at(place) == device && volume.inspect(driver -> (driver.out() & 1 << place) == 0 && (driver.source() == place
                || driver.state(region) != RegionState.NOSYNC && driver.state(region) != RegionState.RECOVERING));
        if (!may) {
            throw new IllegalStateException("region " + region + " is read from leg " + place + ", device " + device + ", which need not have it");
        }
    }

    /** Takes back what is out of use and is there, as far as that can be now; false if there is nothing, or it cannot. */
    boolean readmit() throws IOException {
        int out = record == null ? 0 : volume.inspect(driver -> driver.out() & driver.recordedOut() & ~driver.knownBlank());
        boolean readmitted = false;
        for (int place = 0; place < places.size(); place++) {
            if ((out & 1 << place) != 0 && at(place) != Standing.NONE) {
                Leg leg = leg(place, at(place));
                record.takeBack(place, leg, log.image().cleanCount() == 0);
                readmitted |= volume.readmit(place, leg);
            }
        }
        return readmitted;
    }

    /**
     * Reads everything: that has to be what the user knows of.
     *
     * @param may what it may be
     * @throws IOException if it is not
     */
    void read(Promise may) throws IOException {
        long block = 0;
        for (int region = 0; region < setting.layout().regions(); region++) {
            ByteBuffer bytes = ByteBuffer.allocate(setting.layout().bytesOf(region));
            volume.read(bytes, (long) region * setting.layout().regionBytes());
            for (int at = 0; at < bytes.limit(); at += Stamp.BLOCK, block++) {
                if (!may.of(block).contains(Stamp.read(block, bytes, at))) {
                    throw new IOException("block " + block + " is read as content " + Stamp.read(block, bytes, at) + "; one of "
                            + may.of(block) + " is expected");
                }
            }
        }
    }
}
