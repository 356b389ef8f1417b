package dev.lockstep.validate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The guards of a module's actions: of the conjunction that an action is, the conjuncts that say nothing of the state after the step. A
 * definition begins at the margin, and its conjuncts in the column of the first one. Immutable.
 */
final class Guards {
    private static final Pattern DEFINITION = Pattern.compile("(?m)^(\\w+)(\\([^=\\n]*\\))? ==(.*(?:\\n(?:[ \\t].*)?)*)");
    private static final Pattern WORD = Pattern.compile("\\w+");
    private static final String CONJUNCT = "  /\\ ";
    private static final String COMMENT = "\\*";

    private final Map<String, Definition> definitions;
    private final Set<String> steps;

    /** A definition: its parameters in parentheses, if it has any, and its text. */
    private record Definition(String parameters, String body) {
    }

    /**
     * An action's guards.
     *
     * @param parameters its parameters in parentheses, or nothing
     * @param before     what it defines for itself
     * @param conjuncts  the guards in their order, as they stand there
     */
    record OfAction(String parameters, String before, List<String> conjuncts) {
        OfAction {
            conjuncts = List.copyOf(conjuncts);
        }

        /** A guard on one line. */
        String line(int guard) {
            return conjuncts.get(guard).substring(CONJUNCT.length()).replaceAll("\\s+", " ").trim();
        }
    }

    private Guards(Map<String, Definition> definitions) {
        this.definitions = definitions;
        this.steps = steps(definitions);
    }

    /** Reads a module. */
    static Guards of(String module) {
        Map<String, Definition> definitions = new LinkedHashMap<>();
        Matcher matcher = DEFINITION.matcher(module);
        while (matcher.find()) {
            definitions.put(matcher.group(1), new Definition(Optional.ofNullable(matcher.group(2)).orElse(""), withoutComments(matcher.group(3))));
        }
        return new Guards(definitions);
    }

    private static String withoutComments(String text) {
        StringBuilder kept = new StringBuilder();
        text.lines().filter(line -> !line.trim().startsWith(COMMENT)).forEach(line -> kept.append(line).append('\n'));
        return kept.toString();
    }

    /** The definitions that take steps: they have primes, or use one that has. */
    private static Set<String> steps(Map<String, Definition> definitions) {
        Set<String> steps = new HashSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (Map.Entry<String, Definition> each : definitions.entrySet()) {
                more |= takesStep(each.getValue().body(), steps) && steps.add(each.getKey());
            }
        }
        return steps;
    }

    private static boolean takesStep(String text, Set<String> steps) {
        return text.contains("'") || text.contains("UNCHANGED") || WORD.matcher(text).results().anyMatch(word -> steps.contains(word.group()));
    }

    /** The guards of an action; empty if the module does not define it, or not as a conjunction. */
    Optional<OfAction> of(Action action) {
        Definition definition = definitions.get(action.name());
        if (definition == null) {
            return Optional.empty();
        }
        StringBuilder before = new StringBuilder();
        List<StringBuilder> conjuncts = new ArrayList<>();
        definition.body().lines().forEach(line -> {
            if (line.startsWith(CONJUNCT)) {
                conjuncts.add(new StringBuilder());
            }
            (conjuncts.isEmpty() ? before : conjuncts.get(conjuncts.size() - 1)).append(line).append('\n');
        });
        List<String> guards = conjuncts.stream().map(StringBuilder::toString).filter(each -> !takesStep(each, steps)).toList();
        return guards.isEmpty() ? Optional.empty() : Optional.of(new OfAction(definition.parameters(), before.toString(), guards));
    }

    /**
     * An action with its arguments.
     *
     * @param name      its name
     * @param arguments as TLA+ writes them
     */
    record Action(String name, List<String> arguments) {
        Action {
            arguments = List.copyOf(arguments);
        }

        /** As TLA+ applies it, under another name. */
        String applied(String as) {
            return as + (arguments.isEmpty() ? "" : "(" + String.join(", ", arguments) + ")");
        }

        @Override
        public String toString() {
            return applied(name);
        }
    }
}
