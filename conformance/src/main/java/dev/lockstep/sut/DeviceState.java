package dev.lockstep.sut;

import java.io.IOException;

/** What the devices of a mirror hold: of one that runs, or in an image. Devices are the legs in order, then the log. */
interface DeviceState {

    /** The number of what a unit holds. */
    int now(int device, int unit) throws IOException;

    /** What a power cut may leave of it, a bit for each content. */
    long may(int device, int unit);

    /** What may be left of it once the flush under way has ended; none if there is no flush. */
    long since(int device, int unit);

    /** The bits that a content of the log has, a bit for each region; every one dirty if its header is not right. */
    long bits(int number);
}
