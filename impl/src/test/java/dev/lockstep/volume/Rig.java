package dev.lockstep.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.DmLogFormat;
import dev.lockstep.log.LogContents;
import dev.lockstep.log.LogImage;
import dev.lockstep.log.MembershipRecord;
import dev.lockstep.region.Policy;
import dev.lockstep.region.RegionState;
import dev.lockstep.store.Access;
import dev.lockstep.store.FileLeg;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** The devices of a volume, and ways to look at them past it. */
public final class Rig {
    private final Layout layout;
    private final Policy policy;
    private final List<Leg> legs;
    private final Leg log;

    private Rig(Layout layout, Policy policy, List<Leg> legs, Leg log) {
        this.layout = layout;
        this.policy = policy;
        this.legs = List.copyOf(legs);
        this.log = log;
    }

    /** A new volume in memory: legs of zeros, every region clean. */
    public static Rig inMemory(Policy policy, Layout layout) throws IOException {
        List<Leg> legs = new ArrayList<>();
        for (int leg = 0; leg < layout.legs(); leg++) {
            legs.add(new MemoryLeg("leg" + leg, layout.bytes()));
        }
        Leg log = new MemoryLeg("log", DmLogFormat.requiredLength(layout.regions()));
        DirtyRegionLog.create(log, LogImage.allClean(layout.regions()));
        return new Rig(layout, policy, legs, log);
    }

    /** A new volume on files. */
    public static Rig onNewFiles(Path folder, Policy policy, Layout layout) throws IOException {
        List<Leg> legs = new ArrayList<>();
        for (int leg = 0; leg < layout.legs(); leg++) {
            legs.add(FileLeg.create(folder.resolve("leg" + leg), layout.bytes()));
        }
        Leg log = FileLeg.create(folder.resolve("log"), DmLogFormat.requiredLength(layout.regions()));
        DirtyRegionLog.create(log, LogImage.allClean(layout.regions()));
        return new Rig(layout, policy, legs, log);
    }

    /** Another way to open it: with a place to record which legs are in use. */
    Volume open(MembershipRecord record, Steps steps, VolumeListener listener) {
        return Volume.open(layout, legs, DirtyRegionLog.open(log, layout.regions()), record, policy, steps, listener);
    }

    /** What is there after a process has died: the same files, opened anew. */
    public Rig reopened() throws IOException {
        close();
        List<Leg> opened = new ArrayList<>();
        for (Leg leg : legs) {
            opened.add(FileLeg.open(Path.of(leg.name()), Access.READ_WRITE));
        }
        return new Rig(layout, policy, opened, FileLeg.open(Path.of(log.name()), Access.READ_WRITE));
    }

    public void close() throws IOException {
        for (Leg leg : legs) {
            leg.close();
        }
        log.close();
    }

    /** The same devices with something around each. */
    public Rig with(UnaryOperator<Leg> around) {
        return new Rig(layout, policy, legs.stream().map(around).toList(), around.apply(log));
    }

    /** The same devices with something around one of them; the log is the one after the last leg. */
    Rig with(int device, UnaryOperator<Leg> around) {
        Leg chosen = device == legs.size() ? log : legs.get(device);
        return with(each -> each == chosen ? around.apply(each) : each);
    }

    public Volume open(Steps steps) {
        return Volume.open(layout, legs, DirtyRegionLog.open(log, layout.regions()), policy, steps);
    }

    public Layout layout() {
        return layout;
    }

    public Leg leg(int leg) {
        return legs.get(leg);
    }

    public Leg log() {
        return log;
    }

    /** The bytes of a piece of a leg. */
    public byte[] bytes(int leg, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        legs.get(leg).read(bytes, position);
        return bytes.array();
    }

    /** The bytes of a region on a leg. */
    public byte[] region(int leg, int region) throws IOException {
        long position = (long) region * layout.regionBytes();
        return bytes(leg, position, (int) Math.min(layout.regionBytes(), layout.bytes() - position));
    }

    public boolean legsAgree(int region) throws IOException {
        for (int leg = 1; leg < legs.size(); leg++) {
            if (!Arrays.equals(region(0, region), region(leg, region))) {
                return false;
            }
        }
        return true;
    }

    /** The regions in which the legs differ. */
    public List<Integer> differing() throws IOException {
        List<Integer> differing = new ArrayList<>();
        for (int region = 0; region < layout.regions(); region++) {
            if (!legsAgree(region)) {
                differing.add(region);
            }
        }
        return differing;
    }

    /** The regions that the log says are dirty; every one, if it cannot be trusted. */
    public List<Integer> dirtyInLog() {
        LogImage image = LogContents.read(log, layout.regions()).image();
        return IntStream.range(0, layout.regions()).filter(region -> !image.isClean(region)).boxed().toList();
    }

    public static List<Integer> in(Volume volume, RegionState state) {
        return volume.inspect(driver -> IntStream.range(0, volume.layout().regions())
                .filter(region -> driver.state(region) == state).boxed().toList());
    }

    /** What a new process does with what a dead one left: resyncs every region that the log does not call clean, and unmounts. */
    public void recover() throws IOException {
        try (ThreadSteps steps = new ThreadSteps(Runnable::run)) {
            Volume volume = open(steps);
            List<Integer> outOfSync = in(volume, RegionState.NOSYNC);
            assertThat(differing()).as("only regions out of sync differ").isSubsetOf(outOfSync);
            outOfSync.forEach(volume::resync);
            assertThat(in(volume, RegionState.NOSYNC)).isEmpty();
            assertThat(differing()).isEmpty();
            Told unmounted = new Told();
            volume.unmount(unmounted);
            assertThat(unmounted.hasEnded()).isTrue();
        }
        assertThat(dirtyInLog()).isEmpty();
    }
}
