package dev.lockstep.tlc;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A worker of TLC's distributed mode for a server on another machine. A server judges one model and ends; the next one
 * listens at the same place. So the worker, a JVM of its own each time, comes again until no server is there.
 */
public final class WorkerRun {
    private static final Pattern COMPUTED = Pattern.compile("work completed at: .* Computed: (\\d+) ");
    private static final String JOINED = "TLC worker with ";

    private final TlcDistribution tlc;
    private final String address;
    private final int threads;
    private final Duration patience;

    /**
     * Makes a worker.
     *
     * @param address by what name or number the server reaches this machine: it calls its workers
     * @param threads how many processors to use
     * @param patience how long to wait for a server
     */
    public WorkerRun(TlcDistribution tlc, String address, int threads, Duration patience) {
        this.tlc = tlc;
        this.address = address;
        this.threads = threads;
        this.patience = patience;
    }

    /**
     * Works for the servers at a place until there is none for as long as the patience lasts.
     *
     * @param listener hears what there is to tell a user who watches
     * @throws TlcException if this thread is interrupted (and is so again); the JVM is dead by then
     */
    public ServedModels serve(String host, int port, Consumer<String> listener) {
        int models = 0;
        long states = 0;
        try {
            while (true) {
                listener.accept("waiting for a server at " + host + ":" + port + ", " + models + " models done");
                OptionalLong steps = serveOne(host, port, listener);
                if (steps.isEmpty()) {
                    return new ServedModels(models, states);
                }
                models++;
                states += steps.getAsLong();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TlcException("the worker was interrupted", e);
        }
    }

    /** Returns how many steps it took; empty if there was no server. */
    private OptionalLong serveOne(String host, int port, Consumer<String> listener) throws InterruptedException {
        try (ChildJvms jvms = new ChildJvms(WorkFolder.empty())) {
            CompletableFuture<Void> joined = new CompletableFuture<>();
            ChildJvm worker = jvms.start(jvms.folder().spec(), DistributedRun.worker(tlc, jvms.folder().temporary(), host,
                    address, port, threads), line -> {
                        if (line.startsWith(JOINED)) {
                            joined.complete(null);
                        }
                    });
            CompletableFuture.anyOf(joined, worker.ended()).get(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (!joined.isDone()) {
                return OptionalLong.empty();
            }
            listener.accept("working for " + host + ":" + port);
            // It ends when the server says so, and at most two minutes after the server is gone.
            worker.ended().get();
            return OptionalLong.of(worker.output().stream().map(COMPUTED::matcher).filter(Matcher::find)
                    .mapToLong(done -> Long.parseLong(done.group(1))).sum());
        } catch (TimeoutException e) {
            return OptionalLong.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing fails here", e);
        }
    }
}
