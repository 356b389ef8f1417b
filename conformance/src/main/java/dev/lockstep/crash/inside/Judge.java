package dev.lockstep.crash.inside;

import dev.lockstep.log.LogImage;
import dev.lockstep.store.Leg;
import dev.lockstep.volume.Layout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * Judges legs and a log as a crash left them, before anyone recovers: no two legs may differ in a block of a region whose bit
 * says clean ({@code NoDesync}), and every block has to hold, on each leg that may serve a read, what a crash may leave there
 * ({@code NothingLost} and the refinement of {@code AtomicDisk}). A region whose bit says clean is read from every leg, another
 * from the source alone. Not thread-safe.
 */
public final class Judge {
    private final Layout layout;
    private final ByteBuffer ofSource;
    private final ByteBuffer ofOther;

    /**
     * Of a volume.
     *
     * @param layout how it is divided
     */
    public Judge(Layout layout) {
        this.layout = layout;
        this.ofSource = ByteBuffer.allocateDirect(layout.regionBytes());
        this.ofOther = ByteBuffer.allocateDirect(layout.regionBytes());
    }

    /** What is found on the way. */
    private static final class Found {
        final Map<Long, BadBlock> desyncs = new HashMap<>();
        final List<BadBlock> lost = new ArrayList<>();
        int mixtures;
    }

    /**
     * Judges.
     *
     * @param legs    the legs
     * @param log     the log's bits, as they are found
     * @param allowed what the crash may have left in a block
     * @return what is to be said
     * @throws IOException if a leg cannot be read
     */
    public Judgement judge(List<? extends Leg> legs, LogImage log, LongFunction<Set<Long>> allowed) throws IOException {
        Found found = new Found();
        for (int region = 0; region < layout.regions(); region++) {
            int length = fill(ofSource, legs.get(layout.source()), region);
            boolean clean = log.isClean(region);
            if (clean) {
                for (int leg = 0; leg < legs.size(); leg++) {
                    if (leg != layout.source()) {
                        fill(ofOther, legs.get(leg), region);
                        compare(found, region, leg, length);
                    }
                }
            }
            check(found, region, length, clean, allowed);
        }
        return new Judgement(found.desyncs.values().stream().sorted((a, b) -> Long.compare(a.block(), b.block())).toList(),
                List.copyOf(found.lost), log.dirtyCount(), found.mixtures);
    }

    private int fill(ByteBuffer into, Leg leg, int region) throws IOException {
        long position = (long) region * layout.regionBytes();
        int length = (int) Math.min(layout.regionBytes(), layout.bytes() - position);
        leg.read(into.clear().limit(length), position);
        into.flip();
        return length;
    }

    private void compare(Found found, int region, int leg, int length) {
        if (ofSource.mismatch(ofOther) < 0) {
            return;
        }
        for (int at = 0; at < length; at += Stamp.BLOCK) {
            if (ofSource.slice(at, Stamp.BLOCK).mismatch(ofOther.slice(at, Stamp.BLOCK)) >= 0) {
                long block = block(region, at);
                found.desyncs.putIfAbsent(block, new BadBlock(block, region, true, "holds " + words(block, ofSource, at)
                        + " on leg " + layout.source() + " and " + words(block, ofOther, at) + " on leg " + leg));
            }
        }
    }

    /** Of a clean region the source alone need be looked at: where another leg differs, it is a desync. */
    private void check(Found found, int region, int length, boolean clean, LongFunction<Set<Long>> allowed) {
        for (int at = 0; at < length; at += Stamp.BLOCK) {
            long block = block(region, at);
            Set<Long> may = allowed.apply(block);
            long content = Stamp.read(block, ofSource, at);
            if (may.contains(content) || found.desyncs.containsKey(block)) {
                continue;
            }
            if (content == Stamp.MIXED && may.size() > 1 && Stamp.mixtureOf(block, ofSource, at, may)) {
                found.mixtures++;
            } else {
                found.lost.add(new BadBlock(block, region, clean, "holds " + words(block, ofSource, at) + " on leg "
                        + layout.source() + "; " + may.stream().sorted().map(each -> "content " + each).toList() + " may be there"));
            }
        }
    }

    private long block(int region, int at) {
        return ((long) region * layout.regionBytes() + at) / Stamp.BLOCK;
    }

    private static String words(long block, ByteBuffer bytes, int at) {
        long content = Stamp.read(block, bytes, at);
        return content == Stamp.MIXED ? "no content whole" : "content " + content;
    }
}
