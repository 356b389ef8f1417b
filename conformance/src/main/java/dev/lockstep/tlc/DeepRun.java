package dev.lockstep.tlc;

import dev.lockstep.tlc.inside.TimedTlc;
import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges a model that is too large to be judged completely, breadth first, for as long as there is time, in a JVM of its
 * own with several workers of TLC. A run leaves no file, no process and no thread behind.
 *
 * <p>The depth that is reached is the level of the first state in TLC's queue when all workers rest: the steps from all
 * states of the levels before have been taken, and all states up to that level are found and judged. With one worker
 * that is exact. With several, TLC takes the steps of the states nearly, but not strictly, in the order of their levels,
 * and may find a state by a longer way first: then it is TLC's own reckoning.
 */
public final class DeepRun {
    /** How long TLC may take to come to rest when its time is up. */
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Pattern FIGURES = Pattern.compile(TimedTlc.FIGURES + " (\\d+) (\\d+) (\\d+) (\\d+)");

    private final TlcDistribution tlc;
    private final int workers;

    /**
     * Makes a runner.
     *
     * @param workers how many threads TLC may use, at least 1
     */
    public DeepRun(TlcDistribution tlc, int workers) {
        if (workers < 1) {
            throw new IllegalArgumentException("at least one worker must work, not " + workers);
        }
        this.tlc = tlc;
        this.workers = workers;
    }

    /**
     * Judges a model.
     *
     * @param time how long it may take, the JVM's start included, and some moments to come to rest not
     * @param listener hears each second how far it is
     * @throws SpecException if the spec or the configuration is wrong
     * @throws TlcException if TLC ended otherwise, out of memory for example; or this thread was interrupted (and is so
     *         again)
     */
    public DeepResult judge(Model model, Duration time, Consumer<DeepFigures> listener) {
        long start = System.nanoTime();
        Latest latest = new Latest(listener);
        try (ChildJvms jvms = new ChildJvms(WorkFolder.prepare(model))) {
            ChildJvm jvm = jvms.startQuietly(jvms.folder().spec(), command(model, jvms.folder(), time),
                    jvms.folder().output(), latest::hear);
            boolean ended = endsWithin(jvm, time.plus(GRACE));
            double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
            List<String> output = lines(model, jvms.folder().output());
            if (!ended || jvm.exitCode() == TimedTlc.TIME_IS_UP) {
                return new DeepResult(model.name(), Optional.empty(), Optional.empty(), Optional.empty(), latest.figures,
                        seconds, version(output));
            }
            return completed(model, new ResultReader(model, jvm.exitCode(), output).read(seconds), latest.figures);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TlcException("model " + model.name() + ": the run of TLC was interrupted", e);
        }
    }

    private static DeepResult completed(Model model, ModelResult result, DeepFigures latest) {
        boolean holds = result.verdict() == Verdict.HOLDS;
        // Of a violation TLC prints the level that it was at work on.
        int depth = holds ? result.depth() : latest.depth();
        long queued = holds ? 0 : latest.queued();
        Optional<Counterexample> found = result.counterexample()
                .map(example -> ArgumentRecovery.once(model, example, Duration.ofMinutes(1)));
        return new DeepResult(model.name(), Optional.of(result.verdict()), result.violated(), found,
                new DeepFigures(depth, result.distinctStates(), result.totalStates(), queued), result.seconds(),
                result.tlcVersion());
    }

    private static boolean endsWithin(ChildJvm jvm, Duration time) throws InterruptedException {
        try {
            jvm.ended().get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing fails here", e);
        }
    }

    private List<String> command(Model model, WorkFolder folder, Duration time) {
        List<String> command = new ArrayList<>(List.of("-XX:-UsePerfData",
                workers == 1 ? "-XX:+UseSerialGC" : "-XX:+UseParallelGC", "-Djava.io.tmpdir=" + folder.temporary(),
                "-Duser.home=" + folder.temporary(), "-Djava.rmi.server.hostname=127.0.0.1", "-cp"));
        // In the packaged program both are in one jar. A jar of the user's goes first.
        command.add(Stream.of(tlc.location(), TlcDistribution.locationOf(TimedTlc.class)).distinct().map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator)));
        command.addAll(List.of(TimedTlc.class.getName(), String.valueOf(time.toMillis()), "-tool", "-deadlock",
                "-workers", String.valueOf(workers), "-fp", "0", "-checkpoint", "0", "-metadir",
                folder.states().toString(), "-config", model.configurationFile(), model.module() + ".tla"));
        return command;
    }

    private static List<String> lines(Model model, Path output) {
        try {
            return new String(Files.readAllBytes(output), Charset.defaultCharset()).lines().toList();
        } catch (IOException e) {
            throw new TlcException("model " + model.name() + ": what TLC printed cannot be read: " + e.getMessage(), e);
        }
    }

    private static String version(List<String> output) {
        return Message.parse(output).stream().filter(message -> message.code() == Codes.VERSION).findFirst()
                .map(message -> message.text().strip()).orElse("TLC of an unknown version");
    }

    /** The latest figures that TLC's JVM printed. */
    private static final class Latest {
        private final Consumer<DeepFigures> listener;
        private volatile DeepFigures figures = DeepFigures.NONE;

        Latest(Consumer<DeepFigures> listener) {
            this.listener = listener;
        }

        void hear(String line) {
            Matcher numbers = FIGURES.matcher(line);
            if (numbers.matches()) {
                figures = new DeepFigures(Integer.parseInt(numbers.group(1)), Long.parseLong(numbers.group(2)),
                        Long.parseLong(numbers.group(3)), Long.parseLong(numbers.group(4)));
                listener.accept(figures);
            }
        }
    }
}
