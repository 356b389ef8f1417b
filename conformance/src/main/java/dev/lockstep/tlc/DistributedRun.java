package dev.lockstep.tlc;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Judges a model by TLC's distributed mode: a server, which keeps the states, and workers, which take steps from them
 * and judge the new states, each a JVM of its own, on this machine or on others. A run leaves no file, no process and
 * no thread behind on this machine.
 *
 * <p>What a run says, and what it does not (tried with TLC 2.18):
 * <ul>
 * <li>It judges invariants. It silently ignores temporal properties, and looks at a step for a property of steps only
 * if the step leads to a state that is new: see {@link #canJudge}. It does not look at assumptions.</li>
 * <li>The number of distinct states of a model that holds is exact, and the same each time.</li>
 * <li>The number of generated states that the server prints is not: it adds the distinct ones to it, and takes one off
 * for each parcel of states that it has sent. The workers count right; what they print at their end, and the initial
 * states, add up to what TLC prints otherwise. That needs the output of all workers, so it is not known when some are
 * elsewhere, nor when one was lost and its work done again.</li>
 * <li>The search is not breadth first, so the depth that the server prints means nothing (46 for 35, say).</li>
 * <li>It prints neither which invariant is violated nor the whole behaviour, and an expression that cannot be
 * evaluated looks just like a violation. So the last state of what it prints is judged again by itself, see
 * {@link LastState}.</li>
 * </ul>
 */
public final class DistributedRun {
    /** How long the JVMs may take to end by themselves after the last word of the server. */
    private static final Duration GRACE = Duration.ofSeconds(10);
    /** Milliseconds between two lines of progress. */
    private static final String REPORT_INTERVAL = "2000";
    private static final String LOOPBACK = "127.0.0.1";
    private static final String STARTED = "@!@!@STARTMSG ";
    private static final String ENDED = "@!@!@ENDMSG ";

    private final DistributedSettings settings;

    /** Hears how far a run is. Called by threads of the run, one at a time. */
    public interface Listener {
        /** The server waits for workers, which may come from elsewhere, at this port. */
        default void waiting(int port) {
        }

        /** So many workers take part by now. */
        default void joined(int workers) {
        }

        /** TLC says how far it is, in a line of its own. */
        default void progress(String line) {
        }
    }

    /** Makes a runner with these settings. */
    public DistributedRun(DistributedSettings settings) {
        this.settings = settings;
    }

    /** Says whether the distributed mode can judge all that a model asks for: invariants only. */
    public static boolean canJudge(Model model) {
        return !new Configuration(model.configuration()).judgesSteps();
    }

    /**
     * Judges a model. It is judged again, up to three times, if the server breaks down after the search, while it sends the workers away.
     *
     * @throws SpecException if the spec or the configuration is wrong
     * @throws TlcException if TLC came to no verdict: it took longer than the timeout, all workers are gone, this thread
     *         was interrupted (and is so again)
     */
    public DistributedResult judge(Model model, Listener listener) {
        if (!canJudge(model)) {
            throw new IllegalArgumentException(model.name() + " judges more than invariants");
        }
        return LostAnswer.askAgainIfLost(() -> judgeOnce(model, listener));
    }

    private DistributedResult judgeOnce(Model model, Listener listener) {
        long start = System.nanoTime();
        try (ChildJvms jvms = new ChildJvms(WorkFolder.prepare(model))) {
            int port = settings.port() == 0 ? freePort() : settings.port();
            Watch watch = new Watch(listener, port);
            ChildJvm server = jvms.start(jvms.folder().spec(), server(model, jvms.folder(), port), watch::hear);
            List<ChildJvm> workers = new ArrayList<>();
            await(model, start, CompletableFuture.anyOf(watch.ready, watch.finished, server.ended()));
            if (watch.ready.isDone() && !watch.finished.isDone()) {
                for (int i = 0; i < settings.workers(); i++) {
                    workers.add(startWorker(jvms, i, port));
                }
                CompletableFuture<Void> deserted = new CompletableFuture<>();
                if (settings.address().isEmpty()) {
                    all(workers).thenRun(() -> deserted.complete(null));
                }
                await(model, start, CompletableFuture.anyOf(watch.finished, server.ended(), deserted));
            }
            List<ChildJvm> everybody = new ArrayList<>(workers);
            everybody.add(server);
            patiently(all(everybody));
            List<List<String>> outputs = workers.stream().map(ChildJvm::output).toList();
            double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
            return new DistributedReader(model, settings, jvms.folder(), server.output(), outputs).read(seconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TlcException("model " + model.name() + ": the run of TLC was interrupted", e);
        }
    }

    private void await(Model model, long start, CompletableFuture<?> event) throws InterruptedException {
        try {
            long left = settings.timeout().toNanos() - (System.nanoTime() - start);
            event.get(Math.max(0, left), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new TlcException("model " + model.name() + ": TLC did not end within "
                    + settings.timeout().toMillis() / 1000.0 + " seconds and was killed", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing fails here", e);
        }
    }

    /** A worker that came when all was done, or a server that it still talks to, may not end: they are killed later. */
    private static void patiently(CompletableFuture<Void> everybody) throws InterruptedException {
        try {
            everybody.get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            Thread.yield();
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing fails here", e);
        }
    }

    private static CompletableFuture<Void> all(List<ChildJvm> jvms) {
        return CompletableFuture.allOf(jvms.stream().map(ChildJvm::ended).toArray(CompletableFuture[]::new));
    }

    private ChildJvm startWorker(ChildJvms jvms, int number, int port) {
        Path own = jvms.folder().temporary().resolve("worker" + number);
        try {
            Files.createDirectory(own);
        } catch (IOException e) {
            throw new TlcException("a temporary folder for a worker could not be made: " + e, e);
        }
        return jvms.start(own, worker(settings.tlc(), own, LOOPBACK, address(), port, 1), line -> { });
    }

    private List<String> server(Model model, WorkFolder folder, int port) {
        List<String> arguments = new ArrayList<>(java(settings.tlc(), folder.temporary(), address(), port));
        arguments.addAll(List.of("-Dtlc2.tool.distributed.TLCServer.report=" + REPORT_INTERVAL,
                "tlc2.tool.distributed.TLCServer", "-tool", "-deadlock", "-fp", "0", "-checkpoint", "0",
                "-config", model.configurationFile(), model.module() + ".tla"));
        return arguments;
    }

    /** Returns what follows {@code java} for a worker of so many threads. */
    static List<String> worker(TlcDistribution tlc, Path temporary, String host, String address, int port,
            int threads) {
        List<String> arguments = new ArrayList<>(java(tlc, temporary, address, port));
        arguments.addAll(List.of("-Dtlc2.tool.distributed.TLCWorker.threadCount=" + threads,
                "tlc2.tool.distributed.TLCWorker", host));
        return arguments;
    }

    private static List<String> java(TlcDistribution tlc, Path temporary, String address, int port) {
        return List.of("-XX:+UseSerialGC", "-XX:-UsePerfData", "-Djava.io.tmpdir=" + temporary,
                "-Duser.home=" + temporary, "-Djava.rmi.server.hostname=" + address,
                "-Dtlc2.tool.distributed.TLCServer.port=" + port, "-cp", tlc.location().toString());
    }

    /** A server and its workers call each other, by the address that each gives out as its own. */
    private String address() {
        return settings.address().orElse(LOOPBACK);
    }

    /** Returns a port that was free just now: TLC must be told one, and cannot be asked which it took. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new TlcException("there is no free port for TLC's server: " + e.getMessage(), e);
        }
    }

    /** Follows what the server prints. */
    private static final class Watch {
        private final CompletableFuture<Void> ready = new CompletableFuture<>();
        private final CompletableFuture<Void> finished = new CompletableFuture<>();
        private final AtomicInteger joined = new AtomicInteger();
        private final Listener listener;
        private final int port;

        Watch(Listener listener, int port) {
            this.listener = listener;
            this.port = port;
        }

        void hear(String line) {
            if (line.startsWith(ENDED + Codes.SERVER_READY)) {
                listener.waiting(port);
                ready.complete(null);
            } else if (line.startsWith(STARTED + Codes.WORKER_REGISTERED)) {
                listener.joined(joined.incrementAndGet());
            } else if (line.startsWith(ENDED + Codes.FINISHED)) {
                finished.complete(null);
            } else if (line.startsWith("Progress(") && joined.get() > 0) {
                listener.progress(line);
            }
        }
    }
}
