package dev.lockstep.replay;

import dev.lockstep.sut.DiskImage;
import java.util.HashMap;
import java.util.Map;

/** What each down state's files hold: the one thing that is carried from walk to walk. Not thread-safe. */
final class Images {
    private final Map<Integer, DiskImage> images = new HashMap<>();

    /**
     * Keeps a down state's image.
     *
     * @return the image that was kept for it before: equal, or the finding is that it is not
     */
    DiskImage keep(int state, DiskImage image) {
        DiskImage before = images.putIfAbsent(state, image);
        return before == null ? image : before;
    }

    DiskImage of(int state) {
        return images.get(state);
    }

    int size() {
        return images.size();
    }
}
