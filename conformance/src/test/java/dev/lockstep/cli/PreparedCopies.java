package dev.lockstep.cli;

import dev.lockstep.sut.CopiesGround;
import dev.lockstep.sut.RigFolder;
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

/**
 * The graph of TwoCopies, with the first walks of those that cover it.
 *
 * @param graph the graph, without what a log refuses
 * @param walks walks from initial states
 */
record PreparedCopies(StateGraph graph, List<int[]> walks) {
    /** How many steps are performed at most. */
    static final int STEPS = 4_000;

    private static final Map<Path, PreparedCopies> MADE = new ConcurrentHashMap<>();

    /** {@return the one of this Java, made if it is not there; a folder keeps the graph} */
    static PreparedCopies in(Path suites) {
        return MADE.computeIfAbsent(suites, PreparedCopies::make);
    }

    private static PreparedCopies make(Path suites) {
        try (SpecFolder spec = SpecFolder.open(Optional.empty())) {
            Path file = suites.resolve("TwoCopies-" + spec.hash() + ".graph");
            if (!Files.exists(file)) {
                StateGraph whole = CopiesGround.withoutRefused(PolicyReplay.explore(CopiesGround.model(spec.path())));
                Path fresh = Files.createTempFile(Files.createDirectories(suites), "TwoCopies", ".new");
                try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(fresh)))) {
                    GraphFile.write(whole, out);
                }
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
                StateGraph graph = GraphFile.read(in);
                return new PreparedCopies(graph, CopiesGround.walks(graph, STEPS));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return what is not as the graph says, in so many steps} */
    Optional<String> replay(CopiesGround ground, int steps) throws IOException {
        try (RigFolder files = RigFolder.in(MemoryFolder.orTemporary(), "lockstep-copies-")) {
            return ground.replay(graph, walks, steps, files.path());
        }
    }
}
