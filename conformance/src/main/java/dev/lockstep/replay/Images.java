package dev.lockstep.replay;

import dev.lockstep.sut.DiskImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What each down state's files hold: the one thing that is carried from walk to walk. Where the log's format leaves something open that
 * the state does not tell, such as which of two copies is torn, a few images of a state are kept, and walks begin with each in turn. Not
 * thread-safe.
 */
final class Images {
    private static final int MOST = 4;

    private final Map<Integer, Kept> images = new HashMap<>();
    private int size;

    private static final class Kept {
        private final List<DiskImage> images = new ArrayList<>(1);
        private int turn;
    }

    /**
     * Keeps a down state's image.
     *
     * @return the image that was kept for it before: it means the same, or the finding is that it does not
     */
    DiskImage keep(int state, DiskImage image) {
        Kept kept = images.computeIfAbsent(state, key -> new Kept());
        if (!kept.images.isEmpty() && (kept.images.contains(image) || !kept.images.get(0).meansTheSame(image))) {
            return kept.images.get(0);
        }
        if (kept.images.size() < MOST) {
            kept.images.add(image);
            size++;
        }
        return kept.images.get(0);
    }

    /** An image of a state, another each time if there are several; none if none was kept. */
    DiskImage of(int state) {
        Kept kept = images.get(state);
        return kept == null ? null : kept.images.get(kept.turn++ % kept.images.size());
    }

    /** How many are kept, of all states together. */
    int size() {
        return size;
    }
}
