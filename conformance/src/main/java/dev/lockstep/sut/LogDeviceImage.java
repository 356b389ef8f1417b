package dev.lockstep.sut;

/**
 * What a crash left of the log's device, in the words of Mirror.tla. Bits are a long, that of region r at r; a set of bits is a long as
 * well, with a bit for each of its members. Immutable.
 */
public interface LogDeviceImage {

    /** {@return the bits that the log has; none, which is all dirty, if nothing on it can be believed} */
    long now();

    /** {@return the set of bits that a power cut may yet leave} */
    long may();

    /**
     * {@return what a power cut leaves that keeps some bits; where more than one thing has them, another each time}
     *
     * @param bits the bits to keep
     * @throws RefusedException if the volatile cache does not allow that
     */
    LogDeviceImage cut(long bits);

    /**
     * {@return whether another image says the same to whoever reads it, and may be left to say the same by a power cut} In a format
     * without numbers that rise this is equality.
     *
     * @param other another image of the same device
     */
    boolean meansTheSame(LogDeviceImage other);
}
