package dev.lockstep.cli;

import dev.lockstep.suite.Suite;
import dev.lockstep.suite.SuiteFile;
import dev.lockstep.suite.SuiteGenerator;
import dev.lockstep.suite.SuiteStats;
import dev.lockstep.tlc.Model;
import dev.lockstep.tlc.TlcVersion;
import dev.lockstep.trace.FormatException;
import dev.lockstep.trace.GraphFile;
import dev.lockstep.trace.StateGraph;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A folder in which graphs and suites are kept from one run to the next, a file for each model. A file is named and headed by what it was
 * made from: the spec, the model's configuration (policy, size, environment), TLC's version and a hash of the code that makes graphs and suites; and ends
 * with its checksum. One that is not as it has to be is not used, and said so: what it should hold is made anew. Thread-safe.
 */
final class SuiteCache {
    private static final String BEGINNING = "lockstep-suite";
    private static final int CHECKSUM_BYTES = 32;
    private static final int BUFFER = 1 << 16;
    private static final int NAME_DIGITS = 16;

    /** What tells the code that makes graphs, suites and their files from what it was before a change. */
    private final String makers = PackageHash.of(SuiteGenerator.class, GraphFile.class, Model.class);
    private final Path folder;
    private final List<String> notes = new CopyOnWriteArrayList<>();

    /**
     * A cache in a folder, which is made if it is not there.
     *
     * @throws UserMistake if it cannot be made or written
     */
    SuiteCache(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UserMistake("the cache cannot be in " + folder + ": a folder that can be written was expected, but " + e, e);
        }
        if (!Files.isWritable(folder)) {
            throw new UserMistake("the cache cannot be in " + folder + ": a folder that can be written was expected, and it is read-only");
        }
    }

    /**
     * What is kept of a model.
     *
     * @param graph    its graph
     * @param measured the suite that covers it
     */
    record Kept(StateGraph graph, SuiteGenerator.Measured measured) {
    }

    /** {@return what was wrong with files, a sentence each} */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /** {@return what is kept of a model of a spec, if it is, and as it was written} */
    Optional<Kept> read(Model model, String specHash) throws IOException {
        Path file = file(model, specHash);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            // Nothing of it is looked at before the checksum at its end is found right.
            verify(file);
            try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
                return Optional.of(read(in, key(model, specHash)));
            }
        } catch (IOException | RuntimeException e) {
            notes.add(file + " is not used, and made anew: a graph and its suite were expected, but " + reason(e));
            return Optional.empty();
        }
    }

    private static void verify(Path file) throws IOException {
        MessageDigest digest = SuiteManifest.sha256();
        long left = Files.size(file) - CHECKSUM_BYTES;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            int count = 0;
            while (left > 0 && count >= 0) {
                count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                digest.update(buffer, 0, Math.max(0, count));
                left -= count;
            }
            if (left != 0 || !Arrays.equals(digest.digest(), in.readAllBytes())) {
                throw new FormatException("its checksum is not that of what it holds");
            }
        }
    }

    private static String reason(Exception e) {
        return e instanceof FormatException ? e.getMessage() : "it cannot be read (" + e + ")";
    }

    private static Kept read(DataInputStream in, String key) throws IOException {
        if (!in.readUTF().equals(BEGINNING)) {
            throw new FormatException("it does not begin as such a file does");
        }
        if (!in.readUTF().equals(key)) {
            throw new FormatException("it is of another spec, model, TLC or code");
        }
        StateGraph graph = GraphFile.read(in);
        long lowerBound = in.readLong();
        Suite suite = SuiteFile.read(graph, PreparedSuite::isCrash, in);
        return new Kept(graph, new SuiteGenerator.Measured(suite,
                new SuiteStats(suite.steps(), graph.edgeCount(), suite.walks().size(), lowerBound)));
    }

    /**
     * Keeps a model's graph and suite.
     *
     * @throws UserMistake if the file cannot be written
     */
    void write(Model model, String specHash, Kept kept) {
        Path file = file(model, specHash);
        Path fresh = file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid() + ".new");
        try {
            MessageDigest digest = SuiteManifest.sha256();
            try (DigestOutputStream digested = new DigestOutputStream(Files.newOutputStream(fresh), digest);
                    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(digested, BUFFER))) {
                out.writeUTF(BEGINNING);
                out.writeUTF(key(model, specHash));
                GraphFile.write(kept.graph(), out);
                out.writeLong(kept.measured().stats().lowerBound());
                SuiteFile.write(kept.graph(), PreparedSuite::isCrash, kept.measured().suite(), out);
                out.flush();
                digested.on(false);
                out.write(digest.digest());
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UserMistake("the graph and its suite cannot be kept in " + file + ": " + e, e);
        } finally {
            discard(fresh);
        }
    }

    /** Removes what is left of a file that was not finished: at once, or when this Java ends. */
    private static void discard(Path fresh) {
        try {
            Files.deleteIfExists(fresh);
        } catch (IOException e) {
            fresh.toFile().deleteOnExit();
        }
    }

    private Path file(Model model, String specHash) {
        byte[] hash = SuiteManifest.sha256().digest(key(model, specHash).getBytes(StandardCharsets.UTF_8));
        return folder.resolve(model.name() + "-" + HexFormat.of().formatHex(hash).substring(0, NAME_DIGITS) + ".suite");
    }

    private String key(Model model, String specHash) {
        return String.join("\n", "code " + makers, "spec " + specHash, TlcVersion.bundled(), model.module(), model.configuration());
    }
}
