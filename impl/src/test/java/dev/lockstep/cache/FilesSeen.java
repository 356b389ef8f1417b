package dev.lockstep.cache;

import dev.lockstep.log.LogContents;
import dev.lockstep.log.LogImage;
import dev.lockstep.store.Access;
import dev.lockstep.store.FileLeg;
import dev.lockstep.store.Leg;
import dev.lockstep.volume.Layout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A volume's files in a folder, {@code leg0} and so on and {@code log}, looked at past the volume. */
record FilesSeen(Path folder, Layout layout) {

    List<Path> legs() {
        return IntStream.range(0, layout.legs()).mapToObj(leg -> folder.resolve("leg" + leg)).toList();
    }

    Path log() {
        return folder.resolve("log");
    }

    /** The bytes of a piece of a leg. */
    byte[] onLeg(int leg, long position, int length) throws IOException {
        try (Leg file = FileLeg.open(legs().get(leg), Access.READ_ONLY)) {
            ByteBuffer bytes = ByteBuffer.allocate(length);
            file.read(bytes, position);
            return bytes.array();
        }
    }

    /** Changes a leg behind the volume's back. */
    void change(int leg, long position, ByteBuffer bytes) throws IOException {
        try (Leg file = FileLeg.open(legs().get(leg), Access.READ_WRITE)) {
            file.write(bytes, position);
        }
    }

    /** The regions whose bit in the log says dirty. */
    List<Integer> dirtyInLog() throws IOException {
        try (Leg file = FileLeg.open(log(), Access.READ_ONLY)) {
            LogImage image = LogContents.read(file, layout.regions()).image();
            return IntStream.range(0, layout.regions()).filter(region -> !image.isClean(region)).boxed().toList();
        }
    }

    /** So many bytes, all alike. */
    static ByteBuffer filled(int length, int with) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) with);
        return ByteBuffer.wrap(bytes);
    }
}
