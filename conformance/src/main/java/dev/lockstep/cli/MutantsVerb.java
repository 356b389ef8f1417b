package dev.lockstep.cli;

import dev.lockstep.mutants.Hunt;
import dev.lockstep.mutants.Mutant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The verb {@code mutants}: are the faults that are planted in the implementation found? */
@Command(name = "mutants", sortOptions = false,
        description = "Plants faults in the implementation, one at a time, and replays: each has to end in a finding that names the "
                + "action at fault.")
final class MutantsVerb extends Verb {
    @Parameters(arity = "0..*", paramLabel = "ID", description = "Only these mutants (default: all).")
    private List<String> ids = List.of();

    MutantsVerb(Console console) {
        super(console);
    }

    /**
     * The result, as it is kept.
     *
     * @param mutants   how many were planted
     * @param killed    how many were found, with the action at fault named
     * @param survivors those that were not
     * @param kills     who was found, how
     */
    record Result(int mutants, int killed, List<Survivor> survivors, List<Kill> kills) {
    }

    /**
     * A mutant that was not found.
     *
     * @param id     its name
     * @param reason what was found instead
     */
    record Survivor(String id, String reason) {
    }

    /**
     * A mutant that was found.
     *
     * @param id     its name
     * @param fault  what is wrong with it
     * @param policy the policy under which it was found
     * @param action the action that the finding names
     * @param steps  how many steps its trace has
     * @param found  what differs
     */
    record Kill(String id, String fault, String policy, String action, int steps, List<String> found) {
    }

    @Override
    VerbResult run(Progress progress) throws IOException {
        List<Mutant> chosen = choose(Mutant.kept());
        Hunt hunt = new Hunt(System.getProperty("java.class.path"), Lockstep.class.getName());
        List<Kill> kills = new ArrayList<>();
        List<Survivor> survivors = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (Mutant mutant : chosen) {
            progress.show("mutants " + (kills.size() + survivors.size()) + "/" + chosen.size() + "  " + mutant.id());
            Hunt.Catch found = hunt(hunt, mutant);
            if (found.killed()) {
                kills.add(new Kill(mutant.id(), mutant.fault(), mutant.policy(), found.action().orElseThrow(), found.steps(),
                        found.found()));
                text.append("killed    ").append(mutant.id()).append(": ").append(mutant.fault()).append("\n          in ")
                        .append(found.steps()).append(" steps, at ").append(found.action().orElseThrow()).append("; ")
                        .append(String.join("; ", found.found())).append('\n');
            } else {
                survivors.add(new Survivor(mutant.id(), found.action().map(action -> "the finding names " + action + "; "
                        + mutant.action() + " was expected").orElse("nothing was found")));
                text.append("SURVIVED  ").append(mutant.id()).append(": ").append(mutant.fault()).append("\n          ")
                        .append(survivors.get(survivors.size() - 1).reason()).append('\n');
            }
        }
        Result result = new Result(chosen.size(), kills.size(), survivors, kills);
        return VerbResult.of(survivors.isEmpty() ? Ending.AS_EXPECTED : Ending.FINDING, result, text.toString());
    }

    private List<Mutant> choose(List<Mutant> kept) {
        List<String> known = kept.stream().map(Mutant::id).toList();
        for (String id : ids) {
            if (!known.contains(id)) {
                throw new UserMistake("there is no mutant " + id + ": " + String.join(", ", known) + " was expected");
            }
        }
        return ids.isEmpty() ? kept : kept.stream().filter(mutant -> ids.contains(mutant.id())).toList();
    }

    private static Hunt.Catch hunt(Hunt hunt, Mutant mutant) throws IOException {
        try {
            return hunt.of(mutant);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
