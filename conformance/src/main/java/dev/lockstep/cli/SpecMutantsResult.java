package dev.lockstep.cli;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.lockstep.mutants.SpecMutant;
import dev.lockstep.mutants.SurvivorRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What became of the mutants of the spec, as it is kept.
 *
 * @param mutants    how many were judged
 * @param killed     how many of them were killed
 * @param survivors  those that nothing killed
 * @param notASpec   those that TLC cannot evaluate, which says nothing for or against the spec
 * @param stale      what is recorded of survivors that are none
 * @param by         who judged alone, or null if the replay and the models did
 * @param kills      those that were killed, and how
 */
record SpecMutantsResult(int mutants, int killed, List<Survivor> survivors, List<NotASpec> notASpec, List<Stale> stale,
        @JsonInclude(JsonInclude.Include.NON_NULL) String by, List<Killed> kills) {
    private static final String NO_REASON = "no reason is recorded";

    /**
     * A mutant, in its words.
     *
     * @param id     its name
     * @param action the definition that it is in
     * @param line   its line in the module
     * @param before what was there
     * @param after  what stands there instead
     */
    record Words(String id, String action, int line, String before, String after) {
        static Words of(SpecMutant mutant) {
            return new Words(mutant.id(), mutant.definition(), mutant.line(), mutant.before(), mutant.after());
        }
    }

    /**
     * A mutant that nothing killed.
     *
     * @param words    which
     * @param reason   the recorded reason, or that there is none
     * @param recorded whether it is recorded
     * @param notes    which judgements could not be made
     * @param seconds  how long it took to judge
     */
    record Survivor(@JsonUnwrapped Words words, String reason, boolean recorded, List<String> notes, double seconds) {
    }

    /**
     * A mutant that TLC cannot evaluate.
     *
     * @param words which
     * @param error why
     */
    record NotASpec(@JsonUnwrapped Words words, String error) {
    }

    /**
     * A record that is about no survivor.
     *
     * @param id     the mutant that it names
     * @param reason what became of that
     */
    record Stale(String id, String reason) {
    }

    /**
     * A mutant that was killed.
     *
     * @param words   which
     * @param kill    how
     * @param seconds how long it took
     */
    record Killed(@JsonUnwrapped Words words, @JsonUnwrapped SpecFate.Kill kill, double seconds) {
    }

    /** Makes the result of what became of some mutants, given all that there are. */
    static SpecMutantsResult of(List<SpecFate> fates, List<SpecMutant> all, SurvivorRecords records,
            String by) {
        List<Survivor> survivors = new ArrayList<>();
        List<NotASpec> notASpec = new ArrayList<>();
        List<Killed> kills = new ArrayList<>();
        List<Stale> stale = new ArrayList<>(unknown(all, records));
        for (SpecFate fate : fates) {
            Words words = Words.of(fate.mutant());
            Optional<String> recorded = records.reason(fate.mutant());
            if (fate.kill().isPresent()) {
                kills.add(new Killed(words, fate.kill().get(), fate.seconds()));
                recorded.ifPresent(reason -> stale.add(new Stale(words.id(), "it is killed: " + fate.kill().get())));
            } else if (fate.error().isPresent()) {
                notASpec.add(new NotASpec(words, fate.error().get()));
                recorded.ifPresent(reason -> stale.add(new Stale(words.id(), "TLC cannot evaluate it: " + fate.error().get())));
            } else {
                survivors.add(new Survivor(words, recorded.orElse(NO_REASON), recorded.isPresent(), fate.notes(), fate.seconds()));
            }
        }
        return new SpecMutantsResult(fates.size(), kills.size(), survivors, notASpec, stale, by, kills);
    }

    private static List<Stale> unknown(List<SpecMutant> all, SurvivorRecords records) {
        List<Stale> stale = new ArrayList<>();
        records.records().forEach((id, entry) -> {
            Optional<SpecMutant> mutant = all.stream().filter(each -> each.id().equals(id)).findFirst();
            if (mutant.isEmpty()) {
                stale.add(new Stale(id, "there is no such mutant"));
            } else if (!mutant.get().before().equals(entry.before())) {
                stale.add(new Stale(id, String.format(Locale.ROOT, "it is about %s, and the mutant replaces %s", entry.before(),
                        mutant.get().before())));
            }
        });
        return stale;
    }

    /** Whether every mutant was killed or survives for a reason that is recorded, and nothing else is. */
    @JsonIgnore
    boolean asExpected() {
        // One judge alone kills fewer: what it leaves is no survivor by that.
        return stale.isEmpty() && (by != null || survivors.stream().allMatch(Survivor::recorded));
    }
}
