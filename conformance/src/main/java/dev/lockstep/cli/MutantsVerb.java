package dev.lockstep.cli;

import dev.lockstep.mutants.Hunt;
import dev.lockstep.mutants.Mutant;
import dev.lockstep.mutants.SurvivorRecords;
import dev.lockstep.sut.RigFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verb {@code mutants}: are the faults that are planted in the implementation found? And those in the spec? */
@Command(name = "mutants", sortOptions = false,
        description = "Plants faults in the implementation, one at a time, and replays: each has to end in a finding that names the "
                + "action at fault.")
final class MutantsVerb extends Verb {
    @Parameters(arity = "0..*", paramLabel = "ID", description = "Only these mutants (default: all).")
    private List<String> ids = List.of();

    @Option(names = "--jobs", paramLabel = "N", defaultValue = "2",
            description = "Hunt so many mutants at a time (default: ${DEFAULT-VALUE}).")
    private int jobs;

    @Mixin
    private SpecMutants spec;

    private final List<Mutant> catalogue;
    private final SurvivorRecords records;

    /** A verb that plants these mutants, or knows this of those of the spec. */
    MutantsVerb(Console console, List<Mutant> catalogue, SurvivorRecords records) {
        super(console);
        this.catalogue = List.copyOf(catalogue);
        this.records = records;
    }

    MutantsVerb(Console console, List<Mutant> catalogue) {
        this(console, catalogue, SurvivorRecords.kept());
    }

    MutantsVerb(Console console) {
        this(console, Mutant.kept());
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
        if (jobs < 1) {
            throw new UserMistake("--jobs " + jobs + " is not possible: at least 1 was expected");
        }
        if (spec.chosen()) {
            return spec.run(ids, jobs, records, progress);
        }
        List<Mutant> chosen = choose(catalogue);
        List<Kill> kills = new ArrayList<>();
        List<Survivor> survivors = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (Hunt.Catch found : hunt(chosen, progress)) {
            Mutant mutant = found.mutant();
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

    /** Hunts some at a time; what became of them is in the order in which they were given. */
    private List<Hunt.Catch> hunt(List<Mutant> chosen, Progress progress) throws IOException {
        Hunt hunt = new Hunt(System.getProperty("java.class.path"), Lockstep.class.getName());
        AtomicInteger done = new AtomicInteger();
        progress.show("mutants 0/" + chosen.size());
        List<Callable<Hunt.Catch>> hunts = new ArrayList<>();
        for (Mutant mutant : chosen) {
            hunts.add(() -> {
                try (RigFolder folder = RigFolder.in(MemoryFolder.orTemporary(), "lockstep-mutant-")) {
                    return hunt.of(mutant, folder.path());
                } finally {
                    progress.show("mutants " + done.incrementAndGet() + "/" + chosen.size() + "  " + mutant.id());
                }
            });
        }
        return Hunters.run(jobs, hunts);
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
}
