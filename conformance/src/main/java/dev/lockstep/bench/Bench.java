package dev.lockstep.bench;

import dev.lockstep.region.Policy;
import dev.lockstep.sut.RigFolder;
import dev.lockstep.volume.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All that is measured, one after the other. */
public final class Bench {
    private static final int LEGS = 2;
    /** The length of the volume with warm regions. */
    static final long WARM_BYTES = 16L << 20;
    private static final int WARM_REGION = 512 << 10;
    private static final int COLD_REGION = 64 << 10;
    private static final int COLD_REGIONS_A_ROUND = 16;
    private static final long FLUSHED_BYTES = 1 << 20;
    private static final int FLUSH_EVERY = 16;
    private static final List<Integer> IN_FLIGHT = List.of(1, 16);

    private final BenchSettings settings;

    /** Measures by these settings. */
    public Bench(BenchSettings settings) {
        this.settings = settings;
    }

    /**
     * Measures.
     *
     * @throws IOException if a file cannot be made or used, or a child process ends otherwise than it should
     */
    public BenchResult run() throws IOException {
        List<Figure> figures = new ArrayList<>();
        try (Crew crew = new Crew()) {
            figures.addAll(warm(crew));
            figures.addAll(cold(crew));
        }
        List<CrashFigure> crashes = new ArrayList<>();
        for (Policy policy : settings.policies()) {
            settings.progress().accept("resync after a crash: " + policy.name());
            try (RigFolder work = RigFolder.in(settings.folder(), "crash-")) {
                crashes.add(Children.crash(work.path(), policy));
            }
        }
        List<ScaleFigure> scales = new ArrayList<>();
        for (long bytes : List.of(1L << 30, 1L << 40)) {
            settings.progress().accept("a volume of " + (bytes >> 30) + " GiB");
            try (RigFolder work = RigFolder.in(settings.folder(), "scale-")) {
                scales.add(Children.scale(work.path(), bytes));
            }
        }
        return new BenchResult(settings.rounds(), figures, crashes, scales);
    }

    private List<Figure> warm(Crew crew) throws IOException {
        List<Figure> figures = new ArrayList<>();
        try (Targets targets = targets(new Layout(WARM_BYTES, WARM_REGION, LEGS, 0))) {
            Measurement measurement = new Measurement(crew, targets.noise(), targets.mirrors(), settings);
            measurement.compile(settings.warmUpWrites(), WARM_BYTES);
            for (Load load : warmLoads(settings.blocks())) {
                figures.addAll(measurement.warm(load, warmBytes(load)));
            }
        }
        return figures;
    }

    /**
     * What loads there are of warm regions: those without a flush, and those of small writes with one from time to time. Each thread is to
     * come to a flush; with larger writes that would need a larger volume.
     */
    static List<Load> warmLoads(List<Integer> blocks) {
        List<Load> loads = new ArrayList<>();
        for (int block : blocks) {
            for (boolean random : List.of(false, true)) {
                IN_FLIGHT.forEach(inFlight -> loads.add(new Load(block, random, inFlight, 0, true)));
            }
        }
        int smallest = blocks.stream().min(Integer::compare).orElseThrow();
        IN_FLIGHT.stream().map(inFlight -> new Load(smallest, true, inFlight, FLUSH_EVERY, true))
                .filter(load -> warmBytes(load) <= WARM_BYTES).forEach(loads::add);
        return loads;
    }

    /** How much of the volume such a load is about, in bytes. */
    static long warmBytes(Load load) {
        return load.flushEvery() == 0 ? WARM_BYTES : Math.max(FLUSHED_BYTES, (long) load.block() * FLUSH_EVERY * load.inFlight());
    }

    private List<Figure> cold(Crew crew) throws IOException {
        List<Figure> figures = new ArrayList<>();
        for (int block : settings.blocks()) {
            if (block <= COLD_REGION) {
                for (int inFlight : IN_FLIGHT) {
                    long bytes = (long) settings.rounds() * COLD_REGIONS_A_ROUND * COLD_REGION;
                    try (Targets targets = targets(new Layout(bytes, COLD_REGION, LEGS, 0))) {
                        figures.addAll(new Measurement(crew, targets.noise(), targets.mirrors(), settings)
                                .cold(new Load(block, false, inFlight, 0, false), COLD_REGION, COLD_REGIONS_A_ROUND));
                    }
                }
            }
        }
        return figures;
    }

    private Targets targets(Layout layout) throws IOException {
        settings.progress().accept("making files");
        RigFolder work = RigFolder.in(settings.folder(), "targets-");
        List<Target> all = new ArrayList<>();
        try {
            Path folder = work.path();
            List<Path> bare = BareFiles.files(folder, layout.legs());
            List<Path> files = new ArrayList<>(bare);
            for (Policy policy : settings.policies()) {
                files.addAll(MirrorTarget.make(folder, policy, layout));
            }
            Allocation.write(files, layout.bytes());
            BareFiles noise = BareFiles.open(bare);
            all.add(noise);
            List<Measurement.Compared> mirrors = new ArrayList<>();
            for (Policy policy : settings.policies()) {
                Target same = BareFiles.open(MirrorTarget.legs(folder, policy, layout));
                all.add(same);
                Target mirror = MirrorTarget.open(folder, policy, layout);
                all.add(mirror);
                Target neverClean = MirrorTarget.openNeverCleanOn(folder, policy, layout);
                all.add(neverClean);
                mirrors.add(new Measurement.Compared(same, neverClean, mirror));
            }
            return new Targets(work, all, noise, mirrors);
        } catch (IOException | RuntimeException e) {
            new Targets(work, all, null, List.of()).close();
            throw e;
        }
    }

    /** What is measured in turn, and where it is. */
    private record Targets(RigFolder work, List<Target> all, Target noise, List<Measurement.Compared> mirrors) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            try {
                for (Target each : all) {
                    each.close();
                }
            } finally {
                work.close();
            }
        }
    }
}
