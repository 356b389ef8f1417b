package dev.lockstep.crash.inside;

import java.util.Locale;

/**
 * A named point at which a child stops, so that it can be killed there.
 *
 * @param device  the leg, or the number of legs for the log
 * @param kind    what the child does there
 * @param ordinal which of the device's operations of that kind, counted from 0
 * @param place   where in the operation
 */
public record Point(int device, Kind kind, int ordinal, Place place) {

    /** What is done on a device. */
    public enum Kind { READ, WRITE, FLUSH }

    /** Where in an operation. HALF is after the first half of a write's blocks. */
    public enum Place { BEFORE, HALF, AFTER }

    static Point parse(String text) {
        String[] parts = text.toUpperCase(Locale.ROOT).split("-");
        return new Point(Integer.parseInt(parts[0]), Kind.valueOf(parts[1]), Integer.parseInt(parts[2]), Place.valueOf(parts[3]));
    }

    @Override
    public String toString() {
        return (device + "-" + kind + "-" + ordinal + "-" + place).toLowerCase(Locale.ROOT);
    }
}
