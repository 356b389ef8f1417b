package dev.lockstep.crash.inside;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a crash may leave in one block, by what its user was told: the block of {@code AtomicDisk.tla}, for a recording in which
 * things take time. A write takes any content that its memory held between its beginning and its end; one that has ended
 * survives a kill; one that has ended before a flush began that has ended survives a power cut. Contents are numbers
 * ({@link Stamp}).
 *
 * <p>What is told late makes the sets larger, never smaller: so a store and a write are to be told as begun before they
 * begin, and as ended after they have ended.
 *
 * <p>Not thread-safe.
 */
public final class BlockHistory {
    /** One write of the block; a block that is found at the beginning is a write that ended, and was flushed, before all else. */
    private static final class Written {
        final Set<Long> contents = new HashSet<>();
        final long begun;
        long ended = Long.MAX_VALUE;
        boolean flushed;

        Written(long begun) {
            this.begun = begun;
        }
    }

    private final Set<Long> memory = new HashSet<>();
    private final List<Written> written = new ArrayList<>();
    private long clock;

    /**
     * A block that is known to hold one of some contents, durably.
     *
     * @param contents the contents
     */
    public BlockHistory(Set<Long> contents) {
        Written before = new Written(clock);
        before.contents.addAll(contents);
        before.ended = clock;
        before.flushed = true;
        written.add(before);
        memory.addAll(contents);
    }

    /**
     * A store into the block's memory begins.
     *
     * @param content what is stored
     */
    public void storeBegun(long content) {
        clock++;
        memory.add(content);
        written.stream().filter(write -> write.ended == Long.MAX_VALUE).forEach(write -> write.contents.add(content));
    }

    /**
     * A store into the block's memory has ended.
     *
     * @param content what was stored
     */
    public void storeEnded(long content) {
        clock++;
        memory.clear();
        memory.add(content);
    }

    /**
     * A write of the block's memory begins.
     *
     * @return the write
     */
    public Object writeBegun() {
        Written write = new Written(++clock);
        write.contents.addAll(memory);
        written.add(write);
        return write;
    }

    /**
     * A write of other memory begins, which holds one content and is not stored into: a direct write.
     *
     * @param content the content
     * @return the write
     */
    public Object writeBegun(long content) {
        Written write = new Written(++clock);
        write.contents.add(content);
        written.add(write);
        return write;
    }

    /**
     * A write has ended.
     *
     * @param write what its beginning returned
     */
    public void writeEnded(Object write) {
        ((Written) write).ended = ++clock;
    }

    /**
     * A flush begins.
     *
     * @return when, for {@link #flushEnded}
     */
    public long flushBegun() {
        return ++clock;
    }

    /**
     * A flush has ended.
     *
     * @param begun when it began
     */
    public void flushEnded(long begun) {
        clock++;
        written.stream().filter(write -> write.ended < begun).forEach(write -> write.flushed = true);
        // What a flushed write has superseded can be left by no crash any more.
        written.removeIf(old -> written.stream().anyMatch(later -> later.flushed && old.ended < later.begun));
    }

    /** {@return what a kill may leave} */
    public Set<Long> afterKill() {
        return left(false);
    }

    /** {@return what a power cut may leave} */
    public Set<Long> afterCut() {
        return left(true);
    }

    private Set<Long> left(boolean flushedOnly) {
        Set<Long> contents = new HashSet<>();
        for (Written old : written) {
            boolean superseded = written.stream().anyMatch(later -> (flushedOnly ? later.flushed : later.ended != Long.MAX_VALUE)
                    && old.ended < later.begun);
            if (!superseded) {
                contents.addAll(old.contents);
            }
        }
        return contents;
    }
}
