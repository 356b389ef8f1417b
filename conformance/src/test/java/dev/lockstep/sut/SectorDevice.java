package dev.lockstep.sut;

import dev.lockstep.store.FileLeg;
import dev.lockstep.store.Flush;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The device of a log in dm-mirror's format: a file, and of each of its sectors what a power cut may leave. A process may die when some sectors of a
 * write were written, and a sector may not be readable. One thread at a time uses it.
 */
final class SectorDevice implements Leg {
    /** A content that a sector was given, and when. */
    record Given(long time, boolean readable, byte[] bytes) {
    }

    private final FileLeg file;
    private final List<List<Given>> may = new ArrayList<>();
    private final List<Given> now = new ArrayList<>();
    private List<List<Integer>> written = new ArrayList<>();
    private CopyDevice.Gate gate = point -> { };
    /** Sectors whose write is to be cut off: the process dies before them; none if it is not to. */
    private Set<Integer> left = Set.of();
    private long time;
    private int failures;

    SectorDevice(FileLeg file) throws IOException {
        this.file = file;
        for (int sector = 0; sector < file.length() / SECTOR; sector++) {
            byte[] bytes = new byte[SECTOR];
            file.read(ByteBuffer.wrap(bytes), (long) sector * SECTOR);
            now.add(new Given(0, true, bytes));
            may.add(new ArrayList<>(List.of(now.get(sector))));
        }
    }

    void gate(CopyDevice.Gate next) {
        gate = next;
    }

    /** Whoever writes one of these sectors dies when others of the same write are written. */
    void leave(Set<Integer> sectors) {
        left = sectors;
    }

    /** {@return where it was written since this was asked last, and how many bytes} */
    List<List<Integer>> written() {
        List<List<Integer>> all = written;
        written = new ArrayList<>();
        return all;
    }

    /** {@return what a read of a sector returns, as the file has it} */
    Given now(int sector) throws IOException {
        byte[] bytes = new byte[SECTOR];
        file.read(ByteBuffer.wrap(bytes), (long) sector * SECTOR);
        return new Given(0, now.get(sector).readable, bytes);
    }

    /** {@return what a power cut may leave of a sector} */
    List<Given> may(int sector) {
        return List.copyOf(may.get(sector));
    }

    /** A sector is this from now on, and was nothing else. */
    void become(int sector, byte[] bytes, boolean readable) throws IOException {
        put(sector, new Given(0, readable, bytes));
        may.get(sector).clear();
        may.get(sector).add(now.get(sector));
    }

    /** A power cut leaves of a sector what is read of it. */
    void keepNow(int sector) {
        may.get(sector).clear();
        may.get(sector).add(now.get(sector));
    }

    /** A sector is otherwise, and so is all that a power cut may leave of it. */
    void change(int sector, UnaryOperator<byte[]> how) throws IOException {
        may.get(sector).replaceAll(each -> new Given(each.time, each.readable, how.apply(each.bytes.clone())));
        put(sector, new Given(now.get(sector).time, now.get(sector).readable, how.apply(now.get(sector).bytes.clone())));
    }

    private void put(int sector, Given given) throws IOException {
        file.write(ByteBuffer.wrap(given.bytes), (long) sector * SECTOR);
        now.set(sector, given);
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
        gate.at(CopyDevice.Point.READ);
        if (position < 0 || position + into.remaining() > length()) {
            throw new IOException("bytes from " + position + " to " + (position + into.remaining()) + " are not all of the log's");
        }
        for (int sector = (int) (position / SECTOR); sector <= (position + into.remaining() - 1) / SECTOR; sector++) {
            if (!now.get(sector).readable) {
                while (into.hasRemaining()) {
                    into.put((byte) -1);
                }
                // Not every failure says something.
                throw failures++ % 2 == 0 ? new IOException("sector " + sector + " cannot be read") : new IOException();
            }
        }
        file.read(into, position);
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
        gate.at(CopyDevice.Point.WRITE);
        int sectors = from.remaining() / SECTOR;
        int first = (int) (position / SECTOR);
        if (position % SECTOR != 0 || from.remaining() % SECTOR != 0 || position < 0 || sectors < 1 || first + sectors > now.size()) {
            throw new IOException("a write of " + from.remaining() + " bytes at " + position + " is not of sectors of the log");
        }
        written.add(List.of((int) position, from.remaining()));
        time++;
        boolean dies = false;
        for (int sector = first; sector < first + sectors; sector++) {
            byte[] bytes = new byte[SECTOR];
            from.get(bytes);
            if (left.contains(sector)) {
                dies = true;
            } else {
                put(sector, new Given(time, true, bytes));
                may.get(sector).add(now.get(sector));
            }
        }
        if (dies) {
            throw new CopyDevice.Dead();
        }
    }

    @Override
    public Flush beginFlush() {
        long begun = time;
        Flush flush = file.beginFlush();
        return () -> {
            gate.at(CopyDevice.Point.FLUSH);
            flush.await();
            for (List<Given> sector : may) {
                long durable = sector.stream().mapToLong(Given::time).filter(each -> each <= begun).max().orElseThrow();
                sector.removeIf(each -> each.time < durable);
            }
        };
    }

    /** {@return whether a write that was to be read is there} */
    boolean holds(int position, byte[] bytes) throws IOException {
        byte[] held = new byte[bytes.length];
        file.read(ByteBuffer.wrap(held), position);
        return Arrays.equals(held, bytes);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
