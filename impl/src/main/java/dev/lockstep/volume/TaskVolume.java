package dev.lockstep.volume;

import java.io.IOException;

/** A volume that is open, as a task works on it beside its users. Thread-safe. */
interface TaskVolume {

    /** Something that ends later. */
    @FunctionalInterface
    interface Beginning {
        void begin(Completion ended) throws IOException;
    }

    /** The volume. */
    Volume volume();

    /**
     * Begins something and waits for its end; false if the volume is closed, and then it was not begun. A close that comes later
     * waits.
     */
    boolean attend(Beginning beginning) throws IOException;

    /** Tells the volume's listener. */
    void tell(VolumeEvent event);
}
