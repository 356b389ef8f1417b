package dev.lockstep.sut;

import java.util.Arrays;

/**
 * What a crash left of one device: its bytes, by their numbers, and what a power cut may yet leave of them. Two images
 * are equal when their bytes are.
 *
 * @param now what each unit holds
 * @param may what a power cut may leave of each unit, a bit for each content
 */
public record DeviceImage(int[] now, long[] may) {

    @Override
    public boolean equals(Object other) {
        return other instanceof DeviceImage image && Arrays.equals(now, image.now) && Arrays.equals(may, image.may);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(now) + Arrays.hashCode(may);
    }

    @Override
    public String toString() {
        return "now " + Arrays.toString(now) + ", may " + Arrays.toString(may);
    }
}
