package dev.lockstep.bench.inside;

import dev.lockstep.region.CleanWhen;
import dev.lockstep.region.LogIo;
import dev.lockstep.region.Policy;
import dev.lockstep.region.RegionState;
import dev.lockstep.region.Sweep;
import dev.lockstep.volume.FileVolume;
import dev.lockstep.volume.Layout;
import dev.lockstep.volume.VolumeCounters;
import dev.lockstep.volume.VolumeDescription;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** The process: a task, a folder, and a policy or a length. It says one line of figures. */
public final class BenchChild {
    /** What the line of figures begins with. */
    public static final String ANSWER = "figures: ";

    private static final int REGION = 512 << 10;
    private static final int LEGS = 2;
    private static final long USED_BYTES = 64L << 20;
    /** How many regions are in use when the process dies; all others were written before, and have been left alone since. */
    private static final int IN_USE = 4;
    private static final int TIMES = 41;
    private static final int HALTED = 137;
    private static final long LOOK_AGAIN_NANOS = 20_000;

    private final Path log;
    private final List<Path> legs;

    private BenchChild(Path folder) {
        log = folder.resolve("log");
        legs = List.of(folder.resolve("leg0"), folder.resolve("leg1"));
    }

    /** Does the task. */
    public static void main(String... arguments) throws IOException {
        BenchChild child = new BenchChild(Path.of(arguments[1]));
        switch (arguments[0]) {
            case "use" -> child.use(Policy.named(arguments[2]).orElseThrow());
            case "recover" -> child.recover(Policy.named(arguments[2]).orElseThrow());
            case "make" -> child.make(Long.parseLong(arguments[2]));
            case "open" -> child.open(Long.parseLong(arguments[2]));
            default -> throw new IllegalArgumentException(arguments[0] + " is no task");
        }
    }

    private static Layout layout(long bytes) {
        return new Layout(bytes, REGION, LEGS, 0);
    }

    /** Writes every region, has the policy mark clean what it may, writes a few regions again, and dies. */
    private void use(Policy policy) throws IOException {
        FileVolume volume = FileVolume.create(log, legs, layout(USED_BYTES), policy);
        ByteBuffer memory = ByteBuffer.allocateDirect(REGION);
        long written = 0;
        for (long at = 0; at < USED_BYTES; at += REGION) {
            volume.write(memory.clear(), at);
            written += REGION;
        }
        mark(volume, 0, volume.layout().regions());
        for (int region = 0; region < IN_USE; region++) {
            volume.write(memory.clear(), (long) region * REGION);
            written += REGION;
        }
        System.out.println(ANSWER + written);
        System.out.flush();
        Runtime.getRuntime().halt(HALTED);
    }

    /** Does what a policy does from time to time, until the regions from one to another are clean; nothing if it never does. */
    private static void mark(FileVolume volume, int first, int end) {
        CleanWhen when = volume.policy().cleanWhen();
        if (when == CleanWhen.UNMOUNT) {
            return;
        }
        if (when == CleanWhen.DRAINED) {
            volume.certify();
        } else {
            volume.sweep();
        }
        while (!volume.volume().inspect(driver -> driver.sweep() == Sweep.IDLE && driver.logIo() == LogIo.IDLE
                && IntStream.range(first, end).allMatch(driver::bit))) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    private void recover(Policy policy) throws IOException {
        try (FileVolume volume = FileVolume.open(log, VolumeDescription.of(legs, layout(USED_BYTES)), policy)) {
            int outOfSync = volume.counters().regions().get(RegionState.NOSYNC);
            for (int region = 0; region < volume.layout().regions(); region++) {
                int each = region;
                while (volume.volume().inspect(driver -> driver.state(each) == RegionState.NOSYNC
                        || driver.state(each) == RegionState.RECOVERING)) {
                    volume.resync(region);
                    LockSupport.parkNanos(LOOK_AGAIN_NANOS);
                }
            }
            VolumeCounters counters = volume.counters();
            System.out.println(ANSWER + outOfSync + " " + counters.bytesResynced());
        }
    }

    private void make(long bytes) throws IOException {
        FileVolume.create(log, legs, layout(bytes), Policy.MAYBE_DIRTY).close();
        System.out.println(ANSWER + bytes);
    }

    private void open(long bytes) throws IOException {
        long begun = System.nanoTime();
        try (FileVolume volume = FileVolume.open(log, VolumeDescription.of(legs, layout(bytes)), Policy.MAYBE_DIRTY)) {
            double seconds = (System.nanoTime() - begun) / 1e9;
            System.gc();
            long heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
            double[] sweeps = new double[TIMES];
            double[] looks = new double[TIMES];
            ByteBuffer memory = ByteBuffer.allocateDirect(4096);
            int region = volume.layout().region(bytes / 2);
            for (int time = 0; time < TIMES; time++) {
                volume.write(memory.clear(), bytes / 2);
                long first = System.nanoTime();
                mark(volume, region, region + 1);
                long second = System.nanoTime();
                int clean = volume.counters().regions().get(RegionState.CLEAN);
                long third = System.nanoTime();
                if (clean != volume.layout().regions()) {
                    throw new IllegalStateException(clean + " regions are clean; all were expected");
                }
                sweeps[time] = (second - first) / 1e3;
                looks[time] = (third - second) / 1e3;
            }
            System.out.println(ANSWER + volume.layout().regions() + " " + seconds + " " + heap + " " + median(sweeps) + " " + median(looks));
        }
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
