package dev.lockstep.validate;

import dev.lockstep.cache.PageCache;
import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.LegLabel;
import dev.lockstep.log.LogFormat;
import dev.lockstep.log.LogImage;
import dev.lockstep.log.Membership;
import dev.lockstep.log.Superblock;
import dev.lockstep.region.CleanWhen;
import dev.lockstep.store.Access;
import dev.lockstep.store.FileLeg;
import dev.lockstep.store.Leg;
import dev.lockstep.sut.Mirror;
import dev.lockstep.sut.Size;
import dev.lockstep.trace.Value;
import dev.lockstep.volume.Awaited;
import dev.lockstep.volume.CallerOrPool;
import dev.lockstep.volume.Completion;
import dev.lockstep.volume.Layout;
import dev.lockstep.volume.Volume;
import dev.lockstep.volume.VolumeEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One life of a mirror that is recorded, from its opening to its unmount or its death: the production code on real files and on threads.
 * Thread-safe, but for its beginning and its end.
 */
final class MirrorRun {
    private static final int THREADS = 4;

    private final RunSettings settings;
    private final Recorder recorder;
    private final Writes writes;
    private final List<Leg> files = new ArrayList<>();
    private final Seam.Running threads;
    private final RecordingSteps steps;
    private final Volume volume;
    private final PageCache cache;
    private final Failures failures;
    private final List<Leg> legs = new ArrayList<>();
    private final RunRecord record;

    /**
     * Opens the mirror whose files are in a folder, on devices of which they are.
     *
     * @param failures what fails of it
     * @param device   makes such a device of a file
     */
    MirrorRun(Path folder, RunSettings settings, Recorder recorder, Failures failures, UnaryOperator<Leg> device) throws IOException {
        Size size = settings.size();
        this.settings = settings;
        this.recorder = recorder;
        this.threads = settings.seam().of(THREADS);
        this.writes = new Writes(size.blocks(), settings.cacheSlots());
        this.failures = failures;
        for (int leg = 0; leg < size.legs(); leg++) {
            Leg under = failures.cached(device.apply(open(leg(folder, leg))));
            legs.add(new RecordingLeg(failures.device(under), under, leg, size, recorder, writes));
        }
        DirtyRegionLog log = DirtyRegionLog.open(new RecordingLogLeg(failures.log(failures.cached(device.apply(open(log(folder))))), recorder), size.regions());
        steps = new RecordingSteps(threads, recorder, writes, size, failures::begun, failures::logFails);
        steps.of(log);
        record = RunRecord.open(legs, log, size, recorder);
        Frame opening = new Frame(recorder, "Restart");
        recorder.enter(opening);
        volume = Volume.open(layout(size), legs, log, record, settings.policy(), steps, this::happened);
        recorder.enter(null);
        opening.done("Restart", true);
        steps.of(volume);
        cache = new PageCache(volume, steps, Size.BLOCK_BYTES, settings.cacheSlots());
        volume.syncWith(told -> {
            recorder.frame().asks();
            Completion ended = failures.ofSync(told);
            if (settings.policy().cleanWhen() == CleanWhen.PERIOD) {
                cache.pass(ended);
            } else {
                cache.sync(ended);
            }
        });
    }

    private FileLeg open(Path path) throws IOException {
        FileLeg leg = FileLeg.open(path, Access.READ_WRITE);
        files.add(leg);
        return leg;
    }

    /** Makes a new volume's files: every block has content 0. */
    static void make(Path folder, RunSettings settings) throws IOException {
        Size size = settings.size();
        List<FileLeg> legs = new ArrayList<>();
        for (int leg = 0; leg < size.legs(); leg++) {
            FileLeg made = FileLeg.create(leg(folder, leg), LegLabel.legBytes(size.bytes()));
            legs.add(made);
            for (int block = 0; block < size.blocks(); block++) {
                made.write(Contents.block(block, 0, 0), (long) block * Size.BLOCK_BYTES);
            }
        }
        Superblock volume = RunRecord.label(legs, size);
        for (FileLeg leg : legs) {
            leg.close();
        }
        LogFormat format = settings.format();
        LogImage clean = LogImage.allClean(size.regions());
        try (FileLeg log = FileLeg.create(log(folder), format.requiredLength(size.regions()))) {
            if (format == LogFormat.HARDENED) {
                DirtyRegionLog.create(log, volume, clean);
            } else {
                DirtyRegionLog.create(log, clean);
            }
        }
    }

