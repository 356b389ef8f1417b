package dev.lockstep.cli;

import dev.lockstep.log.LogFormat;
import dev.lockstep.mutants.GraphComparison;
import dev.lockstep.mutants.SpecMutant;
import dev.lockstep.replay.Divergence;
import dev.lockstep.sut.Meaning;
import dev.lockstep.sut.Size;
import dev.lockstep.tlc.GraphSession;
import dev.lockstep.tlc.SpecException;
import dev.lockstep.tlc.TlcException;
import dev.lockstep.suite.ShortestPath;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.StateGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Judges mutants of the spec by the replay: what a mutant says is forced on the mirror, and if it is not what the spec says, the
 * mirror has to diverge. A walk through the first thing that differs is enough for that; only where the mirror does not diverge
 * there, the whole suite is performed. Where nothing differs, no replay could tell the mutant from the spec. Thread-safe, but for
 * the sessions, of which each thread has its own.
 */
final class SpecReplays {
    static final Size SIZE = Size.SMALLEST;
    /** What a mutant of Mirror.tla says is no matter of the format; this one is the quicker. */
    private static final LogFormat FORMAT = LogFormat.DM;

    private static final long[] LIMITS = {SpecGraphs.FIRST_LOOK, SpecGraphs.SECOND_LOOK, Long.MAX_VALUE};

    private final SpecFolder spec;
    private final SpecGraphs graphs;

    SpecReplays(SpecFolder spec, SpecGraphs graphs) {
        this.spec = spec;
        this.graphs = graphs;
    }

    /**
     * What the replays came to.
     *
     * @param kill  what killed the mutant, if it was
     * @param error why TLC cannot evaluate it, if it was not killed before that was seen
     * @param same  the models in which it is what the spec is
     * @param notes what kept a judgement from being made
     */
    record Judgement(Optional<SpecFate.Kill> kill, Optional<String> error, Set<Replayable> same, List<String> notes) {
        /** No replay. */
        static final Judgement NONE = new Judgement(Optional.empty(), Optional.empty(), Set.of(), List.of());
    }

    /** Judges a mutant, in all models: first by the beginnings of their graphs, at last by the whole of each. */
    Judgement judge(SpecMutant mutant, SpecFolder mutated, Path files, GraphSession session) throws IOException {
        Set<Replayable> same = new HashSet<>();
        Set<String> notes = new HashSet<>();
        Set<Replayable> settled = new HashSet<>();
        Optional<String> error = Optional.empty();
        for (int stage = 0; stage < LIMITS.length && error.isEmpty(); stage++) {
            for (Replayable model : Replayable.all()) {
                if (settled.contains(model)) {
                    continue;
                }
                GraphComparison original = known(model, session);
                if (mutant.keepsGuards() && neverFires(mutant, original) || switchedOff(mutant, model)) {
                    same.add(model);
                    settled.add(model);
                    continue;
                }
                boolean last = stage == LIMITS.length - 1;
                if (last && neverFires(mutant, original)) {
                    // A whole graph to see that an action stays impossible is for the models to judge, which have it possible.
                    settled.add(model);
                    continue;
                }
                long limit = Math.min(LIMITS[stage], SpecGraphs.most(original));
                One one = new One(model, mutated, files, last);
                Optional<SpecFate.Kill> kill = one.judge(original, session, limit);
                if (kill.isPresent()) {
                    return new Judgement(kill, Optional.empty(), same, List.of());
                }
                error = error.or(() -> one.error);
                notes.addAll(one.notes);
                if (one.settled) {
                    settled.add(model);
                }
                if (one.same) {
                    same.add(model);
                }
            }
        }
        return new Judgement(Optional.empty(), error, same, notes.stream().sorted().toList());
    }

    /** What the update of an action that is never possible says makes no difference. */
    private static boolean neverFires(SpecMutant mutant, GraphComparison original) {
        return original.known().labels().stream().map(Label::action).noneMatch(mutant.actions()::contains);
    }

    /** What another guard forbids by a constant, a mutant cannot make possible. */
    private boolean switchedOff(SpecMutant mutant, Replayable model) {
        return !mutant.keepsGuards() && new SwitchedOff(model.model(spec), mutant.text()).has(mutant);
    }

    private GraphComparison known(Replayable model, GraphSession session) {
        return graphs.known(model.model(spec), session);
    }

