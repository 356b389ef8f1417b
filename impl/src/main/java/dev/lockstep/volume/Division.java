package dev.lockstep.volume;

import dev.lockstep.store.Leg;
import java.io.IOException;

/**
 * Divides what is asked of a volume at the boundaries of its regions.
 *
 * @param layout how the volume is divided
 */
record Division(Layout layout) {

    /** A part of a write or discard that lies in one region. */
    @FunctionalInterface
    interface Piece {
        void begin(long offset, int length, Completion ended) throws IOException;
    }

    /** Begins the pieces of something, which is told of once all of them have ended. */
    void inPieces(long position, long length, Completion ended, Piece piece) throws IOException {
        int regions = layout.region(position + length - 1) - layout.region(position) + 1;
        if (regions == 1) {
            piece.begin(0, (int) length, ended);
            return;
        }
        Pieces pieces = new Pieces(regions, ended);
        long offset = 0;
        for (int begun = 0; begun < regions; begun++) {
            int part = inRegion(position + offset, length - offset);
            try {
                piece.begin(offset, part, pieces);
            } catch (IOException e) {
                if (begun == 0) {
                    throw e;
                }
                // The volume has stopped underway: those before are told by it.
                pieces.notBegun(regions - begun, e);
                return;
            }
            offset += part;
        }
    }

    /** Whether something lies in one region. */
    boolean isOnePiece(long position, long length) {
        return layout.region(position) == layout.region(position + length - 1);
    }

    /** How much of a piece lies in the region that it begins in. */
    int inRegion(long position, long length) {
        int regionBytes = layout.regionBytes();
        return (int) Math.min(length, regionBytes - (position & regionBytes - 1));
    }

    /** @throws IndexOutOfBoundsException if it does not lie in the volume, or is not whole sectors */
    void requireSectors(long position, long length) {
        long bytes = layout.bytes();
        if (position < 0 || length <= 0 || position > bytes - length || position % Leg.SECTOR != 0 || length % Leg.SECTOR != 0) {
            throw new IndexOutOfBoundsException(length + " bytes at " + position + " are not whole sectors of " + Leg.SECTOR
                    + " bytes in a volume of " + bytes);
        }
    }
}
