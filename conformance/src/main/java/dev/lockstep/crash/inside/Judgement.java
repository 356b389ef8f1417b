package dev.lockstep.crash.inside;

import java.util.List;

/**
 * What is to be said of legs and a log that a crash has left.
 *
 * @param desyncs      the blocks in which the legs differ under a bit that says clean
 * @param lost         the blocks that hold, on a leg that may be read, what no crash may leave there: something acknowledged is lost,
 *                     or something is there that nobody wrote. A block that is among the desyncs is never among these
 * @param dirtyRegions how many regions are to be resynchronised
 * @param mixtures     how many blocks hold no content whole, but a mixture of contents that they may hold
 */
public record Judgement(List<BadBlock> desyncs, List<BadBlock> lost, int dirtyRegions, int mixtures) {
    /** {@return whether nothing is wrong} */
    public boolean right() {
        return desyncs.isEmpty() && lost.isEmpty();
    }
}
