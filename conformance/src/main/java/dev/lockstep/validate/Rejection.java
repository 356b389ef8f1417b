package dev.lockstep.validate;

import dev.lockstep.tlc.GraphSession;
import dev.lockstep.tlc.Model;
import dev.lockstep.trace.FunctionValue;
import dev.lockstep.trace.IntValue;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.RecordValue;
import dev.lockstep.trace.StateGraph;
import dev.lockstep.trace.TupleValue;
import dev.lockstep.trace.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Why a recording is rejected: the first event that no step of the specification explains, what the specification could do there, and what
 * differs.
 *
 * @param explained  how many events are explained
 * @param event      the first that is not
 * @param since      when it was done at the earliest, by the recorder's clock
 * @param by         when it was done at the latest
 * @param others     other events that may come there too, in no order that is known
 * @param before     the last events that came before
 * @param guards     of the steps that the event might be, the first guard that does not hold
 * @param candidates what the specification could do there, what is most like the event first, and what each would change
 * @param differs    what the event says, and the specification otherwise
 * @param state      the specification's variables there
 */
public record Rejection(int explained, String event, long since, long by, List<String> others, List<String> before,
        List<String> guards, List<String> candidates, List<String> differs, Map<String, String> state) {
    private static final int BEFORE = 12;
    private static final int CANDIDATES = 12;
    private static final long ENOUGH = 2000;
    private static final Set<String> OF_RECORDER = Set.of("recording", "at", "write", "flush", "cuts");

    /**
     * Explains a rejection.
     *
     * @param recording the recording
     * @param state     a state in which no more of its events can be explained
     * @param model     the model that was judged; it is in a folder where another module can be made
     * @param watchdog  how long TLC may take
     * @return the explanation
     * @throws IOException if the module cannot be written
     */
    static Rejection of(Recording recording, Map<String, Value> state, Model model, Duration watchdog) throws IOException {
        int[] at = ((TupleValue) state.get("at")).elements().stream().mapToInt(Rejection::number).toArray();
        List<Event> next = next(recording, at);
        Event first = next.get(0);
        Map<String, Value> mirror = new TreeMap<>(state);
        mirror.keySet().removeAll(OF_RECORDER);
        return new Rejection(Arrays.stream(at).sum(), first.toString(), first.begin(), first.end(),
                next.subList(1, next.size()).stream().map(Event::toString).toList(), before(recording, at),
                new FalseGuards(model, watchdog).of(first, state, mirror), candidates(first, mirror, model, watchdog), differs(first, mirror), text(mirror));
    }

    /** The events that may come next, by their ends: what begins after the first has ended cannot come before it. */
    private static List<Event> next(Recording recording, int[] at) {
        List<Event> next = new ArrayList<>();
        for (int chain = 0; chain < at.length; chain++) {
            if (at[chain] < recording.chains().get(chain).size()) {
                Event event = recording.chains().get(chain).get(at[chain]);
                int[] before = recording.before(event);
                boolean may = true;
                for (int i = 0; i < at.length; i++) {
                    may &= at[i] >= before[i];
                }
                if (may) {
                    next.add(event);
                }
            }
        }
        next.sort(Comparator.comparingLong(Event::end));
        return next;
    }

    private static List<String> before(Recording recording, int[] at) {
        List<Event> before = new ArrayList<>();
        for (int chain = 0; chain < at.length; chain++) {
            before.addAll(recording.chains().get(chain).subList(0, at[chain]));
        }
        before.sort(Comparator.comparingLong(Event::end));
        return before.subList(Math.max(0, before.size() - BEFORE), before.size()).stream().map(Event::toString).toList();
    }

    /** TLC says what is possible from that state on. */
    private static List<String> candidates(Event event, Map<String, Value> state, Model model, Duration watchdog) throws IOException {
        StringBuilder text = new StringBuilder("---- MODULE Here ----\nEXTENDS Mirror, Bounds, TLC\nHereInit ==\n");
        state.forEach((name, value) -> text.append("  /\\ ").append(name).append(" = ").append(value).append('\n'));
        Files.writeString(model.directory().resolve("Here.tla"), text.append("====\n"));
        String constants = model.configuration().replace("INIT RecordedInit", "INIT HereInit").replace("NEXT RecordedNext", "NEXT Next");
        StateGraph graph;
        try (GraphSession session = new GraphSession()) {
            graph = session.explore(new Model("Here", model.directory(), "Here", constants), watchdog, ENOUGH).found().graph();
        }
        Set<String> same = new LinkedHashSet<>();
        Set<String> others = new LinkedHashSet<>();
        for (int edge = graph.firstEdge(0); edge < graph.edgeCount() && graph.source(edge) == 0; edge++) {
            Label label = graph.label(edge);
            (isLike(event, label) ? same : others).add(label + changes(graph, edge));
        }
        return Stream.concat(same.stream(), others.stream()).limit(CANDIDATES).toList();
    }

    private static boolean isLike(Event event, Label label) {
        return event.what().equals(label.action())
                || event.what().equals("RoundEnd") && Set.of("FlushEnd", "CertifyEnd").contains(label.action());
    }

    private static String changes(StateGraph graph, int edge) {
        List<String> changes = new ArrayList<>();
        for (String name : graph.variables()) {
            int variable = graph.variable(name);
            Value after = graph.value(graph.target(edge), variable);
            if (!after.equals(graph.value(0, variable))) {
                changes.add(name + " = " + after);
            }
        }
        return changes.isEmpty() ? "" : ", then " + String.join(", ", changes);
    }

    /** What was seen of something that changes nothing, next to what the specification has; else nothing: the candidates tell. */
    private static List<String> differs(Event event, Map<String, Value> state) {
        List<String> differs = new ArrayList<>();
        List<Value> seen = event.arguments();
        switch (event.what()) {
            case "Look" -> {
                differ(differs, "mode", state.get("mode"), seen.get(0));
                differ(differs, "state", inOrder(state.get("state")), seen.get(1));
                differ(differs, "bit", inOrder(state.get("bit")), seen.get(2));
                differ(differs, "durablyDirty", state.get("durablyDirty"), chosen(seen.get(3)));
                differ(differs, "chosen", state.get("chosen"), chosen(seen.get(4)));
                differ(differs, "legFlush", inOrder(state.get("legFlush")), seen.get(5));
                differ(differs, "logIo", state.get("logIo"), seen.get(6));
                differ(differs, "sweep", state.get("sweep"), seen.get(7));
                legsInUse(differs, seen.subList(8, seen.size()), state.get("out"), state.get("source"));
            }
            case "Found" -> {
                differ(differs, "leg.now", legs(state.get("leg")), seen.get(0));
                differ(differs, "log.now", inOrder(field(state.get("log"), "now")), seen.get(1));
                legsInUse(differs, seen.subList(2, seen.size()), field(state.get("record"), "out"), field(state.get("record"), "source"));
            }
            case "PowerCut" -> differs.addAll(CutFound.ofOne(event, leaves(state)).wrong());
            case CutFound.NAME -> differs.addAll(CutFound.of(event, leaves(state)).wrong());
            case "Read" -> differ(differs, "block " + seen.get(0) + " on leg " + seen.get(1),
                    ((TupleValue) ((TupleValue) legs(state.get("leg"))).elements().get(number(seen.get(1)))).elements()
                            .get(number(seen.get(0))), seen.get(2));
            default -> {
                // An event that is a step.
            }
        }
        return differs;
    }

    /** Which legs are out of use, and which is the source, if that was seen. */
    private static void legsInUse(List<String> differs, List<Value> seen, Value out, Value source) {
        if (!seen.isEmpty()) {
            differ(differs, "out", out, chosen(seen.get(0)));
            differ(differs, "source", source, seen.get(1));
        }
    }

    /** What {@code Leaves} of {@code Recorded.tla} says. */
    private static Value leaves(Map<String, Value> state) {
        return Value.tuple(Value.tuple(((TupleValue) inOrder(state.get("leg"))).elements().stream().map(leg -> field(leg, "may")).toList()),
                field(state.get("log"), "may"));
    }

    private static void differ(List<String> differs, String what, Value expected, Value observed) {
        if (!expected.equals(observed)) {
            differs.add(what + ": the specification has " + expected + ", observed was " + observed);
        }
    }

    private static int number(Value value) {
        return (int) ((IntValue) value).value();
    }

    /** A function on 0, 1 and so on as a tuple. */
    private static Value inOrder(Value function) {
        return Value.tuple(((FunctionValue) function).entries().entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue).toList());
    }

    private static Value field(Value record, String name) {
        return Optional.ofNullable(((RecordValue) record).fields().get(name)).orElseThrow();
    }

    private static Value legs(Value legs) {
        return Value.tuple(((TupleValue) inOrder(legs)).elements().stream().map(leg -> inOrder(field(leg, "now"))).toList());
    }

    /** The set of those for which it is true. */
    private static Value chosen(Value flags) {
        List<Value> all = ((TupleValue) flags).elements();
        return Value.set(Stream.iterate(0, i -> i < all.size(), i -> i + 1).filter(i -> all.get(i).equals(Value.of(true)))
                .map(i -> Value.of(i.longValue())).toList());
    }

    private static Map<String, String> text(Map<String, Value> state) {
        Map<String, String> text = new TreeMap<>();
        state.forEach((name, value) -> text.put(name, value.toString()));
        return text;
    }

    /** {@return it, for a reader} */
    public String text() {
        StringBuilder text = new StringBuilder("  " + explained + " events are explained; the first that no step of the specification "
                + "explains:\n    " + event + ", between " + since + " and " + by + " by the recorder's clock\n");
        list(text, "what differs", differs);
        list(text, "why it is no step here", guards);
        list(text, "what the specification could do here, what is most like it first", candidates);
        list(text, "events that may come here as well, and are not explained either", others);
        list(text, "the last events before", before);
        text.append("  the specification's state here\n");
        state.forEach((name, value) -> text.append("    ").append(name).append(" = ").append(value).append('\n'));
        return text.toString();
    }

    private static void list(StringBuilder text, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            text.append("  ").append(title).append('\n');
            lines.forEach(line -> text.append("    ").append(line).append('\n'));
        }
    }
}
