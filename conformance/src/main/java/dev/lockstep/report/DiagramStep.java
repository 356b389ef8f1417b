package dev.lockstep.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A step of a behaviour that is drawn.
 *
 * @param number  as the result counts them
 * @param action  the action and its parameters
 * @param actor   who acts; empty if it is not known, as of the first state
 * @param meaning what it means; likewise
 * @param seed    ids of the mail's sentences that it stands for
 * @param kernel  functions of the kernel that it stands for
 * @param moves   who gives what to whom; none if who acts does it alone
 * @param shows   what is so on some lanes from now on
 * @param changes parts of the specification's variables that have another value than before; none of the first state
 * @param crash   whether it is a crash
 * @param harm    why it is the harmful step; none if it is not
 */
record DiagramStep(long number, String action, String actor, String meaning, List<String> seed, List<String> kernel, List<Move> moves,
        List<Sight> shows, List<String> changes, boolean crash, Optional<String> harm) {
    private static final String HARM = "From here on the legs differ.";
    /** The file system uses the volume as an application does. */
    private static final Map<String, String> LANES = Map.of("file system", "application");

    /** An arrow. */
    record Move(String from, String to) {
        static Move of(Entry json) {
            return new Move(json.text("from"), json.text("to"));
        }
    }

    /** What is seen on a lane. */
    record Sight(String lane, String text) {
        static Sight of(Entry json) {
            return new Sight(json.text("lane"), json.text("text"));
        }
    }

    static DiagramStep of(Entry json) {
        return new DiagramStep(json.number("number"), json.text("action"), json.text("actor"), json.text("meaning"), json.texts("seed"),
                json.texts("kernel"), json.list("moves", Move::of), json.list("shows", Sight::of), changes(json),
                json.flag("crash"), harm(json.at("harm")));
    }

    private static List<String> changes(Entry json) {
        return json.at("changes").missing() ? List.of() : json.list("changes", CounterexampleState.Change::of).stream()
                .flatMap(change -> change.from().map(from -> change.variable() + ": " + from + " → " + change.to()).stream()).toList();
    }

    /** A scenario says that a step does the harm, a counterexample says why. */
    private static Optional<String> harm(Entry json) {
        if (json.node().isBoolean()) {
            return json.node().booleanValue() ? Optional.of(HARM) : Optional.empty();
        }
        return json.missing() ? Optional.empty() : Optional.of(json.asText());
    }

    /** Returns the lane of who acts: none if it is not known which, or if it is all of them. */
    Optional<String> lane() {
        return actor.isEmpty() || actor.equals("leg") || crash ? Optional.empty() : Optional.of(LANES.getOrDefault(actor, actor));
    }

    /** Returns number and action, and who acts. */
    String title() {
        return number + "  " + action + (actor.isEmpty() || crash ? "" : "  –  " + actor);
    }

    /** Returns what a crash is called on the line that stands for it. */
    String crashName() {
        return action.startsWith("PowerCut") ? "POWER CUT" : "KILLED";
    }

    /**
     * Returns what is said below the title, paragraph by paragraph.
     *
     * @param quotations the mail's sentences by their ids
     * @param quoted     the ids that were quoted before: those cited for the first time are quoted, and noted here
     */
    List<String> paragraphs(Map<String, String> quotations, Set<String> quoted) {
        List<String> paragraphs = new ArrayList<>();
        if (!meaning.isEmpty()) {
            paragraphs.add(meaning);
        }
        List<String> ids = new ArrayList<>();
        for (String id : seed) {
            if (quotations.containsKey(id) && quoted.add(id)) {
                paragraphs.add("Mail, " + id + ": “" + quotations.get(id) + "”");
            } else {
                ids.add(id);
            }
        }
        if (!ids.isEmpty()) {
            paragraphs.add("Mail, " + String.join(", ", ids));
        }
        if (!kernel.isEmpty()) {
            paragraphs.add("Kernel: " + String.join(", ", kernel));
        }
        return paragraphs;
    }

    /** Returns what is said of the harm, if this is the step that does it. */
    Optional<String> harmful() {
        return harm.map(why -> "The harmful step. " + why);
    }
}
