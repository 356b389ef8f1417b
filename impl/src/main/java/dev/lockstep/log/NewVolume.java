package dev.lockstep.log;

import dev.lockstep.store.Leg;
import java.io.IOException;
import java.util.List;

/** Makes devices the volume that they are to be, in the order that whatever a crash leaves is taken for what it is. */
public final class NewVolume {

    private NewVolume() {
    }

    /**
     * Erases whatever log there was, durably, as its legs are not to change under it; then writes the labels of the legs, if they are to have
     * any; then makes the log. So a crash leaves the log that was there before beside legs as they were, or none that can be trusted, or the
     * new one beside legs that have their labels. What the legs hold for data is not touched.
     *
     * @param legs   the legs, in order; with room for labels, if they are to have any
     * @param log    where the log goes, whatever is there
     * @param format the format of the log
     * @param volume what the log, if it is a hardened one, and the labels say of the volume; and which legs carry one: all, or none
     * @param image  the first bits; the log keeps it
     * @return the log, durable
     * @throws IOException if a leg or the log fails, or is too short
     */
    public static DirtyRegionLog make(List<? extends Leg> legs, Leg log, LogFormat format, Superblock volume, LogImage image)
            throws IOException {
        LogConversion.erase(log);
        if (volume.legs().stream().anyMatch(Superblock.LegEntry::labelled)) {
            LabelledRecord.label(legs, volume);
        }
        return format == LogFormat.DM ? DirtyRegionLog.create(log, image) : DirtyRegionLog.create(log, volume, image);
    }
}
