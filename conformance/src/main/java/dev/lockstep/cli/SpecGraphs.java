package dev.lockstep.cli;

import dev.lockstep.mutants.GraphComparison;
import dev.lockstep.tlc.GraphSession;
import dev.lockstep.tlc.Model;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The state graphs of the spec, each explored once, to compare those of mutants with. A graph goes by the constants of its
 * model: what else a configuration says is about judging it. Thread-safe, but for the sessions, of which each thread has its own.
 */
final class SpecGraphs {
    /** How long a graph may take to be explored. */
    static final Duration LONGEST = Duration.ofMinutes(10);
    /** Steps of a graph to begin with: most mutants differ early, and may have no end. */
    static final long FIRST_LOOK = 5_000;
    /** Most of what is left differs by then. */
    static final long SECOND_LOOK = 60_000;

    private static final long FAR_TOO_LARGE = 3;
    private static final Pattern CONSTANT = Pattern.compile("=|<-");

    private final Map<Set<String>, GraphComparison> known = new HashMap<>();

    /** Returns the constants of a model, one a line; contents have the same names in all of them. */
    static Set<String> constants(Model model) {
        return model.configuration().lines().map(line -> line.replaceFirst("\\\\\\*.*", "").strip())
                .filter(line -> CONSTANT.matcher(line).find()).map(line -> line.replaceAll("\\bv(?=\\d)", ""))
                .collect(Collectors.toSet());
    }

    /** Whether a model with some constants has no step that one with others has not: reads change nothing in Mirror. */
    static boolean covers(Set<String> more, Set<String> constants) {
        return more.stream().allMatch(line -> constants.contains(line) || constants.contains(line.replaceFirst("\"read\"(, )?", "")));
    }

    /** Returns the graph of a model of the spec itself. */
    GraphComparison known(Model model, GraphSession session) {
        synchronized (known) {
            Set<String> constants = constants(model);
            GraphComparison graph = known.get(constants);
            if (graph == null) {
                GraphSession.Beginning whole = session.explore(model, LONGEST, Long.MAX_VALUE);
                if (whole.failure().isPresent()) {
                    throw whole.failure().get();
                }
                graph = new GraphComparison(whole.found().graph());
                known.put(constants, graph);
            }
            return graph;
        }
    }

    /** Returns how many steps a mutant's graph may have, compared with the spec's, before it is taken for endless. */
    static long most(GraphComparison original) {
        return original.known().edgeCount() * FAR_TOO_LARGE;
    }
}
