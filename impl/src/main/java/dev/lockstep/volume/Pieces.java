package dev.lockstep.volume;

import java.io.IOException;

/** Tells a completion once when several pieces have ended: of a failure, if one of them has failed. Thread-safe. */
final class Pieces implements Completion {
    private final Completion whole;
    private int left;
    private IOException failure;

    Pieces(int pieces, Completion whole) {
        this.left = pieces;
        this.whole = whole;
    }

    @Override
    public void ended() {
        end(1, null);
    }

    @Override
    public void failed(IOException cause) {
        end(1, cause);
    }

    /** So many pieces were never begun. */
    void notBegun(int pieces, IOException cause) {
        end(pieces, cause);
    }

    private void end(int pieces, IOException cause) {
        IOException first;
        synchronized (this) {
            failure = failure == null ? cause : failure;
            first = failure;
            left -= pieces;
            if (left > 0) {
                return;
            }
        }
        if (first == null) {
            whole.ended();
        } else {
            whole.failed(first);
        }
    }
}
