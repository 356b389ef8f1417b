package dev.lockstep.volume;

import dev.lockstep.store.FileLeg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A leg that is to come into a volume, open.
 *
 * @param file its file, as it was given
 * @param leg  the same, open
 * @param made whether the file was made for this
 */
record NewLeg(Path file, FileLeg leg, boolean made) {

    /** It does not come in, for a reason: it is closed, and its file is as it was. */
    void giveUp(Exception reason) {
        try {
            leg.close();
            if (made) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }
}
