package dev.lockstep.sut;

import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.trace.Label;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Asks a mirror that was just opened, and whose log is being written, for what it has to refuse: the one that this class was loaded with. Given are a
 * folder and, if that is to be compared, what is possible when the mirror was opened.
 */
public final class RefusalsOfOne implements Function<List<String>, List<String>> {
    /** Nothing is asked yet. */
    public RefusalsOfOne() {
        // What it needs it is given.
    }

    @Override
    public List<String> apply(List<String> folder) {
        try (Mirror mirror = new Mirror(Path.of(folder.get(0)), Size.SMALLEST, Policy.BOUNCE_COPY, Surroundings.of(Storing.NONE, List.of("read", "direct")),
                LogFormat.DM, new Stamps(1, 2), 0)) {
            Optional<Set<String>> opened = folder.size() == 1 ? Optional.empty() : Optional.of(Set.copyOf(folder.subList(1, folder.size())));
            return new Refusals(mirror).walk(0, List.of(new Refusals.Moment(new Label("Restart", List.of()), opened),
                    new Refusals.Moment(new Label("LogWrite", List.of()), Optional.empty()))).stream().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
