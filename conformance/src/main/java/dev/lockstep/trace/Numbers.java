package dev.lockstep.trace;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Whole numbers as bytes, seven bits in each: the smaller, the shorter. */
public final class Numbers {
    private static final int BITS = 7;
    private static final int MORE = 1 << BITS;

    private Numbers() {
    }

    /** Writes a number from 0 on. */
    public static void write(DataOutputStream out, int number) throws IOException {
        int rest = number;
        while ((rest & -MORE) != 0) {
            out.write(rest & MORE - 1 | MORE);
            rest >>>= BITS;
        }
        out.write(rest);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws FormatException if it is no such number
     */
    public static int read(DataInputStream in) throws IOException {
        int number = any(in);
        if (number < 0) {
            throw new FormatException("expected a number from 0 on, found " + number);
        }
        return number;
    }

    /** Writes any number; those around 0 are short. */
    static void writeSigned(DataOutputStream out, int number) throws IOException {
        write(out, number << 1 ^ number >> Integer.SIZE - 1);
    }

    static int readSigned(DataInputStream in) throws IOException {
        int folded = any(in);
        return folded >>> 1 ^ -(folded & 1);
    }

    private static int any(DataInputStream in) throws IOException {
        int number = 0;
        int shift = 0;
        int next;
        do {
            next = in.readUnsignedByte();
            if (shift >= Integer.SIZE) {
                throw new FormatException("expected a number of at most " + Integer.SIZE + " bits, found more");
            }
            number |= (next & MORE - 1) << shift;
            shift += BITS;
        } while ((next & MORE) != 0);
        return number;
    }
}
