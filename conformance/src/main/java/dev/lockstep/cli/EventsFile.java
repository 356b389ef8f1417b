package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.volume.VolumeCounters;
import dev.lockstep.volume.VolumeEvent;
import dev.lockstep.volume.VolumeListener;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;

/** Adds what happens to a volume to a file, a line of JSON each. */
final class EventsFile implements VolumeListener, Closeable {
    private final Optional<BufferedWriter> file;

    private EventsFile(Optional<BufferedWriter> file) {
        this.file = file;
    }

    /**
     * Opens the file, which need not be there; without one, nothing is kept.
     *
     * @throws UserMistake if it cannot be written
     */
    static EventsFile at(Optional<Path> path) {
        return new EventsFile(path.map(EventsFile::open));
    }

    private static BufferedWriter open(Path path) {
        try {
            return Files.newBufferedWriter(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UserMistake("--events " + path + " cannot be written: a file that can be was expected", e);
        }
    }

    @Override
    public void happened(VolumeEvent event) {
        ObjectNode line = line();
        line.put("event", event.kind().name());
        event.leg().ifPresent(leg -> line.put("leg", leg));
        event.region().ifPresent(region -> line.put("region", region));
        write(line.put("sentence", event.sentence()));
    }

    /** Adds what was done in all. */
    void counted(VolumeCounters counters) {
        write(line().set("counters", Json.MAPPER.valueToTree(counters)));
    }

    private static ObjectNode line() {
        return Json.MAPPER.createObjectNode().put("time", Instant.now().toString());
    }

    private void write(Object line) {
        if (file.isPresent()) {
            try {
                file.get().write(Json.MAPPER.writeValueAsString(line) + "\n");
                file.get().flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (file.isPresent()) {
            file.get().close();
        }
    }
}
