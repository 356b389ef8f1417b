package dev.lockstep.crash.inside;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/**
 * Writes that are under way when the power is cut: whole regions of {@code W}, written by O_DIRECT, of which leg 0 has all
 * and leg 1, behind a delay that outlasts the program, has nothing. The memory is not changed meanwhile.
 *
 * <p>Arguments: the mirror's device; leg 0's device; the log's device; bytes of a region; then the regions. It prints {@code
 * under way} when leg 0 has every one of them and the log says on disk that they are dirty, and stays as it is.
 */
public final class WriteUnderWay {
    private static final int FIRST_REGION = 4;
    private static final long PATIENCE_MILLIS = 60_000;

    private WriteUnderWay() {
    }

    /**
     * Runs until it is killed.
     *
     * @param args as above
     * @throws Exception if something fails
     */
    public static void main(String[] args) throws Exception {
        int regionBytes = Integer.parseInt(args[3]);
        byte[] content = new byte[regionBytes];
        Arrays.fill(content, (byte) 'W');
        int[] regions = Arrays.stream(args, FIRST_REGION, args.length).mapToInt(Integer::parseInt).toArray();
        DirectDevice mirror = DirectDevice.toWrite(Path.of(args[0]));
        for (int region : regions) {
            ByteBuffer memory = DirectDevice.memory(regionBytes);
            memory.put(0, content);
            Thread thread = new Thread(() -> write(mirror, memory, region), "write-" + region);
            thread.setDaemon(true);
            thread.start();
        }
        DiskLog log = new DiskLog(Path.of(args[2]));
        ByteBuffer found = DirectDevice.memory(regionBytes);
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        try (DirectDevice legZero = DirectDevice.toRead(Path.of(args[1]))) {
            for (int region : regions) {
                do {
                    legZero.read(found, (long) region * regionBytes);
                    if (System.currentTimeMillis() > end) {
                        throw new IllegalStateException("leg 0 did not get region " + region + " in time");
                    }
                } while (!found.equals(ByteBuffer.wrap(content)));
                log.await(region, false);
            }
        }
        System.out.println("under way");
        new CountDownLatch(1).await();
    }

    private static void write(DirectDevice mirror, ByteBuffer memory, int region) {
        try {
            mirror.write(memory, (long) region * memory.limit());
            System.out.println("ended " + region);
        } catch (IOException e) {
            System.out.println("failed " + region + ": " + e.getMessage());
        }
    }
}
