package dev.lockstep.sut;

/**
 * What a reader of a log may find after a crash. Sets of bits are a long, with a bit for each of their members.
 *
 * @param bits      what it may find that is not older than what the last power cut left
 * @param fallen    what it may find that is: until its first flush has ended a mirror has only what was found, and a second crash may
 *                  bring back what the first might have left. (Nothing is written to a leg until then.)
 * @param untrusted whether it may find nothing that can be believed
 */
record LogReadings(long bits, long fallen, boolean untrusted) {
    static final LogReadings NONE = new LogReadings(0, 0, false);

    LogReadings with(long read, boolean isFallen) {
        long member = 1L << read;
        return isFallen ? new LogReadings(bits, fallen | member, untrusted) : new LogReadings(bits | member, fallen, untrusted);
    }

    LogReadings withUntrusted() {
        return new LogReadings(bits, fallen, true);
    }

    LogReadings and(LogReadings other) {
        return new LogReadings(bits | other.bits, fallen | other.fallen, untrusted || other.untrusted);
    }

    /** The bits, of a log that cannot be trusted as well: there every region is dirty. */
    long asBits() {
        return untrusted ? bits | 1 : bits;
    }
}
