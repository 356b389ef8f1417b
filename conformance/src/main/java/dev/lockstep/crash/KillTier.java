package dev.lockstep.crash;

import dev.lockstep.crash.inside.CrashCycle;
import dev.lockstep.crash.inside.CycleResult;
import dev.lockstep.crash.inside.FolderRig;
import dev.lockstep.crash.inside.Rig;
import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.volume.Layout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The tier {@code kill}: real processes on real files, killed with SIGKILL at a random instant or at a named point; while they work,
 * while they recover, and while they make a volume. What a kill leaves is what the operating system has of the files: what a power
 * cut would leave is another tier's.
 */
public final class KillTier {
    /** The name of the tier. */
    public static final String NAME = "kill";

    private static final int REGION = 16 << 10;
    private static final int REGIONS = 8;
    private static final int MOST_LEGS = 3;
    private static final int ROUNDS = 4;
    private static final int CREATIONS_AMONG = 8;
    /** How many times as many cycles the policy that has to be caught may take for it. */
    private static final int TRIES = 16;

    private final CrashSettings settings;
    private final String classPath;
    private final AtomicLong done = new AtomicLong();

    /**
     * A tier.
     *
     * @param settings  what it is to do; a cycle is a volume, and several kills
     * @param classPath what the children's classes are in
     */
    public KillTier(CrashSettings settings, String classPath) {
        this.settings = settings;
        this.classPath = classPath;
    }

    /**
     * Runs it.
     *
     * @return what it found, a policy and a format of its log each
     * @throws IOException if files cannot be made or children cannot be started
     */
    public List<CrashRun> run() throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(settings.jobs());
        try {
            List<List<Future<CycleResult>>> all = new ArrayList<>();
            long each = (settings.cycles() - 1) / settings.policies().size() + 1;
            for (Policy policy : settings.policies()) {
                List<Future<CycleResult>> cycles = new ArrayList<>();
                for (long i = 0; i < each; i++) {
                    long seed = settings.seed() + i;
                    cycles.add(pool.submit(() -> cycle(policy, seed, each * settings.policies().size())));
                }
                all.add(cycles);
            }
            List<CrashRun> runs = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                runs.addAll(runs(settings.policies().get(i), all.get(i), pool));
            }
            return runs;
        } finally {
            pool.shutdownNow();
        }
    }

    /** A format goes with either number of legs, and with the making of a volume. */
    private LogFormat format(long seed) {
        return settings.formats().get((int) Math.floorMod(seed / (MOST_LEGS - 1) + seed / CREATIONS_AMONG, (long) settings.formats().size()));
    }

    private CycleResult cycle(Policy policy, long seed, long of) throws IOException {
        settings.progress().accept(NAME + "  cycle " + done.incrementAndGet() + " of " + of + ", " + policy.name());
        Layout layout = new Layout((long) REGIONS * REGION, REGION, 2 + Math.floorMod(seed, MOST_LEGS - 1), 0);
        if (Math.floorMod(seed, CREATIONS_AMONG) == CREATIONS_AMONG - 1) {
            return new CreationCycle(settings, policy, layout, format(seed), classPath, seed).run();
        }
        try (Rig rig = new FolderRig(classPath, settings.work().resolve(policy.name() + "-" + seed), settings.kept(), layout,
                format(seed))) {
            return new CrashCycle(rig, policy, layout, settings.mayDesync().contains(policy.name()), seed).run(ROUNDS);
        }
    }

    /** A few crashes may miss what has to be caught, as they are races: then more are made. */
    private List<CrashRun> runs(Policy policy, List<Future<CycleResult>> cycles, ExecutorService pool) throws IOException {
        FormatSums sum = new FormatSums(settings.formats());
        boolean mustDesync = policy.equals(Policy.ORIGINAL);
        long most = mustDesync ? (long) TRIES * cycles.size() : cycles.size();
        List<Future<CycleResult>> all = new ArrayList<>(cycles);
        for (int i = 0; i < all.size(); i++) {
            sum.add(format(settings.seed() + i), result(all.get(i)), settings.seed() + i);
            // As many are under way as may be, until one has shown it.
            if (i >= cycles.size() - settings.jobs() && all.size() < most && sum.desyncs() == 0 && !sum.failed()) {
                long seed = settings.seed() + all.size();
                all.add(pool.submit(() -> cycle(policy, seed, most)));
            }
        }
        return sum.runs(NAME, policy.name(), settings);
    }

    private static CycleResult result(Future<CycleResult> cycle) throws IOException {
        try {
            return cycle.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().toString(), e.getCause());
        }
    }
}