    /** Checks that a session still finds the spec to be what it is: TLC's classes remember more than they should. If they
     * remembered too much, nothing that is found would mean a thing. */
    void check(GraphSession session) throws IOException {
        for (Replayable model : Replayable.all()) {
            GraphSession.Beginning again = session.explore(model.model(spec), SpecGraphs.LONGEST, LIMITS[0]);
            GraphComparison original = known(model, session);
            boolean asFarAsIsDue = again.found().whole() ? again.found().graph().stateCount() == original.known().stateCount()
                    : again.found().expanded() > 1;
            if (again.failure().isPresent() || original.compare(again.found()).differs() || !asFarAsIsDue) {
                throw new IOException("the spec differs from itself under " + model + ": TLC cannot be relied on here");
            }
        }
    }

    /** One mutant in one model, as far as a limit. */
    private static final class One {
        private final Replayable model;
        private final SpecFolder mutated;
        private final PolicyReplay replay;
        private final boolean last;
        private final List<String> notes = new ArrayList<>();
        private Optional<String> error = Optional.empty();
        private boolean settled;
        private boolean same;

        One(Replayable model, SpecFolder mutated, Path files, boolean last) {
            this.model = model;
            this.mutated = mutated;
            this.last = last;
            replay = new PolicyReplay(new PolicySuite(mutated, model.policy(), SIZE, model.more()), files, new ResultFolder(files),
                    (trace, format) -> trace.toString(), Progress.none());
        }

        Optional<SpecFate.Kill> judge(GraphComparison original, GraphSession session, long limit) throws IOException {
            GraphSession.Beginning begun;
            try {
                begun = session.explore(model.model(mutated), SpecGraphs.LONGEST, limit);
            } catch (SpecException e) {
                error = Optional.of(e.getMessage());
                return Optional.empty();
            }
            error = begun.failure().map(TlcException::getMessage);
            GraphComparison.Result compared = original.compare(begun.found());
            same = compared.same();
            settled = begun.found().whole() && compared.paths().isEmpty();
            Optional<SpecFate.Kill> beyond = beyond(begun.found().graph());
            if (beyond.isPresent()) {
                return beyond;
            }
            try {
                return replay(begun, compared.paths());
            } catch (UserMistake e) {
                // A value that no mirror can have. Whether that is against TypeOK is for TLC to say.
                notes.add("no replay under " + model + ": " + e.getMessage().replaceFirst("^the spec in \\S+ ", "the mutant "));
                return Optional.empty();
            }
        }

        /** The mirror diverges at the first step that it has no method for. */
        private Optional<SpecFate.Kill> beyond(StateGraph graph) {
            for (int edge = 0; edge < graph.edgeCount(); edge++) {
                Label label = graph.label(edge);
                Optional<String> why = beyond(label);
                if (why.isPresent()) {
                    return Optional.of(SpecFate.Kill.replay(model.toString(), label.toString(), List.of(why.get()),
                            new ShortestPath(graph).to(edge).length));
                }
            }
            return Optional.empty();
        }

        private static Optional<String> beyond(Label label) {
            if (Meaning.actions().contains(label.action()) && Meaning.of(label).performer().isEmpty()) {
                return Optional.of("enabled: expected " + label + " is possible, observed the mirror has no method for it");
            }
            return Optional.empty();
        }

        private Optional<SpecFate.Kill> replay(GraphSession.Beginning begun, List<int[]> paths) throws IOException {
            for (int[] path : paths) {
                Optional<Divergence> divergence = replay.diverges(begun.found().graph(), path, FORMAT);
                if (divergence.isPresent()) {
                    return divergence.map(found -> kill(found, path));
                }
            }
            if (last && !paths.isEmpty() && begun.found().whole()) {
                settled = true;
                return replay.run(new PolicySuite.Explored(begun.found().graph(), 0), List.of(FORMAT)).get(0).finding()
                        .map(finding -> kill(finding.action(), finding.differences(), finding.step()));
            }
            if (last && !begun.found().whole() && error.isEmpty()) {
                notes.add("no replay of the whole under " + model + ": its graph is far larger than the spec's");
            }
            return Optional.empty();
        }

        private SpecFate.Kill kill(Divergence found, int[] path) {
            int step = 0;
            while (found.edge() >= 0 && step < path.length && path[step] != found.edge()) {
                step++;
            }
            return kill(found.fault().map(Label::toString).orElse("the beginning"), ShownDifference.of(found.differences()),
                    Math.min(path.length, found.edge() < 0 ? 0 : step + 1));
        }

        private SpecFate.Kill kill(String action, List<ShownDifference> differences, int steps) {
            return SpecFate.Kill.replay(model.toString(), action, differences.stream().map(ShownDifference::toString)
                    .collect(Collectors.toList()), steps);
        }
    }
}
