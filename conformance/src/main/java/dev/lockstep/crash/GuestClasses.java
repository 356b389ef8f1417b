package dev.lockstep.crash;

import dev.lockstep.crash.inside.StoreWhileWritten;
import dev.lockstep.guest.ClassFiles;
import dev.lockstep.validate.RecordedChild;
import dev.lockstep.volume.Volume;
import java.io.IOException;
import org.slf4j.Logger;

/** What of this program goes into a guest: the mirror, the programs that run beside it, what records it, and slf4j's API. */
final class GuestClasses {
    private GuestClasses() {
    }

    /**
     * Collects them.
     *
     * @return the class files
     * @throws IOException if they cannot be found or read
     */
    static ClassFiles all() throws IOException {
        return ClassFiles.none()
                .with(Volume.class, "dev.lockstep.region", "dev.lockstep.store", "dev.lockstep.log", "dev.lockstep.volume",
                        "dev.lockstep.cache")
                .with(StoreWhileWritten.class, "dev.lockstep.crash.inside")
                .with(RecordedChild.class, "dev.lockstep.validate", "dev.lockstep.trace", "dev.lockstep.sut")
                .with(Logger.class, "org.slf4j", "org.slf4j.event", "org.slf4j.helpers", "org.slf4j.spi");
    }
}
