package dev.lockstep.crash.enumerate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a crash left on every device: the legs, then the log. Two are equal if all bytes are, and what is still volatile of them.
 * Immutable: nobody changes the arrays.
 */
final class DiskState {
    /** A power cut leaves nothing volatile. */
    private static final int[][][] DURABLE = null;

    private final int[][] now;
    private final int[][][] may;
    private final Key key;
    private final Key bytes;

    private DiskState(int[][] now, int[][][] may) {
        this.now = now;
        this.may = may;
        this.bytes = new Key(joined(now));
        this.key = may == DURABLE ? bytes : volatileKey();
    }

    /** What a power cut left. */
    static DiskState afterCut(int[][] now) {
        return new DiskState(now, DURABLE);
    }

    /** What a kill left: what is volatile is as volatile as it was. */
    static DiskState afterKill(int[][] now, int[][][] may) {
        return new DiskState(now, isDurable(may) ? DURABLE : may);
    }

    private static boolean isDurable(int[][][] may) {
        for (int[][] device : may) {
            for (int[] set : device) {
                if (set.length > 1) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Numbers, to be told apart by what they are. */
    static final class Key {
        private final int[] numbers;
        private final int hash;

        Key(int[] numbers) {
            this.numbers = numbers;
            this.hash = Arrays.hashCode(numbers);
        }

        /** These numbers, and more. */
        Key and(int[] more) {
            return new Key(joined(new int[][] {numbers, more}));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && hash == key.hash && Arrays.equals(numbers, key.numbers);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    private static int[] joined(int[][] parts) {
        int length = 0;
        for (int[] part : parts) {
            length += part.length;
        }
        int[] all = new int[length];
        int at = 0;
        for (int[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private Key volatileKey() {
        List<int[]> sets = new ArrayList<>();
        sets.add(bytes.numbers);
        int at = 0;
        for (int[][] device : may) {
            for (int[] set : device) {
                // A set of one is what the block holds: that is in the bytes.
                at++;
                if (set.length > 1) {
                    int[] sorted = set.clone();
                    Arrays.sort(sorted);
                    sets.add(new int[] {-at});
                    sets.add(sorted);
                }
            }
        }
        return new Key(joined(sets.toArray(int[][]::new)));
    }

    int devices() {
        return now.length;
    }

    int[] now(int device) {
        return now[device];
    }

    /** What a power cut may leave of a block now. */
    int[] may(int device, int block) {
        return may == DURABLE ? new int[] {now[device][block]} : may[device][block];
    }

    boolean mayLeave(int device, int block, int content) {
        return may == DURABLE ? now[device][block] == content : VolatileBlocks.contains(may[device][block], content);
    }

    /** Whether a power cut could change it. */
    boolean isVolatile() {
        return may != DURABLE;
    }

    /** A device in this state. */
    VolatileBlocks device(int device) {
        return new VolatileBlocks(now[device], may == DURABLE ? VolatileBlocks.durable(now[device]) : may[device]);
    }

    /** Tells states apart by their bytes alone. */
    Key bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DiskState state && key.equals(state.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }
}
