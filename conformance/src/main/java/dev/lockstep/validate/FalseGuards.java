package dev.lockstep.validate;

import dev.lockstep.tlc.GraphSession;
import dev.lockstep.tlc.Model;
import dev.lockstep.trace.FunctionValue;
import dev.lockstep.trace.IntValue;
import dev.lockstep.trace.StateGraph;
import dev.lockstep.trace.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says why an event is no step of the specification in a state: the first guard of its action that does not hold, as TLC finds it. */
final class FalseGuards {
    private static final String MODULE = "Mirror";
    private static final String ROOM = "Why";
    private static final Value NOTHING = Value.of(0);

    private final Model model;
    private final Duration watchdog;
    private final Guards guards;

    /**
     * Of a model.
     *
     * @param model    a model that is in a folder where another module can be made
     * @param watchdog how long TLC may take
     */
    FalseGuards(Model model, Duration watchdog) throws IOException {
        this.model = model;
        this.watchdog = watchdog;
        this.guards = Guards.of(Files.readString(model.directory().resolve(MODULE + ".tla")));
    }

    /**
     * {@return a sentence for each step that the event might be; none if it is not one that is asked about}
     *
     * @param event an event
     * @param all   the variables in a state, those of the recorder included
     * @param state those of the mirror
     */
    List<String> of(Event event, Map<String, Value> all, Map<String, Value> state) throws IOException {
        List<String> sentences = new ArrayList<>();
        if (ofWrite(event) && slots(all, event.arguments().get(0)).isEmpty()) {
            sentences.add("write " + event.arguments().get(0) + " is not in flight");
        }
        for (Guards.Action action : actions(event, all)) {
            Optional<Guards.OfAction> found = guards.of(action);
            if (found.isPresent()) {
                int first = first(action, found.get(), state);
                sentences.add(action + (first == 0 ? ": its guards hold, and what it leaves is something else" : " does not hold: "
                        + found.get().line(first - 1)));
            }
        }
        return sentences;
    }

    private static boolean ofWrite(Event event) {
        return List.of("CopyPage", "Submit", "Issue", "EndWrite", "LegWrite", "LegWriteBegun").contains(event.what());
    }

    /** What steps of the specification the event might be. */
    private static List<Guards.Action> actions(Event event, Map<String, Value> all) {
        List<Value> told = event.arguments();
        return switch (event.what()) {
            case "WriteBackClear", "DirectWrite", "Discard" -> slots(all, NOTHING).stream().limit(1)
                    .map(slot -> action(event.what(), slot, told.subList(1, told.size()))).toList();
            case "CopyPage", "Submit", "Issue", "EndWrite" -> slots(all, told.get(0)).stream().map(slot -> action(event.what(), slot, List.of())).toList();
            case "LegWrite", "LegWriteBegun" -> slots(all, told.get(0)).stream().map(slot -> action("LegWrite", slot, told.subList(1, 3))).toList();
            case "PutOut" -> List.of(action("NoticeFailure", told), action("LegFlushFails", told));
            case "LegReturns" -> List.of(action(event.what(), told.subList(0, 1)));
            case "RecordFailure", "PowerCut" -> List.of(new Guards.Action(event.what(), List.of()));
            case "RoundEnd" -> List.of(new Guards.Action("FlushEnd", List.of()), new Guards.Action("CertifyEnd", List.of()));
            case "Compare" -> List.of(action(event.what(), told.subList(0, 1)));
            case "ResyncCopy" -> List.of(action(event.what(), told.subList(0, 2)));
            case "LogWrite", "LogWriteBegun" -> List.of(new Guards.Action("LogWrite", List.of()));
            case "ChangeMemory", "CompareBegun", "ResyncCopyBegun" -> List.of();
            default -> List.of(action(event.what(), told));
        };
    }

    private static Guards.Action action(String name, Value first, List<Value> others) {
        List<Value> all = new ArrayList<>(List.of(first));
        all.addAll(others);
        return action(name, all);
    }

    private static Guards.Action action(String name, List<Value> arguments) {
        return new Guards.Action(name, arguments.stream().map(Value::toString).toList());
    }

    /** The slots that a write is in; those that are free if it is 0. */
    private static List<Value> slots(Map<String, Value> all, Value write) {
        return ((FunctionValue) all.get("write")).entries().entrySet().stream().filter(slot -> slot.getValue().equals(write)).map(Map.Entry::getKey).toList();
    }

    /** The number of the first guard that does not hold, from 1 on; 0 if all hold. */
    private int first(Guards.Action action, Guards.OfAction found, Map<String, Value> state) throws IOException {
        StringBuilder text = new StringBuilder("---- MODULE " + ROOM + " ----\nEXTENDS Mirror, Bounds, TLC\nVARIABLE first\n");
        StringBuilder choice = new StringBuilder();
        for (int i = 0; i < found.conjuncts().size(); i++) {
            text.append("Guard").append(i + 1).append(found.parameters()).append(" ==").append(found.before().isBlank() ? "\n" : found.before())
                    .append(found.conjuncts().get(i)).append('\n');
            choice.append("IF ~").append(action.applied("Guard" + (i + 1))).append(" THEN ").append(i + 1).append(" ELSE ");
        }
        text.append("WhyInit ==\n");
        state.forEach((name, value) -> text.append("  /\\ ").append(name).append(" = ").append(value).append('\n'));
        text.append("  /\\ first = ").append(choice).append("0\nWhyNext == FALSE /\\ UNCHANGED <<vars, first>>\n====\n");
        Files.writeString(model.directory().resolve(ROOM + ".tla"), text);
        String constants = model.configuration().replace("INIT RecordedInit", "INIT WhyInit").replace("NEXT RecordedNext", "NEXT WhyNext");
        try (GraphSession session = new GraphSession()) {
            StateGraph graph = session.explore(new Model(ROOM, model.directory(), ROOM, constants), watchdog, 1).found().graph();
            return (int) ((IntValue) graph.value(0, graph.variable("first"))).value();
        }
    }
}
