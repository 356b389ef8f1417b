package dev.lockstep.log;

import dev.lockstep.store.Flush;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** A leg in memory that records what it is asked for, fails on demand, and can say what a crash would have left. */
final class RecordingLeg implements Leg {

    /** A write, or with no bytes a flush that was waited for. */
    private record Call(long position, byte[] bytes) {
    }

    private final byte[] initial;
    private final byte[] now;
    private final List<Call> calls = new ArrayList<>();
    /** How many more writes and flushes succeed. */
    private int left = Integer.MAX_VALUE;
    private boolean unreadable;
    private long readableLength = Long.MAX_VALUE;

    RecordingLeg(byte[] content) {
        initial = content.clone();
        now = content.clone();
    }

    RecordingLeg(int length) {
        this(new byte[length]);
    }

    /** Lets some more writes and flushes succeed, and none after those. */
    void failAfter(int calls) {
        left = calls;
    }

    /** Reads fail from a position on. */
    void unreadableFrom(long position) {
        unreadable = true;
        readableLength = position;
    }

    byte[] content() {
        return now.clone();
    }

    /** What was asked for since the last time, as {@code write position+length} and {@code flush}. */
    List<String> takeCalls() {
        List<String> taken = calls.stream()
                .map(c -> c.bytes == null ? "flush" : "write " + c.position + "+" + c.bytes.length).toList();
        calls.clear();
        return taken;
    }

    @Override
    public String name() {
        return "log";
    }

    @Override
    public long length() {
        return now.length;
    }

    @Override
    public void read(ByteBuffer into, long position) throws IOException {
        if (unreadable && position + into.remaining() > readableLength) {
            throw new IOException("Input/output error");
        }
        into.put(now, Math.toIntExact(position), into.remaining());
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
        succeed();
        byte[] bytes = new byte[from.remaining()];
        from.get(bytes);
        System.arraycopy(bytes, 0, now, Math.toIntExact(position), bytes.length);
        calls.add(new Call(position, bytes));
    }

    @Override
    public Flush beginFlush() {
        return () -> {
            succeed();
            calls.add(new Call(0, null));
        };
    }

    private void succeed() throws IOException {
        if (left == 0) {
            throw new IOException("the device is gone");
        }
        left--;
    }

    @Override
    public void close() {
        // Nothing to give back.
    }

    /**
     * Every content that a power cut could have left, at any time since the leg was made: after each call, what the
     * flushes until then have made durable, and any subset of the sectors that were written since.
     */
    void forEachCrash(Consumer<byte[]> check) {
        byte[] durable = initial.clone();
        List<Call> sectors = new ArrayList<>();
        check.accept(durable);
        for (Call call : calls) {
            if (call.bytes == null) {
                sectors.forEach(s -> apply(s, durable));
                sectors.clear();
            } else {
                for (int i = 0; i < call.bytes.length; i += SECTOR) {
                    sectors.add(new Call(call.position + i, Arrays.copyOfRange(call.bytes, i, i + SECTOR)));
                }
            }
            for (long subset = 0; subset < 1L << sectors.size(); subset++) {
                byte[] left = durable.clone();
                for (int i = 0; i < sectors.size(); i++) {
                    if ((subset >>> i & 1) != 0) {
                        apply(sectors.get(i), left);
                    }
                }
                check.accept(left);
            }
        }
    }

    private static void apply(Call sector, byte[] to) {
        System.arraycopy(sector.bytes, 0, to, (int) sector.position, sector.bytes.length);
    }
}
