package dev.lockstep.crash.enumerate;

import dev.lockstep.store.Leg;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What was not as expected with one policy: a sentence each, with the command that repeats it, and of the first few the images.
 * The rest is counted. Not thread-safe.
 */
final class Findings {
    /** How many are kept; the rest is counted. */
    static final int SHOWN = 3;

    private final String policy;
    private final String format;
    private final long states;
    private final long seed;
    private final Path folder;
    private final List<String> sentences = new ArrayList<>();
    private long found;

    /**
     * None yet.
     *
     * @param policy the policy's name
     * @param format the log's format
     * @param states how many states the run looks at: a run that is to repeat it has to come as far
     * @param seed   the run's seed
     * @param kept   where the images go, a folder for each; it is made when there is something to keep
     */
    Findings(String policy, String format, long states, long seed, Path kept) {
        this.policy = policy;
        this.format = format;
        this.states = states;
        this.seed = seed;
        this.folder = kept;
    }

    /**
     * Something was found.
     *
     * @param what    what, without a full stop
     * @param pool    the contents
     * @param state   the state that shows it
     * @param history what happened until then
     */
    void add(String what, BlockPool pool, DiskState state, Supplier<List<String>> history) {
        found++;
        if (found > SHOWN) {
            return;
        }
        String sentence = "seed " + seed + ", " + what + "; it is repeated by: " + command();
        Path images = folder.resolve("enumerate-" + policy + "-" + format + "-" + seed + "-" + found);
        try {
            keep(images, sentence, pool, state, history.get());
        } catch (IOException e) {
            throw new UncheckedIOException("the images of a failure cannot be kept: " + e.getMessage(), e);
        }
        sentences.add(sentence + "; its images are in " + images);
    }

    /** How many there are, those that are not shown included. */
    long count() {
        return found;
    }

    /** The one command that repeats what was found. */
    String command() {
        return "java -jar conformance/target/lockstep.jar crash --tier enumerate --policy " + policy + " --log-format " + format
                + " --cycles " + states + " --seed " + seed;
    }

    private static void keep(Path images, String sentence, BlockPool pool, DiskState state, List<String> history)
            throws IOException {
        Files.createDirectories(images);
        for (int device = 0; device < state.devices(); device++) {
            int[] now = state.now(device);
            ByteBuffer bytes = ByteBuffer.allocate(now.length * Leg.SECTOR);
            for (int content : now) {
                pool.put(content, bytes);
            }
            Files.write(images.resolve(device == state.devices() - 1 ? "log" : "leg" + device), bytes.array());
        }
        List<String> text = new ArrayList<>();
        text.add(sentence);
        text.add("");
        text.addAll(history);
        Files.write(images.resolve("events.txt"), text);
    }

    /** {@return the sentences, with one more for those that are not shown} */
    List<String> sentences() {
        List<String> all = new ArrayList<>(sentences);
        if (found > SHOWN) {
            all.add("and " + (found - SHOWN) + " more like these");
        }
        return all;
    }
}