    private static Layout layout(Size size) {
        return new Layout(size.bytes(), size.regionBytes(), size.legs(), Mirror.SOURCE);
    }

    private static Path leg(Path folder, int leg) {
        return folder.resolve("leg" + leg);
    }

    private static Path log(Path folder) {
        return folder.resolve("log");
    }

    private void happened(VolumeEvent event) {
        failures.happened(event);
        if (event.leg().isEmpty()) {
            tells();
        }
    }

    /** What a step's body has come to is told by it. */
    private void tells() {
        Frame frame = recorder.frame();
        if (frame != null) {
            frame.tells();
        }
    }

    Volume volume() {
        return volume;
    }

    /** Asks for something, in this thread or with it. */
    void ask(CallerOrPool.Asking asking) throws IOException {
        threads.here(asking);
    }

    Failures failures() {
        return failures;
    }

    /** Waits until all has been done that was asked for. */
    void await() {
        threads.await();
    }

    /** Takes a leg in that was out of use, if that can be done now. */
    void takeIn(int leg) throws IOException {
        record.takeBack(leg, legs.get(leg));
        ask(() -> {
            long begin = recorder.now();
            if (volume.readmit(leg, legs.get(leg))) {
                recorder.add("Readmit", begin, recorder.now(), Value.of(leg));
            }
        });
    }

    PageCache cache() {
        return cache;
    }

    Writes writes() {
        return writes;
    }

    /** Whether the mirror is dead, and whoever waits for it waits for ever. */
    boolean isDead() {
        return steps.isDead();
    }

    /** Has nothing be begun any more. */
    void die() {
        steps.die();
    }

    /** The threads of a mirror that is dead have come to their end, and so have those of the application. */
    void dead() throws IOException {
        threads.close();
        long begin = recorder.now();
        recorder.add("Kill", begin, recorder.now());
        failures.died();
        close();
    }

    /** Writes back all that is page-dirty, and unmounts. */
    void unmount() throws IOException {
        cache.sync();
        threads.await();
        Awaited unmounted = new Awaited();
        volume.unmount(Completion.of(() -> {
            tells();
            unmounted.ended();
        }));
        unmounted.await();
        threads.close();
        close();
    }

    private void close() throws IOException {
        for (Leg each : files) {
            each.close();
        }
    }

    /** Reads the files of a mirror that is down; {@code cut} tells whether its power was cut when it died. */
    static void look(Path folder, RunSettings settings, Recorder recorder, boolean cut, Failures failures) throws IOException {
        Size size = settings.size();
        List<Value> legs = new ArrayList<>();
        List<Leg> files = new ArrayList<>();
        try {
            for (int leg = 0; leg < size.legs(); leg++) {
                List<Value> contents = new ArrayList<>();
                FileLeg file = FileLeg.open(leg(folder, leg), Access.READ_ONLY);
                files.add(file);
                for (int block = 0; block < size.blocks(); block++) {
                    ByteBuffer bytes = ByteBuffer.allocateDirect(Size.BLOCK_BYTES);
                    file.read(bytes, (long) block * Size.BLOCK_BYTES);
                    contents.add(Value.of(Contents.value(bytes.flip())));
                }
                legs.add(Value.tuple(contents));
            }
            FileLeg file = FileLeg.open(log(folder), Access.READ_ONLY);
            files.add(file);
            DirtyRegionLog log = DirtyRegionLog.open(file, size.regions());
            long begin = recorder.now();
            Membership found = RunRecord.found(files.subList(0, size.legs()), log, size).membership();
            if (cut) {
                recorder.add("PowerCut", begin, recorder.now(), Value.tuple(legs), RecordingSteps.bits(log));
                begin = recorder.now();
            }
            recorder.add("Found", begin, recorder.now(), Value.tuple(legs), RecordingSteps.bits(log),
                    RecordingSteps.out(size.legs(), found.out()), Value.of(found.source()));
            failures.down(legs);
        } finally {
            for (Leg file : files) {
                file.close();
            }
        }
    }
}
