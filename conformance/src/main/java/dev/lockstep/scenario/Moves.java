package dev.lockstep.scenario;

import dev.lockstep.trace.Label;
import dev.lockstep.trace.Value;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who gives what to whom in the steps of one behaviour: told in its order, as what a leg reads depends on who began the write.
 * Not thread-safe.
 */
final class Moves {
    private final boolean copied;
    /** Whose memory the legs read for the write in a slot. */
    private final Map<Value, String> memory = new HashMap<>();
    /** Who is told that the write in a slot has ended. */
    private final Map<Value, String> writer = new HashMap<>();

    /**
     * Begins a behaviour.
     *
     * @param copied whether the legs are written from a copy that the driver has made
     */
    Moves(boolean copied) {
        this.copied = copied;
    }

    /**
     * Returns a step's arrows; none if who acts does it alone, or nothing is known of it.
     *
     * @param action the action as Mirror.tla, Generations.tla, TwoCopies.tla or OneCopy.tla has it, its parameters included
     */
    List<Move> of(Label action, Map<String, Value> before, Map<String, Value> after) {
        return switch (action.action()) {
            case "Store", "MarkPageDirty", "MarkFirst", "FreeBlock" -> way(Lanes.APPLICATION, Lanes.CACHE);
            case "Read" -> last(action).map(leg -> way(Lanes.leg(leg), Lanes.APPLICATION)).orElse(List.of());
            case "DirectWrite" -> began(action, Lanes.APPLICATION, Lanes.APPLICATION, way(Lanes.APPLICATION, Lanes.DRIVER));
            case "Discard" -> began(action, Lanes.DRIVER, Lanes.APPLICATION, way(Lanes.APPLICATION, Lanes.DRIVER));
            case "WriteBackClear" -> began(action, Lanes.CACHE, Lanes.CACHE, List.of());
            case "WriteBack" -> began(action, Lanes.CACHE, Lanes.CACHE, way(Lanes.CACHE, Lanes.DRIVER));
            case "CopyPage", "Submit", "SyncEnd", "SyncFails" -> way(Lanes.CACHE, Lanes.DRIVER);
            case "SyncBegin" -> way(Lanes.DRIVER, Lanes.CACHE);
            case "Write" -> way(before.containsKey("label") ? Lanes.APPLICATION : Lanes.DRIVER,
                    before.containsKey("label") ? Lanes.DRIVER : Lanes.LOG);
            case "LogWrite", "LogFlushBegin", "BitsWrite", "Repeat", "MakeAnew" -> way(Lanes.DRIVER, Lanes.LOG);
            case "LogFlushEnd", "LogFlushFails", "LogFlush", "BitsFlush", "Kept", "Ended", "Open", "Restart" -> way(Lanes.LOG, Lanes.DRIVER);
            case "Issue" -> toLegs(first(action).map(slot -> Parts.entries(Parts.of(after, "slot", slot, "todo"))).orElse(Map.of()),
                    Value.set());
            case "LegWrite" -> last(action).map(leg -> way(memory.getOrDefault(action.arguments().get(0), copied ? Lanes.DRIVER
                    : Lanes.CACHE), Lanes.leg(leg))).orElse(List.of());
            case "EndWrite" -> way(Lanes.DRIVER, first(action).map(slot -> writer.getOrDefault(slot, Lanes.CACHE)).orElse(Lanes.CACHE));
            case "FlushBegin", "CertifyBegin" -> toLegs(Parts.entries(Parts.of(after, "legFlush")), Value.of("idle"));
            case "LegFlushEnd", "LegFlushFails", "NoticeFailure", "Fails" -> last(action).map(leg -> way(Lanes.leg(leg), Lanes.DRIVER))
                    .orElse(List.of());
            case "FlushEnd", "UnmountEnd" -> way(Lanes.DRIVER, Lanes.APPLICATION);
            case "UnmountBegin", "Suspect" -> way(Lanes.APPLICATION, Lanes.DRIVER);
            case "Compare" -> inUse(after).map(leg -> new Move(Lanes.leg(leg), Lanes.DRIVER)).toList();
            case "ResyncCopy" -> copy(action, before);
            case "RecordBegin", "RecordFailure" -> inUse(after).map(leg -> new Move(Lanes.DRIVER, Lanes.leg(leg))).toList();
            case "Readmit", "LateWrite", "LabelWrite", "TakeOut", "Remove", "Add" -> last(action).map(leg -> way(Lanes.DRIVER, Lanes.leg(leg)))
                    .orElse(List.of());
            default -> List.of();
        };
    }

    private List<Move> began(Label action, String reads, String told, List<Move> moves) {
        first(action).ifPresent(slot -> {
            memory.put(slot, copied ? Lanes.DRIVER : reads);
            writer.put(slot, told);
        });
        return moves;
    }

    /** To each leg for which there is something to do. */
    private static List<Move> toLegs(Map<Value, Value> todo, Value nothing) {
        return todo.entrySet().stream().filter(entry -> !Objects.equals(entry.getValue(), nothing))
                .map(entry -> new Move(Lanes.DRIVER, Lanes.leg(entry.getKey()))).toList();
    }

    private static List<Move> copy(Label action, Map<String, Value> before) {
        Optional<Value> source = Parts.of(before, "source");
        Optional<Value> target = last(action);
        return source.isEmpty() || target.isEmpty() || source.equals(target) ? List.of()
                : way(Lanes.leg(source.get()), Lanes.leg(target.get()));
    }

    private static Stream<Value> inUse(Map<String, Value> state) {
        Collection<Value> out = Parts.elements(Parts.of(state, "out"));
        return Lanes.legs(state).stream().filter(leg -> !out.contains(leg));
    }

    private static Optional<Value> first(Label action) {
        return action.arguments().stream().findFirst();
    }

    private static Optional<Value> last(Label action) {
        return action.arguments().isEmpty() ? Optional.empty() : Optional.of(action.arguments().get(action.arguments().size() - 1));
    }

    private static List<Move> way(String from, String to) {
        return List.of(new Move(from, to));
    }
}
