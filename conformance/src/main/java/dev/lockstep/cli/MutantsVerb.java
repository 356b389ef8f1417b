package dev.lockstep.cli;

import dev.lockstep.mutants.Mutant;
import dev.lockstep.mutants.PitSurvivor;
import dev.lockstep.mutants.SurvivorRecords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verb {@code mutants}: are the faults that are planted in the implementation found, and those that PIT plants? And those in the spec? */
@Command(name = "mutants", sortOptions = false,
        description = "Plants faults in the implementation, one at a time, and replays: each has to end in a finding that names the "
                + "action at fault. What the replay cannot see is sought by the enumeration of crash states, and what only threads show by the "
                + "validation of recordings.")
final class MutantsVerb extends Verb {
    @Parameters(arity = "0..*", paramLabel = "ID", description = "Only these mutants (default: all).")
    private List<String> ids = List.of();

    @Option(names = "--jobs", paramLabel = "N", defaultValue = "2",
            description = "Hunt so many mutants at a time (default: ${DEFAULT-VALUE}).")
    private int jobs;

    @Mixin
    private SpecMutants spec;

    @Mixin
    private PitMutants pit;

    private final List<Mutant> catalogue;
    private final SurvivorRecords records;
    private final List<PitSurvivor> reasons;

    /** A verb that plants these mutants, or knows this of those of the spec, and this of PIT's. */
    MutantsVerb(Console console, List<Mutant> catalogue, SurvivorRecords records, List<PitSurvivor> reasons) {
        super(console);
        this.catalogue = List.copyOf(catalogue);
        this.records = records;
        this.reasons = List.copyOf(reasons);
    }

    MutantsVerb(Console console, List<Mutant> catalogue, SurvivorRecords records) {
        this(console, catalogue, records, PitSurvivor.kept());
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
     * @param killed    how many were found, as they have to be
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
     * @param id          its name
     * @param fault       what is wrong with it
     * @param breaks      what of the specification it breaks
     * @param killer      who has found it
     * @param policy      the policy under which it was found
     * @param environment what else happens there
     * @param log         the log's format
     * @param trace       the id of the trace that shows it; of the enumeration of crashes, how to come to the crash; of
     *                    the validation of recordings, which recording
     * @param action      the action that the finding names, or the event at which a recording is rejected; empty for the enumeration of
     *                    crashes
     * @param steps       how many steps its trace has, or how many events of a recording are explained; 0 for the enumeration of crashes
     * @param found       what differs
     */
    record Kill(String id, String fault, String breaks, Mutant.Killer killer, String policy, List<String> environment, String log,
            String trace, String action, int steps, List<String> found) {

        static Kill of(MutantHunt.Catch found) {
            Mutant mutant = found.mutant();
            return new Kill(mutant.id(), mutant.fault(), mutant.breaks(), mutant.killer(), mutant.policy(), mutant.environment(), mutant.log(),
                    found.trace(), found.action(), found.steps(), found.found());
        }

        String text() {
            String how = switch (killer) {
                case REPLAY -> "by the replay in " + steps + " steps, at " + action + ", trace " + trace;
                case ENUMERATE -> "by the enumeration of crashes, " + trace;
                case VALIDATE -> "by the validation of recordings and not by the replay, " + trace;
            };
            return "killed    " + id + ": " + fault + "\n          breaks " + breaks + "; " + how + ", policy " + policy
                    + (environment.isEmpty() ? "" : " with " + String.join(", ", environment)) + ", log " + log + "\n          "
                    + String.join("; ", found) + '\n';
        }
    }

    @Override
    VerbResult run(Progress progress) throws IOException {
        if (jobs < 1) {
            throw new UserMistake("--jobs " + jobs + " is not possible: at least 1 was expected");
        }
        if (pit.chosen()) {
            if (spec.chosen() || !ids.isEmpty()) {
                throw new UserMistake("--pit judges a report, all of it: neither --spec nor an ID was expected with it");
            }
            return pit.run(reasons);
        }
        if (spec.chosen()) {
            return spec.run(ids, jobs, records, progress);
        }
        List<Mutant> chosen = choose(catalogue);
        List<Kill> kills = new ArrayList<>();
        List<Survivor> survivors = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (MutantHunt.Catch found : hunt(chosen, progress)) {
            Mutant mutant = found.mutant();
            if (found.killed()) {
                kills.add(Kill.of(found));
                text.append(kills.get(kills.size() - 1).text());
            } else {
                survivors.add(new Survivor(mutant.id(), found.reason()));
                text.append("SURVIVED  ").append(mutant.id()).append(": ").append(mutant.fault()).append("\n          ")
                        .append(found.reason()).append("; ").append(String.join("; ", found.found())).append('\n');
            }
        }
        text.append(kills.size()).append(" of ").append(chosen.size()).append(" planted faults are found, as they have to be\n");
        Result result = new Result(chosen.size(), kills.size(), survivors, kills);
        return VerbResult.of(survivors.isEmpty() ? Ending.AS_EXPECTED : Ending.FINDING, result, text.toString());
    }

    /** Hunts some at a time; what became of them is in the order in which they were given. */
    private List<MutantHunt.Catch> hunt(List<Mutant> chosen, Progress progress) throws IOException {
        try (SpecFolder folder = SpecFolder.open(Optional.empty())) {
            MutantHunt hunt = new MutantHunt(folder);
            AtomicInteger done = new AtomicInteger();
            progress.show("mutants 0/" + chosen.size());
            List<Callable<MutantHunt.Catch>> hunts = new ArrayList<>();
            for (Mutant mutant : chosen) {
                hunts.add(() -> {
                    try {
                        return hunt.of(mutant);
                    } finally {
                        progress.show("mutants " + done.incrementAndGet() + "/" + chosen.size() + "  " + mutant.id());
                    }
                });
            }
            return Hunters.run(jobs, hunts);
        }
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
