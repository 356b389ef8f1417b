package dev.lockstep.validate;

import dev.lockstep.region.Policy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Records the mirror that this class is loaded with, whichever that is: strings in, the files of its recordings out. */
public final class RecordingOfOne implements Function<List<String>, List<String>> {
    /** Nothing is known yet. */
    public RecordingOfOne() {
        // What it needs it is given.
    }

    /** What it is given: policy, how many recordings, which group of them to make, how many events, seed, and an empty folder. */
    @Override
    public List<String> apply(List<String> given) {
        Path folder = Path.of(given.get(5));
        List<RunSettings> group = Plan.of(List.of(Policy.named(given.get(0)).orElseThrow()), Integer.parseInt(given.get(1)),
                Integer.parseInt(given.get(3)), Long.parseLong(given.get(4))).get(Integer.parseInt(given.get(2)));
        List<String> recorded = new ArrayList<>();
        try {
            for (RunSettings each : group) {
                Recording recording = Recording.of(each, Files.createDirectory(folder.resolve("mirror" + each.seed())));
                recorded.add(Files.writeString(folder.resolve(each.seed() + ".json"), RecordingJson.write(recording)).toString());
                if (recording.cutShort().isPresent()) {
                    // The next would be, too, and waiting for that takes long.
                    break;
                }
            }
            return recorded;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
