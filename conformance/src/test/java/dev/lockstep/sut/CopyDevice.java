package dev.lockstep.sut;

import dev.lockstep.store.FileLeg;
import dev.lockstep.store.Flush;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The device of a log in two copies: a file, and of each of its pages what a power cut may leave. A write of a page may be torn between
 * sectors, and a page may be damaged. One thread at a time uses it.
 */
final class CopyDevice implements Leg {
    static final int PAGE = 4096;

    /** What is about to be done to the device. */
    enum Point { READ, WRITE, FLUSH }

    /** Stops whoever is about to do something, or kills it. */
    @FunctionalInterface
    interface Gate {
        void at(Point point);
    }

    /** The process that wrote is dead. */
    static final class Dead extends Error {
        private static final long serialVersionUID = 1;

        Dead() {
            super("killed", null, false, false);
        }
    }

    /** A content that a page was given: when, and whether by a write that went through. */
    private record Given(long time, boolean whole, byte[] bytes) {
    }

    private final FileLeg file;
    private final List<List<Given>> may = new ArrayList<>();
    /** Pages that cannot be read, and what is in the buffer after the attempt: what was there before. */
    private final Map<Integer, byte[]> unreadable = new HashMap<>();
    private final BitSet written = new BitSet();
    private Gate gate = point -> { };
    /** Pages whose write is to be cut off. */
    private Set<Integer> torn = Set.of();
    private final byte[] scratch = new byte[PAGE];
    private final byte[][] now;
    private long time;
    /** Which of the sectors that differ a write that is cut off leaves. */
    private int cut;

    CopyDevice(FileLeg file) throws IOException {
        this.file = file;
        this.now = new byte[(int) (file.length() / PAGE)][];
        for (int page = 0; page < file.length() / PAGE; page++) {
            may.add(new ArrayList<>());
            keep(page, bytes(page));
        }
    }

    void gate(Gate next) {
        gate = next;
    }

    /** The next write of one of these pages leaves a part of it, and the process dies. */
    void tear(Set<Integer> pages) {
        torn = pages;
    }

    /** {@return the pages that were written since this was asked last} */
    BitSet written() {
        BitSet pages = (BitSet) written.clone();
        written.clear();
        return pages;
    }

    /** {@return what a read of a page returns, as the file has it: the same array as long as that is the same} */
    byte[] bytes(int page) throws IOException {
        file.read(ByteBuffer.wrap(scratch), (long) page * PAGE);
        if (now[page] == null || !Arrays.equals(now[page], scratch)) {
            now[page] = scratch.clone();
        }
        return now[page];
    }

    boolean isReadable(int page) {
        return !unreadable.containsKey(page);
    }

    /** {@return what a power cut may leave of a page} */
    List<byte[]> may(int page) {
        return may.get(page).stream().map(Given::bytes).toList();
    }

    /** A page is this from now on, and was nothing else. */
    void become(int page, byte[] bytes, boolean readable) throws IOException {
        byte[] before = bytes(page);
        put(page, bytes);
        keep(page, bytes);
        if (readable) {
            unreadable.remove(page);
        } else {
            unreadable.put(page, before);
        }
    }

    private void put(int page, byte[] bytes) throws IOException {
        file.write(ByteBuffer.wrap(bytes), (long) page * PAGE);
        now[page] = bytes;
    }

    private void keep(int page, byte[] bytes) {
        may.get(page).clear();
        may.get(page).add(new Given(0, true, bytes));
    }

    /** A power cut leaves of a page what is read of it. */
    void keepNow(int page) throws IOException {
        keep(page, bytes(page));
    }

    @Override
    public String name() {
        return "log";
    }

    @Override
    public long length() {
        return file.length();
    }

    @Override
    public void read(ByteBuffer into, long position) throws IOException {
        gate.at(Point.READ);
        int last = (int) ((position + into.remaining() - 1) / PAGE);
        for (int page = (int) (position / PAGE); page <= last; page++) {
            if (unreadable.containsKey(page)) {
                into.put(unreadable.get(page), 0, Math.min(into.remaining(), PAGE));
                throw new IOException("page " + page + " cannot be read");
            }
        }
        file.read(into, position);
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
        gate.at(Point.WRITE);
        int page = (int) (position / PAGE);
        if (position < 0 || position % PAGE + from.remaining() > PAGE || page >= may.size()) {
            throw new IOException("a write of " + from.remaining() + " bytes at " + position + " is not within a page");
        }
        byte[] before = bytes(page);
        byte[] after = before.clone();
        from.get(after, (int) (position % PAGE), from.remaining());
        time++;
        written.set(page);
        byte[] part = part(before, after);
        if (part != null) {
            may.get(page).add(new Given(time, false, part));
        }
        if (torn.contains(page)) {
            // Where only one sector differs, as in what the same write has torn already, it stays as it is.
            put(page, part == null ? before : part);
            torn = Set.of();
            throw new Dead();
        }
        put(page, after);
        unreadable.remove(page);
        may.get(page).add(new Given(time, true, after));
    }

    /** Some of the sectors that differ, and not all; null if no part of such a write can be left. */
    private byte[] part(byte[] before, byte[] after) {
        List<Integer> different = new ArrayList<>();
        for (int at = 0; at < PAGE; at += SECTOR) {
            if (!Arrays.equals(before, at, at + SECTOR, after, at, at + SECTOR)) {
                different.add(at);
            }
        }
        if (different.size() < 2) {
            return null;
        }
        cut++;
        byte[] part = before.clone();
        boolean none = true;
        for (int i = 0; i < different.size(); i++) {
            boolean taken = i == different.size() - 1 ? none : i == 0 ? cut % 2 == 0 : (cut >> i & 1) == 1;
            if (taken) {
                none = false;
                System.arraycopy(after, different.get(i), part, different.get(i), SECTOR);
            }
        }
        return part;
    }

    @Override
    public Flush beginFlush() {
        long begun = time;
        Flush flush = file.beginFlush();
        return () -> {
            gate.at(Point.FLUSH);
            flush.await();
            for (List<Given> page : may) {
                int durable = 0;
                for (int i = 0; i < page.size(); i++) {
                    durable = page.get(i).whole && page.get(i).time <= begun ? i : durable;
                }
                Given from = page.get(durable);
                page.removeIf(each -> each != from && each.time <= begun);
            }
        };
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
