package dev.lockstep.cli;

import dev.lockstep.region.Policy;
import dev.lockstep.volume.FileVolume;
import dev.lockstep.volume.VolumeDescription;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A process that has a volume open and has written to its first two regions, until it is killed. */
final class VolumeWriter implements AutoCloseable {
    private static final String READY = "written";

    private final Process process;

    private VolumeWriter(Process process) {
        this.process = process;
    }

    /** Writes in that process. */
    public static void main(String... files) throws IOException {
        List<Path> legs = List.of(Path.of(files[1]), Path.of(files[2]));
        try (FileVolume volume = FileVolume.open(Path.of(files[0]), VolumeDescription.of(legs), Policy.MAYBE_DIRTY)) {
            byte[] ones = new byte[512];
            Arrays.fill(ones, (byte) 1);
            volume.write(ByteBuffer.wrap(ones), 0);
            volume.write(ByteBuffer.wrap(ones), VolumeFolder.REGION_BYTES);
            System.out.println(READY);
            System.in.read();
        }
    }

    /** A process that has written. */
    static VolumeWriter of(VolumeFolder folder) throws IOException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), VolumeWriter.class.getName(), folder.file(VolumeFolder.LOG).toString(),
                folder.file(VolumeFolder.LEG_0).toString(), folder.file(VolumeFolder.LEG_1).toString()).redirectErrorStream(true).start();
        BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = out.readLine(); !READY.equals(line); line = out.readLine()) {
            if (line == null) {
                throw new IOException("the process has not written to the volume: " + said);
            }
            said.append(line).append('\n');
        }
        return new VolumeWriter(process);
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
