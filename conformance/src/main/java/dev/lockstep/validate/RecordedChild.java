package dev.lockstep.validate;

import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.sut.Size;
import dev.lockstep.sut.Storing;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** The process that is recorded and killed: it opens a mirror and uses it, until that is done to it. */
public final class RecordedChild {
    /** The line that says that there were as many events as were wanted, if a line is to say that. */
    public static final String ENOUGH = "enough";
    /** As many arguments as {@link #arguments} makes. */
    private static final int ARGUMENTS = 11;

    private RecordedChild() {
    }

    /**
     * {@return what it is told}
     *
     * @param settings the mirror
     * @param folder   the folder with its legs and log
     * @param tape     an empty folder for what it takes down
     * @param clock    how far the recorder's clock has come
     * @param enough   after so many events it prints {@link #ENOUGH}, once, and goes on; 0 if it is to print a {@link Tape#BEAT} after each instead
     */
    public static List<String> arguments(RunSettings settings, Path folder, Path tape, long clock, int enough) {
        return List.of(settings.policy().name(), settings.size().toString(), "" + settings.size().slots(), settings.storing().name(),
                settings.format().name(), settings.seam().name(), "" + settings.seed(), folder.toString(), tape.toString(), "" + clock, "" + enough);
    }

    /**
     * Uses a mirror without end. If that is cut short by anything but a kill it says why on standard error, and ends with 1.
     *
     * @param arguments {@link #arguments}
     */
    public static void main(String... arguments) {
        try {
            if (arguments.length != ARGUMENTS) {
                throw new IllegalArgumentException(ARGUMENTS + " arguments were expected, and not " + List.of(arguments));
            }
            Size size = Size.parse(arguments[1]);
            RunSettings settings = new RunSettings(Policy.named(arguments[0]).orElseThrow(),
                    new Size(size.regions(), size.blocksPerRegion(), size.legs(), Integer.parseInt(arguments[2])),
                    Storing.valueOf(arguments[3]), LogFormat.valueOf(arguments[4]), Seam.valueOf(arguments[5]),
                    Long.parseLong(arguments[6]), Integer.MAX_VALUE);
            use(settings, Path.of(arguments[7]), new Tape(Path.of(arguments[8]), beats(Integer.parseInt(arguments[10]))),
                    Long.parseLong(arguments[9]));
        } catch (IOException | RuntimeException | Error e) {
            say(e.toString());
        }
        Runtime.getRuntime().halt(1);
    }

    private static OutputStream beats(int enough) {
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        AtomicInteger seen = new AtomicInteger();
        return enough == 0 ? out : new OutputStream() {
            @Override
            public void write(int beat) throws IOException {
                if (seen.incrementAndGet() == enough) {
                    out.write((ENOUGH + '\n').getBytes(StandardCharsets.US_ASCII));
                }
            }
        };
    }

    private static void use(RunSettings settings, Path folder, Tape tape, long clock) throws IOException {
        Recorder recorder = new Recorder(clock, tape);
        MirrorRun run = new MirrorRun(folder, settings, recorder, new Failures(settings, recorder), SlowLeg::new);
        new Workload(run, settings, recorder, new SplittableRandom(settings.seed() + clock), settings.events()).end(false);
    }

    private static void say(String sentence) {
        try (OutputStream err = new FileOutputStream(FileDescriptor.err)) {
            err.write(sentence.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // Nobody listens; the exit code says that it was cut short.
            Runtime.getRuntime().halt(1);
        }
    }
}
