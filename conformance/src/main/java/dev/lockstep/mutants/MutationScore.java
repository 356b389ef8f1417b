package dev.lockstep.mutants;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What share of PIT's mutants was found, and why the others were not. A mutant that is the same as what it is made of is none that could be
 * found: the records say which are, and those do not count.
 *
 * @param mutants   the mutants that count, those recorded to be equivalent included
 * @param survivors those that were not found, each with the record that there is of it
 * @param stale     records of classes of this report that are about no survivor of it
 */
public record MutationScore(List<BytecodeMutant> mutants, List<Survivor> survivors, List<PitSurvivor> stale) {

    /**
     * A mutant that was not found.
     *
     * @param mutant the mutant
     * @param name   what it is called where a reason is recorded
     * @param record why it was not found, if that is recorded
     */
    public record Survivor(BytecodeMutant mutant, PitSurvivor name, Optional<PitSurvivor> record) {
        /** {@return whether it is recorded to be no fault} */
        boolean equivalent() {
            return record.isPresent() && record.get().kind() == PitSurvivor.Kind.EQUIVALENT;
        }
    }

    /**
     * Counts of some mutants.
     *
     * @param mutants    how many there are
     * @param found      how many of them were found
     * @param equivalent how many of them are recorded to be no fault
     */
    public record Tally(int mutants, int found, int equivalent) {
        /** {@return the share that was found of those that could be, in percent; 100 if there are none} */
        public double percent() {
            return mutants == equivalent ? 100 : 100.0 * found / (mutants - equivalent);
        }
    }

    /** Keeps copies. */
    public MutationScore {
        mutants = List.copyOf(mutants);
        survivors = List.copyOf(survivors);
        stale = List.copyOf(stale);
    }

    /**
     * {@return the score of a report}
     *
     * @param all     the mutants of the report
     * @param records what is recorded of survivors
     * @param lines   the lines of a source, by where it is from the root of the sources on
     * @throws IllegalArgumentException if the report is of other sources, with one clause that says so
     */
    public static MutationScore of(List<BytecodeMutant> all, List<PitSurvivor> records, Function<String, List<String>> lines) {
        List<BytecodeMutant> mutants = all.stream().filter(mutant -> mutant.fate() != BytecodeMutant.Fate.NON_VIABLE).toList();
        Map<PitSurvivor, PitSurvivor> recorded = new HashMap<>();
        records.forEach(each -> recorded.put(name(each), each));
        List<Survivor> survivors = new ArrayList<>();
        Set<PitSurvivor> used = new HashSet<>();
        Map<PitSurvivor, Integer> alike = new HashMap<>();
        for (BytecodeMutant mutant : mutants.stream().sorted(Comparator.comparing(BytecodeMutant::type).thenComparing(BytecodeMutant::line)
                .thenComparing(BytecodeMutant::index)).toList()) {
            PitSurvivor first = new PitSurvivor(mutant.type(), mutant.method(), line(mutant, lines), mutant.mutator(), 1, null, null);
            PitSurvivor name = new PitSurvivor(first.type(), first.method(), first.line(), first.mutator(), alike.merge(first, 1, Integer::sum), null, null);
            if (!mutant.fate().found()) {
                Optional<PitSurvivor> record = Optional.ofNullable(recorded.get(name));
                record.ifPresent(used::add);
                survivors.add(new Survivor(mutant, name, record));
            }
        }
        Set<String> types = mutants.stream().map(BytecodeMutant::type).collect(Collectors.toSet());
        return new MutationScore(mutants, survivors, records.stream().filter(each -> types.contains(each.type()) && !used.contains(each)).toList());
    }

    private static PitSurvivor name(PitSurvivor each) {
        return new PitSurvivor(each.type(), each.method(), each.line(), each.mutator(), each.nth(), null, null);
    }

    private static String line(BytecodeMutant mutant, Function<String, List<String>> lines) {
        List<String> source = lines.apply(mutant.source());
        if (mutant.line() < 1 || mutant.line() > source.size()) {
            throw new IllegalArgumentException("a report of these very sources was expected, but " + mutant.source() + " has " + source.size()
                    + " lines, and a mutant is in line " + mutant.line());
        }
        return source.get(mutant.line() - 1).strip();
    }

    /** {@return the counts of all} */
    public Tally all() {
        return tally(mutants);
    }

    /**
     * {@return the counts of groups of mutants}
     *
     * @param group says which a mutant is of
     */
    public Map<String, Tally> by(Function<BytecodeMutant, String> group) {
        Map<String, Tally> tallies = new TreeMap<>();
        mutants.stream().collect(Collectors.groupingBy(group)).forEach((name, some) -> tallies.put(name, tally(some)));
        return tallies;
    }

    private Tally tally(List<BytecodeMutant> some) {
        Set<BytecodeMutant> members = new HashSet<>(some);
        return new Tally(some.size(), (int) some.stream().filter(mutant -> mutant.fate().found()).count(),
                (int) survivors.stream().filter(each -> each.equivalent() && members.contains(each.mutant())).count());
    }

    /** {@return how many mutants each test has found, and how many made one go on for too long or take too much} */
    public Map<String, Long> killers() {
        return mutants.stream().filter(mutant -> mutant.fate().found()).collect(Collectors.groupingBy(
                mutant -> mutant.fate() == BytecodeMutant.Fate.KILLED ? mutant.killer() : "(" + mutant.fate() + ")", TreeMap::new, Collectors.counting()));
    }

    /**
     * {@return whether the score is high enough, each survivor has a recorded reason, and each record a survivor}
     *
     * @param percent the least score
     */
    public boolean asExpected(double percent) {
        return all().percent() >= percent && stale.isEmpty() && survivors.stream().allMatch(each -> each.record().isPresent());
    }
}
