package dev.lockstep.sut;

import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.trace.Label;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Asks a mirror that was just opened, and whose log is being written, for what it has to refuse: the one that this class was loaded with. */
public final class RefusalsOfOne implements Function<List<String>, List<String>> {
    /** Nothing is asked yet. */
    public RefusalsOfOne() {
        // What it needs it is given.
    }

    @Override
    public List<String> apply(List<String> folder) {
        try (Mirror mirror = new Mirror(Path.of(folder.get(0)), Size.SMALLEST, Policy.BOUNCE_COPY, Surroundings.of(Storing.NONE, List.of("read", "direct")),
                LogFormat.DM, new Stamps(1, 2), 0)) {
            return new Refusals(mirror).walk(0, List.of(new Label("Restart", List.of()), new Label("LogWrite", List.of()))).stream().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
