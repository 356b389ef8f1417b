package dev.lockstep.sut;

import java.util.List;

/**
 * What a crash left of all devices: the only thing that a replay ever carries from one run of the mirror to another.
 * Two images are equal when their bytes are.
 *
 * @param devices the legs in order, then the log
 */
public record DiskImage(List<DeviceImage> devices) {
}
