package dev.lockstep.cli;

import dev.lockstep.tlc.DistributedSettings;
import dev.lockstep.tlc.TlcDistribution;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of {@code check} for TLC's distributed mode. */
final class DistributedOptions {
    private static final int LAST_PORT = 65_535;

    @Option(names = "--distributed",
            description = "Judge by TLC's distributed mode: a server and workers, each a process of its own, here or on "
                    + "other machines. It judges invariants only; models with other properties are left out.")
    private boolean distributed;

    @Option(names = "--workers", paramLabel = "N",
            description = "With --distributed: start so many workers here (default: 2); 0 is possible with --address.")
    private Optional<Integer> workers = Optional.empty();

    @Option(names = "--address", paramLabel = "ADDRESS",
            description = "With --distributed: let workers on other machines join, which reach this machine by that name "
                    + "or number. On each of them run: check --worker ADDRESS. With --worker: how the server reaches "
                    + "this machine (default: found out).")
    private Optional<String> address = Optional.empty();

    @Option(names = "--port", paramLabel = "N",
            description = "With --distributed: where the server listens (default: " + DistributedSettings.USUAL_PORT
                    + " with --address, else any free port).")
    private Optional<Integer> port = Optional.empty();

    @Option(names = "--worker", paramLabel = "HOST[:PORT]",
            description = "Be a worker: join the server of a check --distributed on HOST, model after model, until there "
                    + "has been none for a minute. Every processor works (else see --jobs). Server and workers call each "
                    + "other at ports of their choice, without any proof of who calls: use it in a network that you "
                    + "trust.")
    private Optional<String> worker = Optional.empty();

    boolean distributed() {
        return distributed;
    }

    Optional<String> worker() {
        return worker;
    }

    Optional<String> address() {
        return address;
    }

    /** Refuses what does not go together, and numbers that cannot be. */
    void check() {
        if (distributed && worker.isPresent()) {
            throw new UserMistake("--distributed starts a server and --worker joins one: one of them was expected");
        }
        if (!distributed && (workers.isPresent() || port.isPresent())) {
            throw new UserMistake((workers.isPresent() ? "--workers" : "--port") + " needs --distributed");
        }
        if (!distributed && worker.isEmpty() && address.isPresent()) {
            throw new UserMistake("--address needs --distributed or --worker");
        }
        int least = address.isPresent() ? 0 : 1;
        if (workers.orElse(least) < least) {
            throw new UserMistake("--workers " + workers.get() + " is not possible: at least " + least
                    + " was expected" + (workers.get() == 0 ? ", or --address for workers on other machines" : ""));
        }
        if (port.isPresent() && !isPort(port.get())) {
            throw new UserMistake("--port " + port.get() + " is not possible: 1 to " + LAST_PORT + " was expected");
        }
    }

    static boolean isPort(int number) {
        return number >= 1 && number <= LAST_PORT;
    }

    DistributedSettings settings(TlcDistribution tlc, Duration timeout) {
        return new DistributedSettings(tlc, timeout, workers.orElse(2), address,
                port.orElse(address.isPresent() ? DistributedSettings.USUAL_PORT : 0));
    }
}
