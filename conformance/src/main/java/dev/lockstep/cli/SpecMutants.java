package dev.lockstep.cli;

import dev.lockstep.mutants.SpecMutant;
import dev.lockstep.mutants.SpecMutator;
import dev.lockstep.mutants.SurvivorRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;

/** The mutants of the spec: {@code mutants --spec}, with the options that only it has. */
final class SpecMutants {
    private static final String MODULE = "Mirror";
    private static final String FILE = "mutants-spec";
    private static final String REPLAY = "replay";
    private static final String MODELS = "models";
    private static final Pattern SHARD = Pattern.compile("([1-9]\\d{0,3})/([1-9]\\d{0,3})");

    @Option(names = "--spec", description = "Plant faults in the spec instead: each has to violate a property that is expected to "
            + "hold, or to make the replay diverge; or else a reason why it does not has to be recorded. An ID may be the "
            + "beginning of several, such as the name of an action.")
    private boolean chosen;

    @Option(names = "--from", paramLabel = "DIR", description = "With --spec: use the spec in this folder instead of the bundled one.")
    private Optional<Path> from = Optional.empty();

    @Option(names = "--shard", paramLabel = "I/N", description = "With --spec: only every N-th mutant, from the I-th on.")
    private Optional<String> shard = Optional.empty();

    @Option(names = "--by", paramLabel = "JUDGE", description = "With --spec: have only the replay judge (replay), or only TLC's "
            + "models (models). What survives one of them is no finding, as the other might kill it.")
    private Optional<String> by = Optional.empty();

    /**
     * Says whether the spec is meant.
     *
     * @throws UserMistake if it is not, but an option is given that is about it
     */
    boolean chosen() {
        if (!chosen && (from.isPresent() || shard.isPresent() || by.isPresent())) {
            throw new UserMistake((from.isPresent() ? "--from" : shard.isPresent() ? "--shard" : "--by")
                    + " is about the mutants of the spec: --spec was expected with it");
        }
        return chosen;
    }

    /** Judges those mutants that the ids name; all if none is given. */
    VerbResult run(List<String> ids, int jobs, SurvivorRecords records, Progress progress) throws IOException {
        try (SpecFolder spec = SpecFolder.open(from)) {
            List<SpecMutant> all = mutants(spec);
            List<SpecMutant> mutants = shard(choose(all, ids));
            SpecGraphs graphs = new SpecGraphs();
            Optional<SpecReplays> replays = judges(REPLAY) ? Optional.of(new SpecReplays(spec, graphs)) : Optional.empty();
            Optional<SpecModels> models = judges(MODELS) ? Optional.of(new SpecModels(spec, Pins.read(spec), MODULE))
                    : Optional.empty();
            List<SpecFate> fates = new SpecHunt(spec, MODULE, replays, models, progress).of(mutants, jobs);
            SpecMutantsResult result = SpecMutantsResult.of(fates, all, records, by.orElse(null));
            return VerbResult.of(result.asExpected() ? Ending.AS_EXPECTED : Ending.FINDING, result,
                    new SpecMutantsText(result).write()).in(FILE);
        }
    }

    private boolean judges(String judge) {
        if (by.isPresent() && !List.of(REPLAY, MODELS).contains(by.get())) {
            throw new UserMistake("--by " + by.get() + " is not possible: " + REPLAY + " or " + MODELS + " was expected");
        }
        return by.isEmpty() || by.get().equals(judge);
    }

    private static List<SpecMutant> mutants(SpecFolder spec) throws IOException {
        Path file = spec.path().resolve(MODULE + ".tla");
        if (!Files.exists(file)) {
            throw new UserMistake("there is no " + file + ": the module of which the mutants are was expected");
        }
        try {
            return SpecMutator.mutants(Files.readString(file));
        } catch (IllegalArgumentException e) {
            throw new UserMistake(file + ": " + e.getMessage(), e);
        }
    }

    private static List<SpecMutant> choose(List<SpecMutant> all, List<String> ids) {
        for (String id : ids) {
            if (all.stream().noneMatch(mutant -> isMeant(mutant, id))) {
                throw new UserMistake("there is no mutant " + id + " of the spec: an id such as " + all.get(0).id()
                        + ", or the beginning of one such as " + all.get(0).definition() + ", was expected");
            }
        }
        return ids.isEmpty() ? all : all.stream().filter(mutant -> ids.stream().anyMatch(id -> isMeant(mutant, id))).toList();
    }

    private static boolean isMeant(SpecMutant mutant, String id) {
        return (mutant.id() + ".").startsWith(id + ".");
    }

    private List<SpecMutant> shard(List<SpecMutant> mutants) {
        if (shard.isEmpty()) {
            return mutants;
        }
        Matcher parts = SHARD.matcher(shard.get());
        if (!parts.matches() || Integer.parseInt(parts.group(1)) > Integer.parseInt(parts.group(2))) {
            throw new UserMistake("--shard " + shard.get() + " is not possible: I/N was expected, such as 1/4, with I from 1 to N");
        }
        int first = Integer.parseInt(parts.group(1)) - 1;
        int step = Integer.parseInt(parts.group(2));
        return IntStream.range(0, mutants.size()).filter(i -> i % step == first).mapToObj(mutants::get).toList();
    }
}
