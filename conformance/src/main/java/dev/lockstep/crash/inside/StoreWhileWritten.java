package dev.lockstep.crash.inside;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The bug of 2008, provoked: each round has a page of A written, and stores B into the page while the mirror writes it.
 *
 * <p>Arguments: how ({@code mmap}, {@code direct}, {@code race}); the file or device that is written; the devices of leg 0,
 * leg 1 and the log; bytes of a region; rounds. Each round's page is a region after the last round's. Under {@code mmap} and
 * {@code direct} the store is begun when leg 0 has the page and leg 1, behind a delay, has not; {@code race} is {@code
 * direct} without a delay, and stores from before the write until after it.
 *
 * <p>For each round it prints {@code position N P}, where the page is on the legs, and {@code round N store T ms WHEN}: how
 * long the store took, and whether it was done {@code during} the write of leg 1, or {@code after} it, or begun {@code too
 * late}. It prints {@code clean} when the log says on disk that every region written is clean, and then stays as it is, since
 * its end would write the page back.
 */
public final class StoreWhileWritten {
    private static final int PAGE = DirectDevice.PAGE;
    private static final int SEARCHED = 1 << 20;
    private static final int ROUNDS_ARGUMENT = 6;
    private static final long PATIENCE_MILLIS = 60_000;

    private final String how;
    private final Path target;
    private final DirectDevice legZero;
    private final DirectDevice legOne;
    /** Were a mapping forgotten, the device would be closed by and by, and the page that it holds written back. */
    private final List<MappedByteBuffer> mappings = new ArrayList<>();

    private StoreWhileWritten(String how, Path target, DirectDevice legZero, DirectDevice legOne) {
        this.how = how;
        this.target = target;
        this.legZero = legZero;
        this.legOne = legOne;
    }

    /**
     * Runs until it is killed.
     *
     * @param args as above
     * @throws Exception if something fails
     */
    public static void main(String[] args) throws Exception {
        int regionBytes = Integer.parseInt(args[5]);
        int rounds = Integer.parseInt(args[ROUNDS_ARGUMENT]);
        try (DirectDevice legZero = DirectDevice.toRead(Path.of(args[2]));
                DirectDevice legOne = DirectDevice.toRead(Path.of(args[3]))) {
            StoreWhileWritten program = new StoreWhileWritten(args[0], Path.of(args[1]), legZero, legOne);
            long[] positions = program.positions(regionBytes, rounds);
            for (int round = 0; round < rounds; round++) {
                System.out.println("position " + round + " " + positions[round]);
                program.round(round, (long) round * regionBytes, positions[round]);
            }
            DiskLog log = new DiskLog(Path.of(args[4]));
            for (long position : positions) {
                log.await((int) (position / regionBytes), true);
            }
            System.out.println("clean");
            new CountDownLatch(1).await();
            Reference.reachabilityFence(program.mappings);
        }
    }

    /** Where the pages are on the legs: where they are on a device, and where they are found if they are in a file. */
    private long[] positions(int stride, int rounds) throws IOException {
        long[] positions = new long[rounds];
        if (target.startsWith("/dev")) {
            Arrays.setAll(positions, round -> (long) round * stride);
            return positions;
        }
        Arrays.fill(positions, -1);
        try (FileChannel file = FileChannel.open(target, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int round = 0; round < rounds; round++) {
                byte[] page = page('-');
                byte[] mark = mark(round);
                System.arraycopy(mark, 0, page, 0, mark.length);
                file.write(ByteBuffer.wrap(page), (long) round * stride);
            }
            file.force(true);
        }
        ByteBuffer searched = DirectDevice.memory(SEARCHED);
        for (long at = 0; at < legZero.length(); at += SEARCHED) {
            legZero.read(searched, at);
            for (int offset = 0; offset < SEARCHED; offset += PAGE) {
                for (int round = 0; round < rounds; round++) {
                    byte[] mark = mark(round);
                    if (searched.slice(offset, mark.length).equals(ByteBuffer.wrap(mark))) {
                        positions[round] = at + offset;
                    }
                }
            }
        }
        for (int round = 0; round < rounds; round++) {
            if (positions[round] < 0) {
                throw new IOException("page " + round + " of " + target + " was not found on leg 0");
            }
        }
        return positions;
    }

    private static byte[] mark(int round) {
        return ("lockstep page " + round + ';').getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] page(char content) {
        byte[] page = new byte[PAGE];
        Arrays.fill(page, (byte) content);
        return page;
    }

    private void round(int round, long offset, long onLegs) throws Exception {
        if (how.equals("mmap")) {
            try (FileChannel channel = FileChannel.open(target, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, offset, PAGE);
                mappings.add(mapped);
                mapped.put(0, page('A'));
                storeDuring(round, mapped, new FutureTask<>(mapped::force), onLegs);
            }
        } else {
            try (DirectDevice device = DirectDevice.toWrite(target)) {
                ByteBuffer memory = DirectDevice.memory(PAGE);
                memory.put(0, page('A'));
                FutureTask<ByteBuffer> write = new FutureTask<>(() -> {
                    device.write(memory, offset);
                    return memory;
                });
                if (how.equals("race")) {
                    race(round, memory, write);
                } else {
                    storeDuring(round, memory, write, onLegs);
                }
            }
        }
    }

    /** Stores once leg 0 has the page: the write is under way then, as leg 1 is slower. */
    private void storeDuring(int round, ByteBuffer memory, FutureTask<? extends ByteBuffer> write, long onLegs)
            throws IOException, InterruptedException, ExecutionException {
        byte[] stored = page('B');
        ByteBuffer expected = ByteBuffer.wrap(page('A'));
        new Thread(write, "write-" + round).start();
        ByteBuffer found = DirectDevice.memory(PAGE);
        long patience = System.currentTimeMillis() + PATIENCE_MILLIS;
        do {
            legZero.read(found, onLegs);
            if (System.currentTimeMillis() > patience) {
                throw new IOException("leg 0 did not get the page within " + PATIENCE_MILLIS + " ms");
            }
        } while (!found.equals(expected));
        legOne.read(found, onLegs);
        boolean inTime = !found.equals(expected);
        long start = System.nanoTime();
        memory.put(0, stored);
        long end = System.nanoTime();
        legOne.read(found, onLegs);
        tell(round, end - start, inTime, found.equals(expected) ? "after" : "during");
        write.get();
    }

    /** Stores all the time, one content after the other. */
    private static void race(int round, ByteBuffer memory, FutureTask<? extends ByteBuffer> write)
            throws InterruptedException, ExecutionException {
        byte[] a = page('A');
        byte[] b = page('B');
        new Thread(write, "write-" + round).start();
        long start = System.nanoTime();
        while (!write.isDone()) {
            memory.put(0, b);
            memory.put(0, a);
        }
        tell(round, System.nanoTime() - start, true, "during");
        write.get();
    }

    private static void tell(int round, long nanos, boolean inTime, String when) {
        System.out.println("round " + round + " store " + nanos / 1_000_000 + " ms " + (inTime ? when : "too late"));
    }
}
