package dev.lockstep.volume;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a user may rely on, block by block: AtomicDisk.tla, written down once more. Of each block it has the contents that a read may
 * return now, and those that a power cut may leave; both are sets, as a crash and a page that is changed while it is written
 * leave a choice. Contents are numbers.
 */
final class PlainDisk {
    private final List<Set<Integer>> now = new ArrayList<>();
    private final List<Set<Integer>> may = new ArrayList<>();
    private final List<Written> inFlight = new ArrayList<>();
    private final List<List<Set<Integer>>> flushes = new ArrayList<>();
    /** The blocks that some leg may have something else of, as it was spoilt. */
    private final Set<Integer> spoilt = new HashSet<>();

    PlainDisk(int blocks, int content) {
        for (int block = 0; block < blocks; block++) {
            now.add(new HashSet<>(Set.of(content)));
            may.add(new HashSet<>(Set.of(content)));
        }
    }

    /** A write in flight: of each of its blocks what its memory has held since it began. */
    static final class Written {
        private final int first;
        private final List<Set<Integer>> values = new ArrayList<>();

        private Written(int first) {
            this.first = first;
        }

        private Set<Integer> of(int block) {
            return block >= first && block < first + values.size() ? values.get(block - first) : Set.of();
        }
    }

    Written begin(int first, int... contents) {
        Written begun = new Written(first);
        inFlight.add(begun);
        for (int i = 0; i < contents.length; i++) {
            begun.values.add(new HashSet<>());
            changed(begun, i, contents[i]);
        }
        return begun;
    }

    /** The memory of a write in flight is changed. */
    void changed(Written write, int offset, int content) {
        int block = write.first + offset;
        write.values.get(offset).add(content);
        may.get(block).add(content);
        flushes.forEach(since -> since.get(block).add(content));
    }

    void ended(Written write) {
        inFlight.remove(write);
        for (int i = 0; i < write.values.size(); i++) {
            now.set(write.first + i, new HashSet<>(write.values.get(i)));
            spoilt.remove(write.first + i);
        }
    }

    /** What a read may return: all that it may, sector by sector. */
    Set<Integer> readable(int block) {
        Set<Integer> readable = new HashSet<>(now.get(block));
        inFlight.forEach(write -> readable.addAll(write.of(block)));
        return readable;
    }

    /** A read has returned this: the next one has to, if no write comes between. */
    void read(int block, int content) {
        if (!isWritten(block) && !spoilt.contains(block)) {
            now.set(block, new HashSet<>(Set.of(content)));
        }
    }

    /** Whether a write to it is in flight. */
    boolean isWritten(int block) {
        return inFlight.stream().anyMatch(write -> !write.of(block).isEmpty());
    }

    /** A block that is not being written is read as before on some legs, and as something else on another. */
    void spoil(int block, int was, int with) {
        now.set(block, new HashSet<>(Set.of(was, with)));
        may.get(block).add(with);
        flushes.forEach(since -> since.get(block).add(with));
        spoilt.add(block);
    }

    boolean isSpoilt(int block) {
        return spoilt.contains(block);
    }

    /** It is this on every leg, and no write has come since. */
    void repaired(int block, int content) {
        now.set(block, new HashSet<>(Set.of(content)));
        spoilt.remove(block);
    }

    /** One content or the other is everywhere. */
    void settled(int block) {
        spoilt.remove(block);
    }

    Object flushBegun() {
        List<Set<Integer>> since = new ArrayList<>();
        for (int block = 0; block < now.size(); block++) {
            since.add(readable(block));
        }
        flushes.add(since);
        return since;
    }

    void flushEnded(Object begun) {
        for (List<Set<Integer>> since : flushes) {
            if (since == begun) {
                for (int block = 0; block < may.size(); block++) {
                    may.get(block).retainAll(since.get(block));
                }
            }
        }
        flushes.removeIf(since -> since == begun);
    }

    /** The process dies: what has ended stays; what has not may be there or not. */
    void kill() {
        for (int block = 0; block < now.size(); block++) {
            now.set(block, readable(block));
        }
        inFlight.clear();
        flushes.clear();
    }

    /** The power fails. */
    void cut() {
        kill();
        for (int block = 0; block < now.size(); block++) {
            now.set(block, new HashSet<>(may.get(block)));
        }
    }
}
