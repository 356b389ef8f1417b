package dev.lockstep.bench;

import dev.lockstep.log.LogFormat;
import dev.lockstep.region.CleanWhen;
import dev.lockstep.region.DriverView;
import dev.lockstep.region.Policy;
import dev.lockstep.region.Sweep;
import dev.lockstep.volume.Completion;
import dev.lockstep.volume.FileVolume;
import dev.lockstep.volume.Layout;
import dev.lockstep.volume.VolumeCounters;
import dev.lockstep.volume.VolumeDescription;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** The mirror under one policy, whose sweeps are begun and ended by whoever measures. */
final class MirrorTarget implements Target {
    private static final long LOOK_AGAIN_NANOS = 100_000;

    private final FileVolume volume;
    /** Whom the sweep's sync() has to tell, if one is under way. */
    private final AtomicReference<Completion> sync = new AtomicReference<>();

    private MirrorTarget(FileVolume volume) {
        this.volume = volume;
        volume.syncWith(sync::set);
    }

    /**
     * Makes a volume whose regions are clean, and returns its legs' files, which have yet to be there in full. They have no labels, which
     * would have them be one volume's alone: nothing that a write does depends on them.
     */
    static List<Path> make(Path folder, Policy policy, Layout layout) throws IOException {
        List<Path> legs = legs(folder, policy, layout);
        FileVolume.create(log(folder, policy), legs, layout, policy, LogFormat.HARDENED, false).close();
        return legs;
    }

    static MirrorTarget open(Path folder, Policy policy, Layout layout) throws IOException {
        return new MirrorTarget(FileVolume.open(log(folder, policy), VolumeDescription.of(legs(folder, policy, layout), layout), policy));
    }

    /** Opens a second volume on the legs of one that was made, under NeverClean and with a log of its own, to be used by turns. */
    static MirrorTarget openNeverCleanOn(Path folder, Policy policy, Layout layout) throws IOException {
        Path log = folder.resolve(policy.name() + "-beside-log");
        List<Path> made = IntStream.range(0, layout.legs()).mapToObj(leg -> folder.resolve(policy.name() + "-beside-" + leg)).toList();
        FileVolume.create(log, made, layout, Policy.NEVER_CLEAN, LogFormat.HARDENED, false).close();
        for (Path leg : made) {
            Files.delete(leg);
        }
        return new MirrorTarget(FileVolume.open(log, VolumeDescription.of(legs(folder, policy, layout), layout), Policy.NEVER_CLEAN));
    }

    private static Path log(Path folder, Policy policy) {
        return folder.resolve(policy.name() + "-log");
    }

    /** The files of a volume that was made, or is to be. */
    static List<Path> legs(Path folder, Policy policy, Layout layout) {
        return IntStream.range(0, layout.legs()).mapToObj(leg -> folder.resolve(policy.name() + "-" + leg)).toList();
    }

    @Override
    public String name() {
        return volume.policy().name();
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
        volume.write(from, position);
    }

    @Override
    public void flush() throws IOException {
        volume.flush();
    }

    @Override
    public void beginSweep() {
        if (volume.policy().cleanWhen() == CleanWhen.DRAINED) {
            volume.certify();
        } else {
            volume.sweep();
        }
    }

    @Override
    public void endSweep() {
        Completion waiting = sync.getAndSet(null);
        if (waiting != null) {
            waiting.ended();
        }
    }

    /** The sync() of a sweep may begin late; a flush ends after the round that was under way. */
    @Override
    public void awaitSweep() throws IOException {
        while (volume.volume().inspect(DriverView::sweep) != Sweep.IDLE) {
            endSweep();
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        volume.flush();
    }

    @Override
    public Costs costs() {
        VolumeCounters counters = volume.counters();
        return new Costs(counters.logWrites(), counters.logForces(), counters.legForces());
    }

    @Override
    public void close() throws IOException {
        volume.close();
    }
}
