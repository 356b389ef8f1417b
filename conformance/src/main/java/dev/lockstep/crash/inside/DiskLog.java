package dev.lockstep.crash.inside;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** What is durable of the kernel's disk log: read from its device past the page cache. */
final class DiskLog {
    private static final int BITS = 1024;
    private static final long PATIENCE_MILLIS = 60_000;
    private static final long PAUSE_MILLIS = 5;

    private final Path device;

    DiskLog(Path device) {
        this.device = device;
    }

    /** Waits until a region's bit is what is expected. */
    void await(int region, boolean clean) throws IOException, InterruptedException {
        ByteBuffer page = DirectDevice.memory(DirectDevice.PAGE);
        long at = BITS + region / 8;
        long pageStart = at / DirectDevice.PAGE * DirectDevice.PAGE;
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        try (DirectDevice log = DirectDevice.toRead(device)) {
            while (true) {
                log.read(page, pageStart);
                boolean set = (page.get((int) (at - pageStart)) >>> region % 8 & 1) != 0;
                if (set == clean) {
                    return;
                }
                if (System.currentTimeMillis() > end) {
                    throw new IOException("region " + region + " is still " + (clean ? "dirty" : "clean") + " in the log after "
                            + PATIENCE_MILLIS + " ms");
                }
                // The kernel tells no one when it writes its log: there is nothing to wait on but the bytes, and a deadline.
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }
}
