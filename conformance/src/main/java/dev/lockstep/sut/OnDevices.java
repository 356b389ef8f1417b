package dev.lockstep.sut;

import java.io.IOException;

/** What a system under test has of the rig: its devices, and what a crash leaves of them. Not thread-safe. */
abstract class OnDevices implements SystemUnderTest {
    private final Size size;
    private final Devices devices;
    private final DeviceCodes codes;

    OnDevices(Size size, Devices devices) {
        this.size = size;
        this.devices = devices;
        this.codes = new DeviceCodes(size);
    }

    final Devices devices() {
        return devices;
    }

    final DeviceCodes codes() {
        return codes;
    }

    @Override
    public final Size size() {
        return size;
    }

    @Override
    public final DiskImage created(int value, int absent) {
        return devices.created(value, absent);
    }

    @Override
    public final void load(DiskImage image) throws IOException {
        if (!isDown()) {
            throw new IllegalStateException("the mirror is not down");
        }
        devices.load(image);
    }

    @Override
    public final DiskImage image() throws IOException {
        return devices.image();
    }

    @Override
    public final DiskImage cut(DiskImage killed, long legs, long log) {
        return devices.cut(killed, codes, legs, log);
    }

    @Override
    public final long legsOf(DiskImage image) throws IOException {
        return codes.legs(new ImageState(image));
    }

    @Override
    public final long logOf(DiskImage image) throws IOException {
        return codes.log(new ImageState(image));
    }

    /**
     * {@return a block's bytes on a leg, read back from its file}
     *
     * @param leg   the leg
     * @param block the block
     * @throws IOException if the file cannot be read
     */
    public final byte[] bytes(int leg, int block) throws IOException {
        return devices.bytes(leg, block);
    }
}
