package dev.lockstep.cli;

import dev.lockstep.tlc.DistributedSettings;
import dev.lockstep.tlc.ServedModels;
import dev.lockstep.tlc.TlcDistribution;
import dev.lockstep.tlc.WorkerRun;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code check --worker}: works for the server of a {@code check --distributed} on another machine. */
final class WorkerVisit {
    private static final Pattern PLACE = Pattern.compile("([^:\\s]+)(?::(\\d{1,5}))?");

    private final String host;
    private final int port;
    private final Duration patience;

    /**
     * Understands a place.
     *
     * @param given as the user wrote it
     * @throws UserMistake if it is no place, or names no machine
     */
    WorkerVisit(String given, Duration patience) {
        Matcher place = PLACE.matcher(given);
        int number = place.matches() && place.group(2) != null ? Integer.parseInt(place.group(2))
                : DistributedSettings.USUAL_PORT;
        if (!place.matches() || !DistributedOptions.isPort(number)) {
            throw new UserMistake("--worker " + given + " is not possible: HOST or HOST:PORT was expected");
        }
        this.host = place.group(1);
        this.port = number;
        this.patience = patience;
    }

    VerbResult run(TlcDistribution tlc, Optional<String> address, int threads, Progress progress) throws IOException {
        String own = address.isPresent() ? address.get() : ownAddress();
        ServedModels served = new WorkerRun(tlc, own, threads, patience)
                .serve(host, port, text -> progress.show("check --worker  " + text));
        if (served.models() == 0) {
            throw new UserMistake("no server answered at " + host + ":" + port + " for " + patience.toSeconds()
                    + " seconds: one that check --distributed --address starts was expected");
        }
        return VerbResult.ofText(String.format(Locale.ROOT, "Worked for %d %s: %,d steps.\n", served.models(),
                served.models() == 1 ? "model" : "models", served.states()));
    }

    /** Returns the address of this machine in the network in which the server is; nothing is sent for that. */
    private String ownAddress() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(host), port));
            return socket.getLocalAddress().getHostAddress();
        } catch (UnknownHostException e) {
            throw new UserMistake("--worker " + host + " is not possible: no machine is known by this name", e);
        }
    }
}
