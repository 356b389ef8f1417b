package dev.lockstep.crash.enumerate;

import dev.lockstep.crash.CrashRun;
import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Every crash state of small workloads: at each point, of each leg and of the log on its own, every subset of the blocks written
 * since that device's last completed flush. Each state is judged by what the user was told, recovered by the production code, and
 * cut off again at every point of that recovery. The workloads follow plans in turn: a little of everything, writes around resyncs,
 * writes around marks; and a leg is added, removed or replaced, in use and closed, as far as there is a way to record it. With a hardened
 * log most have legs with labels, as a volume is made, and some have none. With each set of labels that is left while legs are changed the log is lost
 * besides. All states of a point are looked at if they are few, else a sample that the seed chooses. What is
 * found depends on policies, seed and number of states alone, not on the number of threads.
 *
 * <p>The devices are simulated; see {@link dev.lockstep.crash.enumerate}. An object runs once at a time.
 */
public final class EnumerateTier {
    private static final int THREADS = 2;

    private final List<Policy> policies;
    private final List<LogFormat> formats;
    private final Set<String> mayDesync;
    private final long states;
    private final long seed;
    private final Path kept;
    private final Consumer<String> progress;
    private final Limits limits;
    private final Wiring wiring;

    /**
     * A tier that has not run.
     *
     * @param policies  the policies to look at
     * @param formats   the formats of a log: each policy is looked at with each
     * @param mayDesync the names of those that may show a desync; {@code Original} has to, if it is looked at
     * @param states    how many states of a first crash are looked at, all policies and formats together; more, as every
     *                  plan is followed once, and a workload that was begun is ended
     * @param seed      decides everything
     * @param kept      the folder for the images of what was not as expected, made if there is any
     * @param progress  told in a line when a policy is done; from any thread, one at a time
     */
    public EnumerateTier(List<Policy> policies, List<LogFormat> formats, Set<String> mayDesync, long states, long seed, Path kept,
                         Consumer<String> progress) {
        this(policies, formats, mayDesync, states, seed, kept, progress, Limits.USUAL, Wiring.DIRECT);
    }

    EnumerateTier(List<Policy> policies, List<LogFormat> formats, Set<String> mayDesync, long states, long seed, Path kept, Consumer<String> progress,
                  Limits limits, Wiring wiring) {
        this.policies = List.copyOf(policies);
        this.formats = List.copyOf(formats);
        this.mayDesync = Set.copyOf(mayDesync);
        this.states = states;
        this.seed = seed;
        this.kept = kept;
        this.progress = progress;
        this.limits = limits;
        this.wiring = wiring;
    }

    /**
     * Looks at them.
     *
     * @return what was found, in the order of the policies, a format each. Its figures: points, states (of a first crash), distinct (by bytes and
     *         by what was promised), secondCrashStates, recoveries, statesPerSecond. Its workloads: the states of both crashes by what is done
     * @throws IOException if the images of a failure cannot be kept, or the thread is interrupted
     */
    public List<CrashRun> run() throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(THREADS, Runtime.getRuntime().availableProcessors()));
        try {
            List<Future<CrashRun>> runs = new ArrayList<>();
            for (Policy policy : policies) {
                for (LogFormat format : formats) {
                    runs.add(pool.submit(() -> run(policy, format)));
                }
            }
            List<CrashRun> ended = new ArrayList<>();
            for (Future<CrashRun> run : runs) {
                ended.add(run.get());
            }
            return ended;
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the enumeration was interrupted", e);
        } finally {
            pool.shutdownNow();
        }
    }

    private CrashRun run(Policy policy, LogFormat format) throws IOException {
        long runs = (long) policies.size() * formats.size();
        long share = (states + runs - 1) / runs;
        CrashRun run = new PolicyRun(policy, format, mayDesync.contains(policy.name()), share, seed, kept, limits, wiring).run();
        synchronized (progress) {
            progress.accept(policy.name() + ", " + run.logFormat() + ": " + run.figures().get("states") + " states, "
                    + run.figures().get("secondCrashStates") + " of a second crash, " + run.desyncs() + " with a desync; of both "
                    + run.workloads().entrySet().stream().map(each -> each.getValue() + " of " + each.getKey()).collect(Collectors.joining(", ")));
        }
        return run;
    }
}
