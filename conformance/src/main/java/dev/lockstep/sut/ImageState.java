package dev.lockstep.sut;

/** What an image holds, as the devices of a mirror that does not run: no flush is under way. */
record ImageState(DiskImage image) implements DeviceState {
    @Override
    public int[] now(int leg) {
        return image.legs().get(leg).now();
    }

    @Override
    public long may(int leg, int unit) {
        return image.legs().get(leg).may()[unit];
    }

    @Override
    public long since(int leg, int unit) {
        return 0;
    }

    @Override
    public long recordSince(int leg, int unit) {
        return 0;
    }

    @Override
    public long logNow() {
        return image.log().now();
    }

    @Override
    public long logMay() {
        return image.log().may();
    }

    @Override
    public long logSince() {
        return 0;
    }
}
