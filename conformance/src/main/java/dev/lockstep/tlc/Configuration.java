package dev.lockstep.tlc;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a TLC configuration, as far as it says what is to be judged. */
final class Configuration {
    private static final Pattern COMMENT = Pattern.compile("\\(\\*.*?\\*\\)|\\\\\\*[^\\n]*", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("\\S+");
    private static final Pattern NOT_LINE_BREAK = Pattern.compile("[^\\n]");
    private static final Pattern VIOLATED =
            Pattern.compile("(?:Invariant|Action property|Property|Temporal property) (\\S+) is violated");
    private static final Set<String> INVARIANT = Set.of("INVARIANT", "INVARIANTS");
    private static final Set<String> PROPERTY = Set.of("PROPERTY", "PROPERTIES");
    private static final Set<String> ACTION_CONSTRAINT = Set.of("ACTION_CONSTRAINT", "ACTION_CONSTRAINTS");
    private static final Set<String> OTHER_SECTIONS = Set.of("CONSTANT", "CONSTANTS", "CONSTRAINT", "CONSTRAINTS",
            "ACTION_CONSTRAINT", "ACTION_CONSTRAINTS", "INIT", "NEXT", "VIEW", "SYMMETRY", "SPECIFICATION", "TYPE",
            "TYPE_CONSTRAINT", "CHECK_DEADLOCK", "ALIAS", "POSTCONDITION");

    private final List<String> invariants = new ArrayList<>();
    private final List<String> properties = new ArrayList<>();
    private final Set<String> words = new HashSet<>();
    private final String unjudged;

    Configuration(String text) {
        String bare = COMMENT.matcher(text).replaceAll(comment -> blank(comment.group()));
        StringBuilder rest = new StringBuilder(bare);
        List<String> section = null;
        Matcher word = WORD.matcher(bare);
        while (word.find()) {
            words.add(word.group());
            if (INVARIANT.contains(word.group())) {
                section = invariants;
            } else if (PROPERTY.contains(word.group())) {
                section = properties;
            } else if (OTHER_SECTIONS.contains(word.group())) {
                section = null;
            } else if (section != null) {
                section.add(word.group());
            }
            if (section != null) {
                rest.replace(word.start(), word.end(), blank(word.group()));
            }
        }
        unjudged = rest.toString();
    }

    /** Returns the configuration without invariants and properties; every line stays where it is. */
    String withoutJudgement() {
        return unjudged;
    }

    /**
     * Says whether there is anything but invariants that decides about a step from one state to another: a property,
     * or a constraint on actions.
     */
    boolean judgesSteps() {
        return !properties.isEmpty() || ACTION_CONSTRAINT.stream().anyMatch(words::contains);
    }

    /** Says whether states count as one that are alike by a symmetry. */
    boolean reducesBySymmetry() {
        return words.contains("SYMMETRY");
    }

    /**
     * Returns the judged name that a violation is about: the one that TLC names, or else (TLC names no temporal
     * property, and for a refinement a part of it) the only property that there is. Empty if that cannot be told.
     */
    Optional<String> violatedBy(Message violation) {
        Matcher named = VIOLATED.matcher(violation.text());
        String name = named.find() ? named.group(1) : "";
        if (invariants.contains(name) || properties.contains(name)) {
            return Optional.of(name);
        }
        boolean invariant = violation.code() == Codes.INVARIANT_VIOLATED
                || violation.code() == Codes.INVARIANT_VIOLATED_INITIAL;
        return !invariant && properties.size() == 1 ? Optional.of(properties.get(0)) : Optional.empty();
    }

    private static String blank(String text) {
        return NOT_LINE_BREAK.matcher(text).replaceAll(" ");
    }
}
