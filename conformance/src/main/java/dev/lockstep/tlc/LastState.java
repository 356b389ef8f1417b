package dev.lockstep.tlc;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds out what is wrong with the state at which TLC's distributed mode stopped, by an ordinary run of TLC on a model
 * that has this state only.
 */
final class LastState {
    private static final String MODULE = "LockstepLastState";
    private static final Pattern VARIABLE = Pattern.compile("(?m)^(?:/\\\\ )?(\\w+) = ");
    private static final Pattern BEHAVIOUR = Pattern.compile("\\b(?:SPECIFICATION|INIT|NEXT)(\\s+)\\w+");

    private static final Pattern SET = Pattern.compile("=\\s*\\{([^{}]*)}");
    private static final Pattern MODEL_VALUE = Pattern.compile("(?<!\")\\b[A-Za-z_]\\w*\\b(?!\")");

    private final Model model;
    private final DistributedSettings settings;
    private final WorkFolder folder;

    /**
     * Prepares the run.
     *
     * @param folder copies of the modules, to which one is added
     */
    LastState(Model model, DistributedSettings settings, WorkFolder folder) {
        this.model = model;
        this.settings = settings;
        this.folder = folder;
    }

    /**
     * Returns the invariant that the state violates.
     *
     * @param state as TLC prints it: a line with its number and action, then a conjunction
     * @throws SpecException if none can be evaluated, or none is violated: TLC stopped at something else
     */
    String violated(String state) {
        // TLC prints values as TLA+ expressions.
        String conjunction = state.substring(state.indexOf('\n') + 1).stripTrailing();
        String variables = VARIABLE.matcher(conjunction).results().map(found -> found.group(1))
                .collect(Collectors.joining(", "));
        Set<String> values = undeclared();
        String text = "---- MODULE " + MODULE + " ----\nEXTENDS " + model.module() + ", TLC\n"
                + (values.isEmpty() ? "" : "CONSTANTS " + String.join(", ", values)) + "\nLockstepInit ==\n"
                + conjunction + "\nLockstepNext == UNCHANGED <<" + variables + ">>\n====\n";
        String configuration = BEHAVIOUR.matcher(model.configuration()).replaceAll("")
                + "\nINIT LockstepInit NEXT LockstepNext\n"
                + values.stream().map(value -> "CONSTANT " + value + " = " + value + "\n").collect(Collectors.joining());
        try {
            Files.writeString(folder.spec().resolve(MODULE + ".tla"), text);
        } catch (IOException e) {
            throw new TlcException("model " + model.name() + ": its last state cannot be written: " + e, e);
        }
        ModelResult judged = new TlcRun(new RunSettings(settings.tlc(), settings.timeout(), false))
                .check(new Model(model.name(), folder.spec(), MODULE, configuration), 1);
        return judged.violated().orElseThrow(() -> new SpecException("model " + model.name()
                + ": TLC stopped at a state that violates no invariant, so that a step from it cannot be evaluated;"
                + " an ordinary run of TLC says why"));
    }

    /** Returns the model values that the configuration makes up in a set, and that no module knows as constants. */
    private Set<String> undeclared() {
        Set<String> found = new LinkedHashSet<>();
        SET.matcher(model.configuration()).results().flatMap(set -> MODEL_VALUE.matcher(set.group(1)).results())
                .map(MatchResult::group).filter(word -> !word.equals("TRUE") && !word.equals("FALSE"))
                .filter(word -> !Pattern.compile("\\b" + word + "\\s*=").matcher(model.configuration()).find())
                .forEach(found::add);
        return found;
    }
}
