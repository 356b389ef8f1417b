package dev.lockstep.sut;

import dev.lockstep.trace.GraphFile;
import dev.lockstep.trace.StateGraph;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * Replays TwoCopies on the log that this class was loaded with. Given are a folder, the graph's file, how many regions, the page that the module
 * speaks of and how many steps.
 */
public final class CopiesOfOne implements Function<List<String>, List<String>> {
    /** Nothing is replayed yet. */
    public CopiesOfOne() {
        // What it needs it is given.
    }

    @Override
    public List<String> apply(List<String> given) {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(Path.of(given.get(1)))))) {
            StateGraph graph = GraphFile.read(in);
            int steps = Integer.parseInt(given.get(4));
            CopiesGround ground = new CopiesGround(Integer.parseInt(given.get(2)), Integer.parseInt(given.get(3)));
            return ground.replay(graph, LogWalks.covering(graph, steps), steps, Path.of(given.get(0))).stream().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
