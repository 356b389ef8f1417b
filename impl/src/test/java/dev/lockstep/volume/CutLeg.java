package dev.lockstep.volume;

import dev.lockstep.store.Flush;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A leg in memory with a volatile cache, sector by sector as {@link Leg} promises it. Not thread-safe. */
final class CutLeg implements Leg {
    private final String name;
    private final byte[][] now;
    /** Of each sector what it held since its last flush, in order; the last is what it holds. */
    private final List<List<byte[]>> held = new ArrayList<>();
    private Random tearing;
    private boolean dead;
    private boolean gone;

    CutLeg(String name, long length) {
        this.name = name;
        now = new byte[Math.toIntExact(length / SECTOR)][SECTOR];
        for (byte[] sector : now) {
            held.add(new ArrayList<>(List.of(sector)));
        }
    }

    /** The next write leaves some of its sectors written, and nothing is done after. */
    void tear(Random random) {
        tearing = random;
    }

    /** It does not answer any more; or it does again, and what was not flushed may be lost. */
    void answer(boolean answers, Random random) {
        if (gone && answers) {
            cut(random);
        }
        gone = !answers;
    }

    /** It answers again, with all that it had. */
    void answerAsItWas() {
        gone = false;
    }

    boolean isGone() {
        return gone;
    }

    /** The process has died, and another opens the device. */
    void revive() {
        tearing = null;
        dead = false;
    }

    /** The power fails: each sector keeps one of the contents that it may keep. */
    void cut(Random random) {
        for (int sector = 0; sector < now.length; sector++) {
            List<byte[]> may = held.get(sector);
            now[sector] = may.get(random.nextInt(may.size()));
            held.set(sector, new ArrayList<>(List.of(now[sector])));
        }
    }

    /** It has something else in a sector, durably. */
    void spoil(int sector, byte[] with) {
        now[sector] = with;
        held.set(sector, new ArrayList<>(List.of(with)));
    }

    byte[] sector(int sector) {
        return now[sector];
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long length() {
        return (long) now.length * SECTOR;
    }

    @Override
    public void read(ByteBuffer into, long position) throws IOException {
        requireLife();
        for (int sector = (int) (position / SECTOR); into.hasRemaining(); sector++) {
            into.put(now[sector]);
        }
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
        requireLife();
        for (int sector = (int) (position / SECTOR); from.hasRemaining(); sector++) {
            byte[] content = new byte[SECTOR];
            from.get(content);
            if (tearing == null || tearing.nextBoolean()) {
                now[sector] = content;
                held.get(sector).add(content);
            }
        }
        dead = tearing != null;
        requireLife();
    }

    private void requireLife() throws IOException {
        if (dead) {
            throw new IOException(name + ": the process has died");
        }
        if (gone) {
            throw new IOException(name + ": it does not answer");
        }
    }

    @Override
    public Flush beginFlush() {
        byte[][] covered = now.clone();
        return () -> {
            requireLife();
            for (int sector = 0; sector < covered.length; sector++) {
                List<byte[]> may = held.get(sector);
                // A content has an identity: two writes of the same bytes are two.
                int last = may.size() - 1;
                while (last >= 0 && may.get(last) != covered[sector]) {
                    last--;
                }
                if (last > 0) {
                    may.subList(0, last).clear();
                }
            }
        };
    }

    @Override
    public void close() {
        // Nothing to give back.
    }

    @Override
    public String toString() {
        return name + Arrays.toString(now);
    }
}
