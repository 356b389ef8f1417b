package dev.lockstep.mutants;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A module of the spec with one conjunct put otherwise.
 *
 * @param id         its name, such as {@code Submit.guard1.negate} or {@code Submit.update.state.drop}
 * @param definition the definition that the conjunct stands in
 * @param actions    the actions that are not what they were: that definition, or those that use it
 * @param kind       what was done to the conjunct
 * @param line       the line of the module on which the conjunct begins, from 1 on
 * @param before     the conjunct, on one line
 * @param after      what stands in its place, on one line
 * @param guardsLeft by action, its own guards that are as they were, each on one line
 * @param dropped    what takes the guard away that it is about; empty if it is about an update
 * @param text       the whole module
 */
public record SpecMutant(String id, String definition, Set<String> actions, Kind kind, int line, String before, String after,
        Map<String, List<String>> guardsLeft, Optional<Edit> dropped, String text) {

    /**
     * A piece of a module, and what is to stand in its place.
     *
     * @param from its first character
     * @param to   what follows its last one
     * @param text what is to stand there
     */
    public record Edit(int from, int to, String text) {
        /**
         * {@return a module with some guards taken away at a time; what is possible with one of them taken away is possible}
         *
         * @param module the module
         * @param edits  of guards; of one that lies in another, the other is taken away
         */
        public static String all(String module, Collection<Edit> edits) {
            StringBuilder edited = new StringBuilder();
            int at = 0;
            for (Edit edit : edits.stream().sorted(Comparator.comparingInt(Edit::from)
                    .thenComparing(Edit::to, Comparator.reverseOrder())).toList()) {
                if (edit.from >= at) {
                    edited.append(module, at, edit.from).append(edit.text);
                    at = edit.to;
                }
            }
            return edited.append(module, at, module.length()).toString();
        }
    }

    /** What can be done to a conjunct. */
    public enum Kind {
        /** A guard is taken away, so that the action is possible where it was not. */
        DROP_GUARD("drop"),
        /** A guard is turned round. */
        NEGATE_GUARD("negate"),
        /** A variable stays as it is, instead of getting its new value. */
        DROP_UPDATE("drop");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** {@return how ids of this kind end} */
        public String word() {
            return word;
        }
    }

    /** Keeps copies of what it is given. */
    public SpecMutant {
        actions = Set.copyOf(actions);
        guardsLeft = Map.copyOf(guardsLeft);
    }

    /** {@return whether it leaves it to the guards as they were when an action is possible} */
    public boolean keepsGuards() {
        return kind == Kind.DROP_UPDATE;
    }
}
