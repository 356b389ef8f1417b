package dev.lockstep.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.trace.IntValue;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.Value;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A named scenario, as it is kept in the repository.
 *
 * @param name  its name
 * @param title what it shows
 * @param steps its steps
 */
public record Scenario(String name, String title, List<ScriptStep> steps) {
    /** The mail's own example. */
    public static final String EXT2_BITMAP = "ext2-bitmap";

    /** Keeps a copy of the steps. */
    public Scenario {
        steps = List.copyOf(steps);
    }

    /**
     * One step of the script: an action of its own, or what the driver does by itself.
     *
     * @param action an action of the Environment, a leg or a crash; none if it is the driver's turn
     * @param driver what the driver does: {@code goes on}, {@code marks clean what it may} or {@code resyncs}
     * @param says   what happens in the story, if there is more to say than the action's meaning
     * @param seed   the sentences of the mail that tell of it
     * @param harm   whether this is the step that does the harm, if any is done
     */
    public record ScriptStep(Optional<Label> action, Optional<String> driver, Optional<String> says, List<String> seed,
            boolean harm) {
    }

    /**
     * Reads a scenario that the project keeps.
     *
     * @param name its name
     * @return the scenario; none if there is none of that name
     * @throws IOException if it cannot be read
     */
    public static Optional<Scenario> named(String name) throws IOException {
        if (!name.matches("[a-z0-9-]+")) {
            return Optional.empty();
        }
        try (InputStream in = Scenario.class.getResourceAsStream(name + ".json")) {
            return in == null ? Optional.empty() : Optional.of(read(new ObjectMapper().readTree(in)));
        }
    }

    private static Scenario read(JsonNode root) {
        List<ScriptStep> steps = new ArrayList<>();
        for (JsonNode step : root.required("steps")) {
            List<String> seed = new ArrayList<>();
            step.path("seed").forEach(id -> seed.add(id.asText()));
            steps.add(new ScriptStep(text(step, "do").map(Scenario::label), text(step, "driver"), text(step, "says"),
                    List.copyOf(seed), step.path("harm").asBoolean()));
        }
        return new Scenario(root.required("name").asText(), root.required("title").asText(), steps);
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.ofNullable(node.get(field)).map(JsonNode::asText);
    }

    private static Label label(String text) {
        int open = text.indexOf('(');
        if (open < 0) {
            return Label.of(text);
        }
        List<Value> arguments = new ArrayList<>();
        for (String argument : text.substring(open + 1, text.length() - 1).split(",")) {
            arguments.add(new IntValue(Long.parseLong(argument.trim())));
        }
        return Label.of(text.substring(0, open), arguments.toArray(Value[]::new));
    }
}
