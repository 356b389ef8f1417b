package dev.lockstep.crash;

import dev.lockstep.log.LegLabel;
import dev.lockstep.sut.Mirror;
import dev.lockstep.sut.Size;
import dev.lockstep.validate.Ground;
import dev.lockstep.validate.RecordedChild;
import dev.lockstep.validate.RunSettings;
import dev.lockstep.volume.Layout;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * dm-flakey devices in a guest, on which a mirror lives that is recorded, until their power is cut. The mirror takes down what it does on files in the guest's memory, which the cut does not reach.
 * It is killed while the devices are suspended: nothing that it has taken down was done later than that, and of what it wrote what was not flushed is lost.
 */
final class FlakeyGround implements Ground {
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final String FILE = "== ";

    private final FlakeyLab lab;
    private final FlakeyCommands commands;
    private final Path work;
    private int lives;
    private int tokens;
    private String voided = "";

    /**
     * Of a mirror.
     *
     * @param lab      the devices
     * @param settings the mirror
     * @param work     an empty folder, for what its processes take down
     */
    FlakeyGround(FlakeyLab lab, RunSettings settings, Path work) {
        Size size = settings.size();
        this.lab = lab;
        this.work = work;
        this.commands = new FlakeyCommands(new Layout(size.bytes(), size.regionBytes(), size.legs(), Mirror.SOURCE), settings.format(), false, LegLabel.legBytes(size.bytes()));
    }

    @Override
    public boolean cutsPower() {
        return true;
    }

    private String token() {
        return "recorded-" + work.getFileName() + "-" + tokens;
    }

    @Override
    public void put(Path files) throws IOException {
        for (String device : commands.devices()) {
            byte[] bytes = Files.readAllBytes(files.resolve(device));
            try (RandomAccessFile disk = new RandomAccessFile(lab.leftFile(device).toFile(), "rw")) {
                disk.write(bytes);
            }
        }
        lab.machine().must(commands.bring(token()));
    }

    @Override
    public Over live(RunSettings settings, long clock, int events) throws IOException {
        String tape = "/run/tape-" + work.getFileName() + "-" + lives;
        Path brought = Files.createDirectory(work.resolve("tape" + lives++));
        lab.machine().must("mkdir " + tape);
        List<String> said = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<Boolean> enough = new CompletableFuture<>();
        Path devices = Path.of(FlakeyLab.device(FlakeyLab.LOG)).getParent();
        Machine.Child child = lab.machine().start(RecordedChild.class, RecordedChild.arguments(settings, devices, Path.of(tape), clock, events), line -> {
            said.add(line);
            if (line.equals(RecordedChild.ENOUGH)) {
                enough.complete(true);
            }
        });
        CompletableFuture<Void> over = CompletableFuture.runAsync(() -> awaitExit(child, enough));
        Optional<String> cutShort;
        try {
            cutShort = enough.get(PATIENCE.toSeconds(), TimeUnit.SECONDS) ? Optional.empty() : Optional.of("it fails: its process ended, and said: " + String.join("; ", said));
            if (cutShort.isEmpty()) {
                lab.machine().must(commands.cutOfRecorded(token(), child.killing()));
            }
        } catch (TimeoutException e) {
            cutShort = Optional.of("it hangs: there were not " + events + " events in " + PATIENCE.toSeconds() + " seconds");
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            child.kill(PATIENCE);
        }
        over.join();
        if (cutShort.isEmpty()) {
            powerOn();
        }
        bring(tape, brought);
        return new Over(brought, cutShort);
    }

    private static void awaitExit(Machine.Child child, CompletableFuture<Boolean> enough) {
        try {
            child.awaitExit(PATIENCE.multipliedBy(2));
            enough.complete(false);
        } catch (IOException e) {
            enough.completeExceptionally(e);
            throw new CompletionException(e);
        }
    }

    private void powerOn() throws IOException {
        String token = token();
        tokens++;
        Set<String> lines = lab.machine().must(commands.powerOn(token())).lines().map(String::strip).collect(Collectors.toSet());
        voided = commands.wrong(lines, Set.copyOf(commands.devices()), token);
    }

    /** What was taken down comes as text, of which a line that was cut off stays one. */
    private void bring(String tape, Path folder) throws IOException {
        Map<String, StringBuilder> files = new TreeMap<>();
        StringBuilder file = new StringBuilder();
        for (String line : lab.machine().must("cd " + tape + " && for f in *; do echo " + "\"" + FILE + "$f\"; base64 $f; done; rm -r " + tape).lines().toList()) {
            if (line.startsWith(FILE)) {
                file = new StringBuilder();
                files.put(line.substring(FILE.length()).strip(), file);
            } else {
                file.append(line);
            }
        }
        for (Map.Entry<String, StringBuilder> each : files.entrySet()) {
            Files.write(folder.resolve(each.getKey()), Base64.getMimeDecoder().decode(each.getValue().toString()));
        }
    }

    @Override
    public void left(Path files) throws IOException {
        if (!voided.isEmpty()) {
            throw new VoidCutException(voided);
        }
        for (String device : commands.devices()) {
            byte[] bytes = new byte[Math.toIntExact(commands.bytes(device))];
            try (RandomAccessFile disk = new RandomAccessFile(lab.leftFile(device).toFile(), "r")) {
                disk.readFully(bytes);
            }
            Files.write(files.resolve(device), bytes);
        }
    }
}
