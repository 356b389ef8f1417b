package dev.lockstep.volume;

import dev.lockstep.region.Policy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A process that has a volume open until it is killed. */
final class VolumeHolder implements AutoCloseable {
    private final Process process;

    private VolumeHolder(Process process) {
        this.process = process;
    }

    /** Opens in that process. */
    public static void main(String... files) throws IOException {
        List<Path> legs = List.of(Path.of(files[1]), Path.of(files[2]));
        try (FileVolume volume = FileVolume.open(Path.of(files[0]), VolumeDescription.of(legs), Policy.MAYBE_DIRTY)) {
            volume.flush();
            System.out.println("open");
            System.in.read();
        }
    }

    /** A process that has opened the volume. */
    static VolumeHolder of(Path log, List<Path> legs) throws IOException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), VolumeHolder.class.getName(), log.toString(), legs.get(0).toString(),
                legs.get(1).toString()).redirectErrorStream(true).start();
        BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = out.readLine(); !"open".equals(line); line = out.readLine()) {
            if (line == null) {
                throw new IOException("the process has not opened the volume: " + said);
            }
            said.append(line).append('\n');
        }
        return new VolumeHolder(process);
    }

    long pid() {
        return process.pid();
    }

    /** SIGKILL, and waits until it is dead. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
