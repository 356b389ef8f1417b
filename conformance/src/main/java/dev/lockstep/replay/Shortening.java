package dev.lockstep.replay;

import dev.lockstep.trace.Label;
import dev.lockstep.trace.StateGraph;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Looks for a short way from a new volume to a divergence: a shortest way into the walk that showed it, as late as possible, and then
 * without its detours, as long as it still diverges; and then for the same fault nearer to a new volume. Each is performed on a new
 * mirror. Not thread-safe.
 */
public final class Shortening {
    /** How many other edges of the same action are tried. */
    private static final int NEARER = 20;

    private final StateGraph graph;
    private final IntFunction<int[]> shortestTo;
    private final Attempt attempt;
    private int left;

    /** Performs a path of the graph, in which a crash is a move, on a new mirror. */
    @FunctionalInterface
    public interface Attempt {
        /**
         * {@return what is not as the model says}
         *
         * @param path edges, from an initial state on
         * @throws IOException if the mirror's files cannot be made or read
         */
        Optional<Divergence> on(int[] path) throws IOException;
    }

    /**
     * A way on which the mirror diverges.
     *
     * @param path       its edges, from an initial state on; the last is the step that diverges
     * @param divergence what is not as the model says
     */
    public record Shown(List<Integer> path, Divergence divergence) {
        /** Keeps a copy. */
        public Shown {
            path = List.copyOf(path);
        }
    }

    /**
     * A search that has not begun.
     *
     * @param graph      the model's state graph
     * @param shortestTo a shortest way from an initial state that ends with an edge, that edge included
     * @param attempt    what performs a path
     * @param atMost     how many paths are performed at most
     */
    public Shortening(StateGraph graph, IntFunction<int[]> shortestTo, Attempt attempt, int atMost) {
        this.graph = graph;
        this.shortestTo = shortestTo;
        this.attempt = attempt;
        this.left = atMost;
    }

    /**
     * Shortens a walk.
     *
     * @param walk the walk's edges up to the one that diverges, at least one; a crash in it but for the last edge is a fork, and no
     *             step on its way
     * @return a short way; none if the mirror does not diverge on any that was tried: then it takes what earlier walks had left
     * @throws IOException if the mirror's files cannot be made or read
     */
    public Optional<Shown> of(int[] walk) throws IOException {
        int[] steps = steps(walk);
        int needed = 0;
        Optional<Shown> found = Optional.empty();
        // The last step alone, the last two, four, …, each with a shortest way to where they begin.
        while (found.isEmpty() && needed < steps.length) {
            needed = needed == 0 ? 1 : Math.min(2 * needed, steps.length);
            found = diverges(entered(steps, needed));
        }
        if (found.isEmpty()) {
            return Optional.empty();
        }
        int tooFew = needed / 2;
        while (needed - tooFew > 1) {
            int middle = (needed + tooFew) / 2;
            Optional<Shown> shorter = diverges(entered(steps, middle));
            found = shorter.isPresent() ? shorter : found;
            needed = shorter.isPresent() ? middle : needed;
            tooFew = shorter.isPresent() ? tooFew : middle;
        }
        return Optional.of(nearer(withoutDetours(found.get())));
    }

    /** The same action may go wrong in the same way nearer to a new volume: the steps before it are then beside the point. */
    private Shown nearer(Shown shown) throws IOException {
        int last = shown.path().get(shown.path().size() - 1);
        int tries = NEARER;
        // States are numbered as they were found, breadth first: those near to a new volume come first.
        for (int edge = 0; edge < graph.edgeCount() && tries > 0; edge++) {
            if (!graph.label(edge).action().equals(graph.label(last).action())) {
                continue;
            }
            int[] path = shortestTo.apply(edge);
            if (path.length >= shown.path().size()) {
                return shown;
            }
            tries--;
            Optional<Shown> near = diverges(path).filter(other -> alike(other.divergence(), shown.divergence()));
            if (near.isPresent()) {
                return near.get();
            }
        }
        return shown;
    }

    private static boolean alike(Divergence one, Divergence other) {
        return one.fault().map(Label::action).equals(other.fault().map(Label::action)) && variables(one).equals(variables(other));
    }

    private static List<String> variables(Divergence divergence) {
        return divergence.differences().stream().map(Difference::variable).toList();
    }

    /** The last steps of a walk, after a shortest way to where they begin. */
    private int[] entered(int[] steps, int last) {
        int[] kept = Arrays.copyOfRange(steps, steps.length - last, steps.length);
        int[] way = shortestTo.apply(kept[0]);
        return IntStream.concat(Arrays.stream(way), Arrays.stream(kept, 1, kept.length)).toArray();
    }

    /** Leaves out, the longest first, what leads back to a state in which the path was before. */
    private Shown withoutDetours(Shown shown) throws IOException {
        Shown best = shown;
        boolean shortened = true;
        while (shortened) {
            shortened = false;
            int[] path = best.path().stream().mapToInt(edge -> edge).toArray();
            for (int length = path.length - 1; length > 0 && !shortened; length--) {
                for (int from = 0; from + length < path.length && !shortened; from++) {
                    if (graph.source(path[from]) == graph.source(path[from + length])) {
                        int[] direct = IntStream.concat(Arrays.stream(path, 0, from), Arrays.stream(path, from + length, path.length))
                                .toArray();
                        Optional<Shown> shorter = diverges(direct);
                        best = shorter.orElse(best);
                        shortened = shorter.isPresent();
                    }
                }
            }
        }
        return best;
    }

    private Optional<Shown> diverges(int[] path) throws IOException {
        if (left == 0) {
            return Optional.empty();
        }
        left--;
        return attempt.on(path).map(divergence -> new Shown(Arrays.stream(path, 0, end(path, divergence)).boxed().toList(), divergence));
    }

    /** A path is performed in walks, each from what the crash before it left: finds how far the one that diverges went. */
    private int end(int[] path, Divergence divergence) {
        int from = 0;
        for (int i = 0; i < path.length; i++) {
            int to = from + divergence.edges().size();
            if (graph.source(path[from]) == divergence.start() && to <= path.length
                    && Arrays.stream(path, from, to).boxed().toList().equals(divergence.edges())) {
                return to;
            }
            from = crash(graph.label(path[i])) ? Math.min(i + 1, path.length - 1) : from;
        }
        return path.length;
    }

    /**
     * {@return the steps of a walk: a crash on its way is a fork, and none; its last edge is one, crash or not}
     *
     * @param walk the edges of a walk
     */
    public int[] steps(int[] walk) {
        return IntStream.range(0, walk.length)
                .filter(i -> i == walk.length - 1 || !crash(graph.label(walk[i]))).map(i -> walk[i]).toArray();
    }

    private static boolean crash(Label label) {
        return CodedGraph.isCrash(label);
    }
}
