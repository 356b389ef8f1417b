package dev.lockstep.log;

import dev.lockstep.store.Flush;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * A leg in memory with a volatile cache, sector by sector as {@link Leg} promises it: written down here a second time, and not taken
 * from what it judges. It can be copied, killed in the middle of a write, and cut. Not thread-safe.
 */
final class SectorLeg implements Leg {

    /** The process has died. */
    static final class Died extends IOException {
        private static final long serialVersionUID = 1;
    }

    private final byte[][] now;
    /** Of each sector what a power cut may leave, without doubles. */
    private final List<List<byte[]>> may = new ArrayList<>();
    private final List<List<List<byte[]>>> flushes = new ArrayList<>();
    /** How many writes go through before one is torn; none is if it is negative. */
    private int untilTorn = -1;
    /** Of the sectors that the torn write would change, those that it does: a bit each, in their order. */
    private int tornKeeps;

    SectorLeg(long length) {
        now = new byte[Math.toIntExact(length / SECTOR)][];
        for (int sector = 0; sector < now.length; sector++) {
            now[sector] = new byte[SECTOR];
            may.add(new ArrayList<>(List.of(now[sector])));
        }
    }

    private SectorLeg(byte[][] now, List<List<byte[]>> may) {
        this.now = now.clone();
        may.forEach(set -> this.may.add(new ArrayList<>(set)));
    }

    /** The same device after the process that used it has died: what is volatile stays so. */
    SectorLeg killed() {
        return new SectorLeg(now, may);
    }

    /** The write after so many that change anything dies, and keeps some of the sectors that it would change. */
    void tear(int after, int keeps) {
        untilTorn = after;
        tornKeeps = keeps;
    }

    /** Every device that a power cut may leave now. */
    void forEachCut(Consumer<SectorLeg> check) {
        cut(0, now.clone(), check);
    }

    private void cut(int from, byte[][] left, Consumer<SectorLeg> check) {
        int sector = from;
        while (sector < left.length && may.get(sector).size() == 1) {
            left[sector] = may.get(sector).get(0);
            sector++;
        }
        if (sector == left.length) {
            check.accept(new SectorLeg(left, Arrays.stream(left).map(List::of).toList()));
            return;
        }
        for (byte[] content : may.get(sector)) {
            left[sector] = content;
            cut(sector + 1, left, check);
        }
    }

    @Override
    public String name() {
        return "log";
    }

    @Override
    public long length() {
        return (long) now.length * SECTOR;
    }

    @Override
    public void read(ByteBuffer into, long position) {
        for (int sector = (int) (position / SECTOR); into.hasRemaining(); sector++) {
            into.put(now[sector], 0, SECTOR);
        }
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
        boolean torn = untilTorn == 0;
        untilTorn--;
        int changing = 0;
        for (int sector = (int) (position / SECTOR); from.hasRemaining(); sector++) {
            byte[] content = new byte[SECTOR];
            from.get(content);
            boolean changes = !Arrays.equals(content, now[sector]);
            if (!torn || changes && (tornKeeps >>> changing & 1) != 0) {
                put(sector, content);
            }
            changing += changes ? 1 : 0;
        }
        if (torn) {
            throw new Died();
        }
    }

    private void put(int sector, byte[] content) {
        now[sector] = content;
        add(may.get(sector), content);
        flushes.forEach(since -> add(since.get(sector), content));
    }

    private static void add(List<byte[]> set, byte[] content) {
        if (set.stream().noneMatch(each -> Arrays.equals(each, content))) {
            set.add(content);
        }
    }

    @Override
    public Flush beginFlush() {
        List<List<byte[]>> since = new ArrayList<>();
        for (byte[] content : now) {
            since.add(new ArrayList<>(List.of(content)));
        }
        flushes.add(since);
        return () -> {
            if (flushes.remove(since)) {
                for (int sector = 0; sector < now.length; sector++) {
                    List<byte[]> left = since.get(sector);
                    may.get(sector).removeIf(each -> left.stream().noneMatch(other -> Arrays.equals(each, other)));
                }
            }
        };
    }

    @Override
    public void close() {
        // Nothing to give back.
    }
}
