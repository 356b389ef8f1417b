package dev.lockstep.tlc;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;

/**
 * What the runs of many models share, so that each is shorter: the JVMs in which the bundled TLC is warm, and the classes by
 * which arguments are recovered. Thread-safe.
 */
final class SharedByRuns implements AutoCloseable {
    private final List<TlcServer> all;
    private final BlockingQueue<TlcServer> idle;
    private final ArgumentRecovery recovery = new ArgumentRecovery();

    /** Is shared by as many runs at a time; starts nothing yet. */
    SharedByRuns(int parallel) {
        all = Stream.generate(TlcServer::new).limit(parallel).toList();
        idle = new LinkedBlockingQueue<>(all);
    }

    /** What is done with a server. */
    interface Use {
        int with(TlcServer server) throws InterruptedException;
    }

    /** Lends a server for as long as it is used. */
    int withServer(Use use) throws InterruptedException {
        TlcServer server = idle.take();
        try {
            return use.with(server);
        } finally {
            idle.add(server);
        }
    }

    ArgumentRecovery recovery() {
        return recovery;
    }

    @Override
    public void close() {
        all.forEach(TlcServer::close);
        recovery.close();
    }
}
