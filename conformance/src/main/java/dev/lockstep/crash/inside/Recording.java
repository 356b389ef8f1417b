package dev.lockstep.crash.inside;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a child told before it died, and what follows from it for every block: the reader of what {@link Teller} writes. One recording
 * goes on over several children of the same volume. Not thread-safe.
 */
public final class Recording {
    private final int blocksPerPage;
    private final BlockHistory[] blocks;
    private final Map<String, List<Open>> open = new HashMap<>();
    private final Map<String, long[]> flushes = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private long lastContent;
    private long acknowledged;

    /** A block's part in a write that has not ended. */
    private record Open(BlockHistory block, Object write) {
    }

    /**
     * Of a volume that holds zeros, durably.
     *
     * @param blocks        how many blocks it has
     * @param blocksPerPage how many of them a page has
     */
    public Recording(int blocks, int blocksPerPage) {
        this.blocksPerPage = blocksPerPage;
        this.blocks = new BlockHistory[blocks];
        for (int block = 0; block < blocks; block++) {
            this.blocks[block] = new BlockHistory(Set.of(Stamp.ZEROS));
        }
    }

    /**
     * Takes a line.
     *
     * @param line as the child told it
     * @throws IllegalArgumentException if no child tells such a line
     */
    public void take(String line) {
        String[] words = line.split(" ");
        switch (words[0]) {
            case "S" -> {
                lastContent = Math.max(lastContent, number(words[2]));
                block(words[1]).storeBegun(number(words[2]));
            }
            case "s" -> block(words[1]).storeEnded(number(words[2]));
            case "B" -> pageWriteBegun(words[1]);
            case "b" -> writeEnded("page " + words[1]);
            case "D" -> directBegun(words);
            case "d" -> writeEnded("direct " + words[1]);
            case "F" -> flushBegun(words[1]);
            case "f" -> flushEnded(words[1]);
            case "X" -> wrong.add(line.substring(2));
            case "R", "P", "U", "C", "c" -> { }
            default -> throw new IllegalArgumentException("a child told \"" + line + "\", which means nothing");
        }
    }

    private void pageWriteBegun(String page) {
        int first = (int) number(page) * blocksPerPage;
        for (int block = first; block < Math.min(first + blocksPerPage, blocks.length); block++) {
            begin("page " + page, blocks[block], blocks[block].writeBegun());
        }
    }

    private void directBegun(String... words) {
        int first = (int) number(words[2]);
        for (int i = 0; i < number(words[3]); i++) {
            long content = number(words[4]) + i;
            lastContent = Math.max(lastContent, content);
            begin("direct " + words[1], blocks[first + i], blocks[first + i].writeBegun(content));
        }
    }

    private void begin(String name, BlockHistory block, Object write) {
        open.computeIfAbsent(name, any -> new ArrayList<>()).add(new Open(block, write));
    }

    /** A page's next write may be told as begun before its last one is told as ended: then this ends the older one. */
    private void writeEnded(String name) {
        acknowledged++;
        List<Open> parts = open.remove(name);
        Map<BlockHistory, Object> oldest = new HashMap<>();
        List<Open> younger = new ArrayList<>();
        for (Open part : parts) {
            if (oldest.putIfAbsent(part.block(), part.write()) != null) {
                younger.add(part);
            }
        }
        oldest.forEach(BlockHistory::writeEnded);
        if (!younger.isEmpty()) {
            open.put(name, younger);
        }
    }

    /** A flush is told to all blocks, as each has a clock of its own. */
    private void flushBegun(String flush) {
        flushes.put(flush, Arrays.stream(blocks).mapToLong(BlockHistory::flushBegun).toArray());
    }

    private void flushEnded(String flush) {
        acknowledged++;
        long[] begun = flushes.remove(flush);
        for (int block = 0; block < blocks.length; block++) {
            blocks[block].flushEnded(begun[block]);
        }
    }

    /**
     * The child is dead, and this is what was found: from now on a block holds that.
     *
     * @param block    the block
     * @param contents the contents that were found on the legs that may be read
     */
    public void found(int block, Set<Long> contents) {
        blocks[block] = new BlockHistory(contents);
    }

    /** The child is dead: what it had under way ends no more. */
    public void childDied() {
        open.clear();
        flushes.clear();
    }

    /**
     * {@return what a kill may leave in a block}
     *
     * @param block the block
     */
    public Set<Long> afterKill(long block) {
        return blocks[(int) block].afterKill();
    }

    /**
     * {@return what a power cut may leave in a block}
     *
     * @param block the block
     */
    public Set<Long> afterCut(long block) {
        return blocks[(int) block].afterCut();
    }

    /** {@return the largest number that a content has had} */
    public long lastContent() {
        return lastContent;
    }

    /** {@return how many writes and flushes were acknowledged} */
    public long acknowledged() {
        return acknowledged;
    }

    /** {@return what the children themselves found to be wrong} */
    public List<String> wrong() {
        return List.copyOf(wrong);
    }

    private BlockHistory block(String number) {
        return blocks[(int) number(number)];
    }

    private static long number(String word) {
        return Long.parseLong(word);
    }
}
