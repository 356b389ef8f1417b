package dev.lockstep.sut;

import dev.lockstep.region.Policy;
import dev.lockstep.tlc.GraphSession;
import dev.lockstep.tlc.Model;
import dev.lockstep.trace.StateGraph;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** State graphs, each explored once for all the tests of a JVM: they are the same each time, and immutable. */
public final class ModelGraphs {
    /** The spec. */
    public static final Path SPEC = Path.of("..", "spec");
    private static final Map<String, StateGraph> EXPLORED = new ConcurrentHashMap<>();
    /** TLC's classes, which are warm after the first graph: all these specs are Mirror's, or nearly so. */
    private static final GraphSession WARM = new GraphSession();

    private ModelGraphs() {
    }

    /** Returns the graph in which a store marks its page in the same step: the smaller one. */
    public static StateGraph oneStep(Policy policy) {
        return explored(policy, Storing.MMAP);
    }

    /** Returns the graph in which a store and its mark are two steps. */
    public static StateGraph twoSteps(Policy policy) {
        return explored(policy, Storing.STORE_MARK);
    }

    /** Returns the graph in which no page is stored into, and this happens: values of Mirror.tla's constant Environment. */
    public static StateGraph ofDevices(Policy policy, List<String> environment) {
        return of(new Model(policy.name() + "_" + String.join("_", environment), SPEC, "MCMirror",
                MirrorConstants.of(policy, Size.SMALLEST, Storing.NONE, environment)));
    }

    private static StateGraph explored(Policy policy, Storing storing) {
        return of(new Model(policy.name() + "_" + storing, SPEC, "MCMirror", MirrorConstants.of(policy, Size.SMALLEST, storing)));
    }

    /** Returns a model's graph. Models are the same if their modules and configurations are, whatever they are called. */
    public static StateGraph of(Model model) {
        return EXPLORED.computeIfAbsent(text(model), whole -> explored(model));
    }

    private static StateGraph explored(Model model) {
        synchronized (WARM) {
            GraphSession.Beginning all = WARM.explore(model, Duration.ofMinutes(10), Long.MAX_VALUE);
            if (all.failure().isPresent()) {
                throw all.failure().get();
            }
            return all.found().graph();
        }
    }

    private static String text(Model model) {
        try (Stream<Path> files = Files.list(model.directory())) {
            StringBuilder text = new StringBuilder(model.module()).append('\n').append(model.configuration());
            for (Path file : files.filter(each -> each.toString().endsWith(".tla")).sorted().toList()) {
                text.append(file.getFileName()).append('\n').append(Files.readString(file));
            }
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
