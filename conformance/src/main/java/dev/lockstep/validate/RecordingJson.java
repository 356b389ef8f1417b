package dev.lockstep.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.sut.Size;
import dev.lockstep.sut.Storing;
import dev.lockstep.trace.FormatException;
import dev.lockstep.trace.TlaValueParser;
import dev.lockstep.trace.TupleValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Recordings as JSON, so that one that was rejected can be judged again: a mirror does not do the same twice. */
public final class RecordingJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private RecordingJson() {
    }

    /**
     * {@return a recording as JSON, an event a line}
     *
     * @param recording the recording
     */
    public static String write(Recording recording) {
        RunSettings settings = recording.settings();
        ObjectNode head = MAPPER.createObjectNode().put("policy", settings.policy().name()).put("size", settings.size().toString())
                .put("slots", settings.size().slots()).put("storing", settings.storing().name()).put("log", settings.format().name())
                .put("seam", settings.seam().name()).put("fails", settings.fails()).put("seed", settings.seed()).put("atLeast", settings.events());
        recording.cutShort().ifPresent(sentence -> head.put("cutShort", sentence));
        StringBuilder text = new StringBuilder(head.toString());
        text.setLength(text.length() - 1);
        text.append(",\n\"events\":[");
        String between = "\n";
        for (Event event : recording.all()) {
            ArrayNode line = MAPPER.createArrayNode().add(event.what()).add(new TupleValue(event.arguments()).toString())
                    .add(event.certain()).add(event.begin()).add(event.end());
            text.append(between).append(line);
            between = ",\n";
        }
        return text.append("]}\n").toString();
    }

    /**
     * Reads a recording.
     *
     * @param file what {@link #write} has made
     * @return the recording
     * @throws FormatException with one sentence that names the file, if it is none or cannot be read
     */
    public static Recording read(Path file) {
        JsonNode root;
        try {
            root = MAPPER.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new FormatException("the recording " + file + " cannot be read: " + e, e);
        }
        try {
            Size size = Size.parse(root.path("size").asText());
            RunSettings settings = new RunSettings(Policy.named(root.path("policy").asText()).orElseThrow(() ->
                    new IllegalArgumentException("there is no policy \"" + root.path("policy").asText() + "\"")),
                    new Size(size.regions(), size.blocksPerRegion(), size.legs(), root.path("slots").asInt()),
                    Storing.valueOf(root.path("storing").asText()), LogFormat.valueOf(root.path("log").asText()),
                    Seam.valueOf(root.path("seam").asText(Seam.POOL.name())), root.path("fails").asBoolean(), root.path("seed").asLong(), root.path("atLeast").asInt());
            List<Event> events = new ArrayList<>();
            for (JsonNode each : root.path("events")) {
                events.add(new Event(each.path(0).asText(), ((TupleValue) TlaValueParser.parse(each.path(1).asText())).elements(),
                        each.path(2).asBoolean(), each.path(3).asLong(), each.path(4).asLong()));
            }
            return Recording.of(settings, events, Optional.ofNullable(root.path("cutShort").textValue()));
        } catch (IllegalArgumentException | FormatException | ClassCastException e) {
            throw new FormatException(file + " is no recording: " + e.getMessage(), e);
        }
    }
}
