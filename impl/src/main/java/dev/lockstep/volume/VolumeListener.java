package dev.lockstep.volume;

/**
 * Is told what happens to a volume. A {@link FileVolume} tells its listener on a thread that does nothing else, one event after the
 * other, so it may take its time and may use the volume. A {@link Volume} tells it where it happens, with no lock held, on a
 * thread that the volume's work waits for: there it has to return soon and may not wait for the volume.
 */
@FunctionalInterface
public interface VolumeListener {
    /** A listener that heeds nothing. */
    VolumeListener NONE = event -> { };

    /**
     * Something has happened. What this throws is logged, and changes nothing for the volume.
     *
     * @param event what
     */
    void happened(VolumeEvent event);
}
