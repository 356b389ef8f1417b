package dev.lockstep.crash.enumerate;

import dev.lockstep.crash.inside.BlockHistory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What the user of a volume was told, block by block, and so what a crash may leave. It knows what the user did and what was
 * acknowledged, and nothing of the devices. Not thread-safe.
 */
final class Told {
    private final List<BlockHistory> blocks = new ArrayList<>();
    private final List<Long> newest = new ArrayList<>();
    private final Map<Promised, Promise> promises = new HashMap<>();
    private Promise afterKill;
    private Promise afterCut;
    private boolean legsChanged;

    private record Promised(List<Set<Long>> blocks, boolean legsChanged) {
    }

    /** Writes of blocks under way: the write of each. */
    record Writing(int first, List<Object> writes) {
    }

    /** The block after those that are known already holds a content, durably. */
    void found(long content) {
        blocks.add(new BlockHistory(Set.of(content)));
        newest.add(content);
        changed();
    }

    /**
     * The user was killed, and finds these contents when it reads again. What it was writing is decided by that; but what was
     * volatile still is, so a power cut may leave what it might have left before.
     */
    void killed(List<Long> found) {
        for (int block = 0; block < found.size(); block++) {
            Set<Long> left = new HashSet<>(blocks.get(block).afterCut());
            left.add(found.get(block));
            blocks.set(block, new BlockHistory(left));
            newest.set(block, found.get(block));
        }
        changed();
    }

    private void changed() {
        afterKill = null;
        afterCut = null;
    }

    /** The content that the user has given a block last. */
    long newest(int block) {
        return newest.get(block);
    }

    /** Blocks are read into memory that was not theirs; nobody writes them now. */
    void loaded(int first, int count) {
        for (int block = first; block < first + count; block++) {
            storeBegun(block, newest.get(block));
            storeEnded(block, newest.get(block));
        }
    }

    void storeBegun(int block, long content) {
        blocks.get(block).storeBegun(content);
        changed();
    }

    void storeEnded(int block, long content) {
        blocks.get(block).storeEnded(content);
        newest.set(block, content);
        changed();
    }

    /** A write of the blocks' memory begins. */
    Writing writeBegun(int first, int count) {
        changed();
        return new Writing(first, blocks.subList(first, first + count).stream().map(BlockHistory::writeBegun).toList());
    }

    /** A write of other memory begins, which holds these contents. */
    Writing directBegun(int first, List<Long> contents) {
        List<Object> writes = new ArrayList<>();
        for (int i = 0; i < contents.size(); i++) {
            writes.add(blocks.get(first + i).writeBegun(contents.get(i)));
            newest.set(first + i, contents.get(i));
        }
        changed();
        return new Writing(first, writes);
    }

    void writeEnded(Writing writing) {
        for (int i = 0; i < writing.writes.size(); i++) {
            blocks.get(writing.first + i).writeEnded(writing.writes.get(i));
        }
        changed();
    }

    List<Long> flushBegun() {
        changed();
        return blocks.stream().map(BlockHistory::flushBegun).toList();
    }

    void flushEnded(List<Long> begun) {
        for (int block = 0; block < begun.size(); block++) {
            blocks.get(block).flushEnded(begun.get(block));
        }
        changed();
    }

    /** The legs are as the user wanted them. */
    void legsChanged() {
        legsChanged = true;
        changed();
    }

    Promise afterKill() {
        afterKill = afterKill == null ? promise(BlockHistory::afterKill) : afterKill;
        return afterKill;
    }

    Promise afterCut() {
        afterCut = afterCut == null ? promise(BlockHistory::afterCut) : afterCut;
        return afterCut;
    }

    private Promise promise(Function<BlockHistory, Set<Long>> question) {
        List<Set<Long>> contents = blocks.stream().map(question).toList();
        return promises.computeIfAbsent(new Promised(contents, legsChanged), each -> new Promise(promises.size(), contents, legsChanged));
    }
}
