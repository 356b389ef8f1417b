package dev.lockstep.trace;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Traces as ITF files (Apalache's ADR-015). Beside what ITF asks for, {@code #meta} carries the spec's hash, policy,
 * size and the trace's id, and every state's {@code #meta} the action with its arguments that led to it; the start's
 * action is {@code Init}.
 */
public final class TraceJson {
    private static final String META = "#meta";
    private static final String START = "Init";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private TraceJson() {
    }

    /** Returns the trace as ITF. */
    public static ObjectNode toJson(Trace trace) {
        ObjectNode root = NODES.objectNode();
        root.putObject(META).put("format", "ITF").put("id", trace.id())
                .put("specHash", trace.specHash()).put("policy", trace.policy()).put("size", trace.size());
        ArrayNode vars = root.putArray("vars");
        trace.start().keySet().forEach(vars::add);
        ArrayNode states = root.putArray("states");
        states.add(state(0, Label.of(START), trace.start()));
        for (Step step : trace.steps()) {
            states.add(state(states.size(), step.label(), step.post()));
        }
        return root;
    }

    /**
     * Reads a trace.
     *
     * @param place where the JSON stands (a file name), for messages
     * @throws FormatException if it is not a trace, or was changed since its id was written; the message names the
     *         place inside
     */
    public static Trace fromJson(JsonNode root, String place) {
        JsonNode meta = root.path(META);
        List<String> vars = Itf.items(root.get("vars"), place + ": vars", TraceJson::text);
        List<JsonNode> states = Itf.items(root.get("states"), place + ": states", (state, inside) -> state);
        if (states.isEmpty()) {
            throw new FormatException(place + ": states: expected at least the start state, found none");
        }
        List<Step> steps = new ArrayList<>();
        for (int i = 1; i < states.size(); i++) {
            String inside = place + ": states[" + i + "]";
            Label label = label(states.get(i).path(META), inside + "." + META);
            steps.add(new Step(label, variables(states.get(i), vars, inside)));
        }
        String metaPlace = place + ": " + META + ".";
        Trace trace = new Trace(
                text(meta.get("specHash"), metaPlace + "specHash"),
                text(meta.get("policy"), metaPlace + "policy"),
                text(meta.get("size"), metaPlace + "size"),
                variables(states.get(0), vars, place + ": states[0]"),
                steps);
        if (meta.has("id") && !meta.get("id").asText().equals(trace.id())) {
            throw Itf.expected(
                    metaPlace + "id", trace.id() + " (the hash of the trace that the file holds)", meta.get("id"));
        }
        return trace;
    }

    /**
     * Writes a trace to a file, one line a state.
     *
     * @throws IOException if the file cannot be written
     */
    public static void write(Trace trace, Path file) throws IOException {
        ObjectNode root = toJson(trace);
        StringBuilder out = new StringBuilder("{\n\"#meta\": ").append(root.get(META))
                .append(",\n\"vars\": ").append(root.get("vars"))
                .append(",\n\"states\": [\n");
        for (Iterator<JsonNode> states = root.get("states").elements(); states.hasNext(); ) {
            out.append(states.next()).append(states.hasNext() ? ",\n" : "\n");
        }
        Files.writeString(file, out.append("]}\n"));
    }

    /**
     * Reads a trace from a file.
     *
     * @throws FormatException if there is no such file or it does not hold a trace
     * @throws IOException if it cannot be read
     */
    public static Trace read(Path file) throws IOException {
        try {
            JsonNode root = MAPPER.readTree(Files.readAllBytes(file));
            return fromJson(root, file.toString());
        } catch (NoSuchFileException e) {
            throw new FormatException(file + ": expected a trace (ITF), but there is no such file", e);
        } catch (JsonProcessingException e) {
            throw new FormatException(file + ": expected a trace (ITF), but it is not JSON: " + problem(e), e);
        }
    }

    private static ObjectNode state(int index, Label label, Map<String, Value> values) {
        ObjectNode state = NODES.objectNode();
        ObjectNode meta = state.putObject(META).put("index", index).put("action", label.action());
        ArrayNode arguments = meta.putArray("arguments");
        label.arguments().forEach(argument -> arguments.add(Itf.toJson(argument)));
        values.forEach((name, value) -> state.set(name, Itf.toJson(value)));
        return state;
    }

    private static Label label(JsonNode meta, String place) {
        String action = text(meta.get("action"), place + ".action");
        return new Label(action, Itf.items(meta.path("arguments"), place + ".arguments", Itf::fromJson));
    }

    private static Map<String, Value> variables(JsonNode state, List<String> vars, String place) {
        if (!state.isObject()) {
            throw Itf.expected(place, "a state (object)", state);
        }
        Set<String> present = new TreeSet<>();
        state.fieldNames().forEachRemaining(present::add);
        present.remove(META);
        if (!present.equals(new TreeSet<>(vars))) {
            throw new FormatException(
                    place + ": expected a value for each of " + new TreeSet<>(vars) + ", found " + present);
        }
        Map<String, Value> values = new TreeMap<>();
        for (String name : vars) {
            values.put(name, Itf.fromJson(state.get(name), place + "." + name));
        }
        return values;
    }

    private static String text(JsonNode json, String place) {
        if (json == null || !json.isTextual()) {
            throw Itf.expected(place, "a string", json);
        }
        return json.textValue();
    }

    private static String problem(JsonProcessingException e) {
        String message = e.getOriginalMessage().lines().findFirst().orElse("");
        JsonLocation at = e.getLocation();
        return at == null ? message : message + " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }
}
