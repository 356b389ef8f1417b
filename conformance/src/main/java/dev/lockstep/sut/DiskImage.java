package dev.lockstep.sut;

import dev.lockstep.log.Membership;
import java.util.List;

/**
 * What a crash left of all devices: the only thing that a replay ever carries from one run of the mirror to another.
 * Two images are equal when the legs' bytes are, and what the log has, and what is recorded of the legs, and the legs that answer, and
 * those that are blank.
 *
 * @param legs   the legs in order
 * @param log    the log
 * @param gone   the legs that do not answer, a bit each
 * @param record what is durably recorded of the legs
 * @param blank  the legs that are recorded to have nothing of the volume, a bit each
 */
public record DiskImage(List<DeviceImage> legs, LogDeviceImage log, int gone, Membership record, int blank) {

    /**
     * {@return the same legs and the same record, with other contents}
     *
     * @param contents the legs in order
     * @param bits     the log
     */
    public DiskImage with(List<DeviceImage> contents, LogDeviceImage bits) {
        return new DiskImage(contents, bits, gone, record, blank);
    }

    /**
     * {@return whether another image differs, if at all, only in what a log's format leaves open} In dm-mirror's format that is nothing.
     *
     * @param other another image of the same devices
     */
    public boolean meansTheSame(DiskImage other) {
        return legs.equals(other.legs) && log.meansTheSame(other.log) && gone == other.gone && record.equals(other.record)
                && blank == other.blank;
    }
}
