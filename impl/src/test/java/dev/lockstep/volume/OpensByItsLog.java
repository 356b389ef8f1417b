package dev.lockstep.volume;

import dev.lockstep.region.Policy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A process that opens a volume by its log, writes to it and closes it. */
final class OpensByItsLog {
    private OpensByItsLog() {
    }

    public static void main(String[] log) throws IOException {
        try (FileVolume volume = FileVolume.open(Path.of(log[0]), Policy.MAYBE_DIRTY)) {
            volume.write(ByteBuffer.allocateDirect(512), volume.layout().bytes() - 512);
            System.out.println("opened " + volume.layout().regions() + " regions");
        }
    }
}
