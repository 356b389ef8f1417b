package dev.lockstep.cli;

import dev.lockstep.mutants.SpecMutant;
import dev.lockstep.tlc.Model;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Says where the constants of a model switch an action off, whatever else its guards say: a mutant of another of its guards is
 * no mutant there. What it cannot read it takes for true.
 */
final class SwitchedOff {
    private static final Pattern CONSTANT = Pattern.compile("(?m)^ *(\\w+) *= *(.+?) *$");
    private static final Pattern HAPPENS = Pattern.compile("Happens\\((\"\\w+\")\\)");
    private static final Pattern COMPARED = Pattern.compile("(\\w+) (=|#) (\"\\w+\")");
    private static final Pattern IN = Pattern.compile("(\\w+) \\\\in (\\{.*\\})");
    private static final Pattern ASSUMPTION = Pattern.compile("(~?)([A-Z]\\w+)");

    private static final Pattern SWITCH = Pattern.compile("(\\w+) == Holds\\(\"\\1\"\\)");

    private final Map<String, String> constants = new HashMap<>();
    private final Set<String> assumptions;

    /** Takes a model, and the module that defines its assumptions. */
    SwitchedOff(Model model, String module) {
        assumptions = SWITCH.matcher(module).results().map(each -> each.group(1)).collect(Collectors.toSet());
        Matcher constant = CONSTANT.matcher(model.configuration());
        while (constant.find()) {
            constants.put(constant.group(1), constant.group(2));
        }
    }

    /** Whether one of the guards that a mutant leaves its actions is false here, for each of them. */
    boolean has(SpecMutant mutant) {
        return !mutant.guardsLeft().isEmpty() && mutant.guardsLeft().values().stream()
                .allMatch(guards -> guards.stream().anyMatch(this::isFalse));
    }

    private boolean isFalse(String guard) {
        Matcher happens = HAPPENS.matcher(guard);
        if (happens.matches()) {
            return constants.containsKey("Environment") && !constants.get("Environment").contains(happens.group(1));
        }
        Matcher compared = COMPARED.matcher(guard);
        if (compared.matches() && constants.containsKey(compared.group(1))) {
            return constants.get(compared.group(1)).equals(compared.group(3)) != compared.group(2).equals("=");
        }
        Matcher in = IN.matcher(guard);
        if (in.matches() && constants.containsKey(in.group(1))) {
            return !in.group(2).contains(constants.get(in.group(1)));
        }
        Matcher assumption = ASSUMPTION.matcher(guard);
        return assumption.matches() && assumptions.contains(assumption.group(2))
                && holds(assumption.group(2)) == assumption.group(1).equals("~");
    }

    private boolean holds(String assumption) {
        return !constants.getOrDefault("Off", "").contains("\"" + assumption + "\"");
    }
}
