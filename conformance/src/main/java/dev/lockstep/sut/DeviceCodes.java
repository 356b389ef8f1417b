package dev.lockstep.sut;

import java.io.IOException;

/** The devices' variables as codes: the layout is that of the codecs in {@link Variables}. */
final class DeviceCodes {
    private static final int CONTENT_BITS = 2;
    /** A content on a leg. The highest code is that of bytes which are no content of their block. */
    static final Codec CONTENT = Codec.integer(0, CONTENT_BITS);
    /** How many codes a content has. */
    static final int CONTENTS = 1 << CONTENT_BITS;

    /** Contents on a leg. */
    static final Codec CONTENT_SET = Codec.setOf(CONTENT, CONTENTS);

    private final Size size;

    DeviceCodes(Size size) {
        this.size = size;
    }

    long legs(DeviceState devices) throws IOException {
        int blocks = size.blocks();
        int width = width();
        long code = 0;
        for (int leg = 0; leg < size.legs(); leg++) {
            int[] held = devices.now(leg);
            long now = 0;
            long may = 0;
            long since = 0;
            for (int block = 0; block < blocks; block++) {
                now |= (long) Math.min(held[block], CONTENTS - 1) << block * CONTENT_BITS;
                may |= set(devices.may(leg, block)) << block * CONTENTS;
                since |= set(devices.since(leg, block)) << block * CONTENTS;
            }
            code |= (now | may << blocks * CONTENT_BITS | since << blocks * (CONTENT_BITS + CONTENTS)) << leg * width;
        }
        return code;
    }

    long recordSince(DeviceState devices) {
        long code = 0;
        for (int leg = 0; leg < size.legs(); leg++) {
            for (int block = 0; block < size.blocks(); block++) {
                code |= set(devices.recordSince(leg, block)) << (leg * size.blocks() + block) * CONTENTS;
            }
        }
        return code;
    }

    /** The content that a code of all legs gives a block. */
    int nowOf(long code, int leg, int block) {
        return (int) (code >>> leg * width() + block * CONTENT_BITS) & CONTENTS - 1;
    }

    private int width() {
        return size.blocks() * (CONTENT_BITS + 2 * CONTENTS);
    }

    /** Contents that are none of their block's, however many, have the highest bit. */
    private static long set(long contents) {
        long known = (1L << CONTENTS - 1) - 1;
        return contents & known | ((contents & ~known) == 0 ? 0 : 1L << CONTENTS - 1);
    }

    long log(DeviceState devices) throws IOException {
        int contents = 1 << size.regions();
        return devices.logNow() | devices.logMay() << size.regions() | devices.logSince() << size.regions() + contents;
    }

    /** The bits that a code of the log gives it now. */
    long logNowOf(long code) {
        return code & (1L << size.regions()) - 1;
    }
}
