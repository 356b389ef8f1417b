package dev.lockstep.volume;

/** The parts of a device's number, as Linux packs them. */
final class DeviceNumber {
    private DeviceNumber() {
    }

    static long major(long number) {
        return number >>> 8 & 0xFFF | number >>> 32 & ~0xFFFL;
    }

    static long minor(long number) {
        return number & 0xFF | number >>> 12 & ~0xFFL;
    }
}
