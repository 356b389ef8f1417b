package dev.lockstep.crash;

import dev.lockstep.crash.inside.ChildLife;
import dev.lockstep.crash.inside.ChildTask;
import dev.lockstep.crash.inside.FailingRig;
import dev.lockstep.log.LogFormat;
import dev.lockstep.volume.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * A volume on dm-flakey devices whose power is cut: as raw block devices, or as files on an ext4 that is on each. A cut suspends all
 * devices, loads the table that drops writes into all, resumes all, and only then kills the child; when every opener is gone the
 * working tables are loaded again. Or one device alone fails each write from some instant on. What the child tells is kept on the
 * host, which is not cut.
 *
 * <p>Each cut carries two canaries on each device: one that was flushed before and has to survive, and one that was not and has to be
 * gone; a failure of one device carries the second on that device alone. A cut whose canaries say otherwise does not count. (A device
 * that says that it has flushed and has not is outside the model.) Used by one thread.
 */
final class FlakeyRig implements FailingRig {
    private static final long MILLI = 1_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    /** How long a child has until it has to have met the failure of a device: it flushes many times meanwhile. */
    private static final long MEETS_SECONDS = 20;
    /** How long a child takes on a usual machine until it is ready. */
    private static final long USUAL_START_MILLIS = 250;
    /** How much slower a guest can be: on an idle machine, and on one that is busy with other things. */
    private static final int LEAST_SLOWNESS = 6;
    private static final int MOST_SLOWNESS = 40;

    private final FlakeyLab lab;
    private final Path kept;
    private final Layout layout;
    private final LogFormat format;
    private final boolean ext4;
    private final FlakeyCommands commands;
    private final StringBuilder timeline = new StringBuilder();
    private int cuts;
    /** As the last child has shown it. */
    private volatile int slowness = LEAST_SLOWNESS * 2;
    /** Whether what is left was handed to the host since a child last lived. */
    private boolean handed;

    /**
     * A new volume: legs of zeros, and a log in which all is clean.
     *
     * @param lab    the devices
     * @param kept   where to keep what shows a failure
     * @param layout how the volume is divided
     * @param format the log's format; legs carry no labels
     * @param ext4   whether legs and log are files on file systems; else they are devices
     */
    FlakeyRig(FlakeyLab lab, Path kept, Layout layout, LogFormat format, boolean ext4) throws IOException {
        this.lab = lab;
        this.kept = kept;
        this.layout = layout;
        this.format = format;
        this.ext4 = ext4;
        this.commands = new FlakeyCommands(layout, format, ext4);
        lab.machine().must(commands.make(token()));
    }

    private String token() {
        return "canary-" + cuts;
    }

    @Override
    public List<Path> legs() {
        return commands.devices().subList(0, layout.legs()).stream().map(name -> Path.of(commands.path(name))).toList();
    }

    @Override
    public Path log() {
        return Path.of(commands.path(FlakeyLab.LOG));
    }

    @Override
    public LogFormat format() {
        return format;
    }

    @Override
    public boolean cutsPower() {
        return true;
    }

    @Override
    public int slowness() {
        return slowness;
    }

    /** What a child dies of; when it returns, it was killed. */
    @FunctionalInterface
    private interface Blow {
        void strike(Machine.Child child, Runnable countNoMore, CompletableFuture<Void> met) throws IOException;
    }

    @Override
    public ChildLife.Fate live(ChildTask task, long afterReady) throws IOException {
        return live(task, afterReady, Set.copyOf(commands.devices()), (child, countNoMore, met) -> {
            countNoMore.run();
            lab.machine().must(commands.cut(token(), child.killing()));
        });
    }

    /** What is acknowledged after the device has failed counts: it has to be there. */
    @Override
    public ChildLife.Fate liveUntilDeviceFails(ChildTask task, long afterReady, int device) throws IOException {
        String name = commands.devices().get(device);
        return live(task, afterReady, Set.of(name), (child, countNoMore, met) -> {
            lab.machine().must(commands.fail(name, token()));
            await(met);
            child.kill(PATIENCE);
        });
    }

    /** Waits until the child has met the failure; it need not, if it was about to end. */
    private static void await(CompletableFuture<Void> met) throws IOException {
        try {
            met.get(MEETS_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            // It is killed then, and what it was told before is judged.
            return;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private ChildLife.Fate live(ChildTask task, long afterReady, Set<String> struck, Blow blow) throws IOException {
        handed = false;
        CompletableFuture<Machine.Child> started = new CompletableFuture<>();
        CompletableFuture<Void> met = new CompletableFuture<>();
        AtomicBoolean came = new AtomicBoolean();
        try (ChildLife life = new ChildLife(task, afterReady, Long.MAX_VALUE, countNoMore -> {
            Machine.Child child = started.join();
            came.set(true);
            try {
                blow.strike(child, countNoMore, met);
            } catch (IOException e) {
                child.kill(PATIENCE);
                throw e;
            }
        })) {
            long begun = System.nanoTime();
            Machine.Child child = lab.machine().start(task.arguments(), line -> {
                life.hear(line);
                if (line.equals("R")) {
                    long took = (System.nanoTime() - begun) / MILLI / USUAL_START_MILLIS;
                    slowness = (int) Math.max(LEAST_SLOWNESS, Math.min(MOST_SLOWNESS, took));
                } else if (line.startsWith("X ")) {
                    met.complete(null);
                }
            });
            started.complete(child);
            child.awaitExit(PATIENCE);
            met.complete(null);
            ChildLife.Fate fate = life.over(came.get());
            return fate.killed() ? fate.voided(powerOn(struck)) : fate;
        }
    }

    /** Returns what is wrong with the canaries: those that were not flushed are on some of the devices only. */
    private String powerOn(Set<String> unflushed) throws IOException {
        String token = token();
        cuts++;
        Set<String> lines = lab.machine().must(commands.powerOn(token())).lines().map(String::strip).collect(Collectors.toSet());
        handed = true;
        String wrong = commands.wrong(lines, unflushed, token);
        timeline.append("cut of ").append(token).append(wrong.isEmpty() ? " counts" : " is void: " + wrong).append('\n');
        return wrong;
    }

    @Override
    public List<Path> left() throws IOException {
        if (!handed) {
            lab.machine().must(commands.left());
            handed = true;
        }
        return commands.devices().stream().map(lab::leftFile).toList();
    }

    @Override
    public String keep(String name, String text) throws IOException {
        Path place = Files.createDirectories(kept.resolve(name + "-" + (ext4 ? "ext4" : "raw") + "-" + cuts));
        List<Path> files = left();
        for (int i = 0; i < files.size(); i++) {
            Path copy = place.resolve(commands.devices().get(i));
            Files.deleteIfExists(copy);
            Files.copy(files.get(i), copy);
        }
        Files.writeString(place.resolve("story.txt"), text + timeline);
        return "its devices are kept in " + place;
    }

    /** Lets the file systems go; the devices stay, for the next volume. */
    @Override
    public void close() throws IOException {
        lab.machine().must(commands.release());
    }
}
