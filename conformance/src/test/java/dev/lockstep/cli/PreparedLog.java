package dev.lockstep.cli;

import dev.lockstep.sut.CopiesGround;
import dev.lockstep.sut.LogWalks;
import dev.lockstep.sut.OneGround;
import dev.lockstep.sut.RigFolder;
import dev.lockstep.tlc.Model;
import dev.lockstep.trace.GraphFile;
import dev.lockstep.trace.StateGraph;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The graph of a module that is of a log by itself, with the first walks of those that cover it.
 *
 * @param graph the graph, of what the log can do
 * @param walks walks from initial states
 */
record PreparedLog(StateGraph graph, List<int[]> walks) {
    /** How many steps are performed at most. */
    static final int STEPS = 4_000;
    /** How many take every edge of OneCopy. */
    static final int ALL = 100_000;

    private static final Map<Path, PreparedLog> MADE = new ConcurrentHashMap<>();

    /** {@return those of TwoCopies of this Java, made if they are not there; a folder keeps the graph} */
    static PreparedLog of(Path suites, CopiesGround ground) {
        return in(suites, "TwoCopies", STEPS, CopiesGround::model, CopiesGround::withoutRefused);
    }

    /** {@return the same of OneCopy, as far as a ground can do it} */
    static PreparedLog of(Path suites, OneGround ground) {
        return in(suites, ground.graph(), ALL, ground::model, ground::possible);
    }

    private static PreparedLog in(Path suites, String name, int most, Function<Path, Model> model, UnaryOperator<StateGraph> possible) {
        return MADE.computeIfAbsent(suites.resolve(name), path -> make(path, most, model, possible));
    }

    private static PreparedLog make(Path path, int most, Function<Path, Model> model, UnaryOperator<StateGraph> possible) {
        try (SpecFolder spec = SpecFolder.open(Optional.empty())) {
            Path file = path.resolveSibling(path.getFileName() + "-" + spec.hash() + ".graph");
            if (!Files.exists(file)) {
                StateGraph whole = possible.apply(PolicyReplay.explore(model.apply(spec.path())));
                Path fresh = Files.createTempFile(Files.createDirectories(path.getParent()), path.getFileName().toString(), ".new");
                try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(fresh)))) {
                    GraphFile.write(whole, out);
                }
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
                StateGraph graph = GraphFile.read(in);
                return new PreparedLog(graph, LogWalks.covering(graph, most));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Performs walks on a log of its own. */
    @FunctionalInterface
    interface Replay {
        Optional<String> on(StateGraph graph, List<int[]> walks, int steps, Path folder) throws IOException;
    }

    /** {@return what is not as the graph says, in so many steps} */
    Optional<String> replay(Replay replay, int steps) throws IOException {
        try (RigFolder files = RigFolder.in(MemoryFolder.orTemporary(), "lockstep-copies-")) {
            return replay.on(graph, walks, steps, files.path());
        }
    }
}
