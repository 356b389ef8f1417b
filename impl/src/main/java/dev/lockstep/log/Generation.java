package dev.lockstep.log;

/**
 * A generation of a volume: each opening and each change of the {@link Membership} makes a new one. Spec module Generations, there
 * {@code gen} and {@code nonce}.
 *
 * @param number from 1 on, and one more than any that was seen; 0 of what was never recorded
 * @param nonce  chosen at random each time that a generation is made: a number can be made twice, if the first one was lost in a power
 *               cut or is not there, and the two are then told apart by this
 */
public record Generation(long number, long nonce) {
    /** What was never recorded is of this. */
    public static final Generation NONE = new Generation(0, 0);
    /** That of a volume that has just been made; its volume's identity is random already. */
    public static final Generation FIRST = new Generation(1, 0);

    /** The bytes that a generation takes on a device. */
    static final int BYTES = 2 * Long.BYTES;

    /** Refuses a number below 0. */
    public Generation {
        if (number < 0) {
            throw new IllegalArgumentException("the generation is " + number + "; expected 0 or more");
        }
    }

    /**
     * Whether this was made before another, as far as numbers tell.
     *
     * @param other the other
     * @return whether its number is lower
     */
    public boolean isBefore(Generation other) {
        return number < other.number;
    }

    /**
     * Whether this and another were made apart from each other: of one number there are two.
     *
     * @param other the other
     * @return whether they have one number and different nonces
     */
    public boolean isMadeApartFrom(Generation other) {
        return number == other.number && nonce != other.nonce;
    }
}
