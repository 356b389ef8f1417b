package dev.lockstep.sut;

import dev.lockstep.log.Membership;
import java.util.List;

/**
 * What a crash left of all devices: the only thing that a replay ever carries from one run of the mirror to another.
 * Two images are equal when their bytes are, and what is recorded of the legs, and the legs that answer, and those that are blank.
 *
 * @param devices the legs in order, then the log
 * @param gone    the legs that do not answer, a bit each
 * @param record  what is durably recorded of the legs
 * @param blank   the legs that are recorded to have nothing of the volume, a bit each
 */
public record DiskImage(List<DeviceImage> devices, int gone, Membership record, int blank) {

    /**
     * {@return the same legs and the same record, with other contents}
     *
     * @param contents the legs in order, then the log
     */
    public DiskImage with(List<DeviceImage> contents) {
        return new DiskImage(contents, gone, record, blank);
    }
}
