package dev.lockstep.sut;

import dev.lockstep.region.DriverView;
import dev.lockstep.region.RegionState;
import java.util.function.IntPredicate;

/** The driver's variables as codes: the layout is that of the codecs in {@link Variables}. */
final class DriverCodes {
    private static final int STATE_BITS = 3;
    private static final int FLUSH_BITS = 2;

    private final Size size;

    DriverCodes(Size size) {
        this.size = size;
    }

    static long bits(int count, IntPredicate condition) {
        long bits = 0;
        for (int i = 0; i < count; i++) {
            bits |= condition.test(i) ? 1L << i : 0;
        }
        return bits;
    }

    /** Every region NOSYNC. */
    long nothingKnown() {
        long code = 0;
        for (int region = 0; region < size.regions(); region++) {
            code |= (long) RegionState.NOSYNC.ordinal() << region * STATE_BITS;
        }
        return code;
    }

    long states(DriverView driver) {
        long code = 0;
        for (int region = 0; region < size.regions(); region++) {
            code |= (long) driver.state(region).ordinal() << region * STATE_BITS;
        }
        return code;
    }

    long bits(DriverView driver) {
        return bits(size.regions(), driver::bit);
    }

    long durablyDirty(DriverView driver) {
        return bits(size.regions(), driver::durablyDirty);
    }

    long chosen(DriverView driver) {
        return bits(size.regions(), driver::chosen);
    }

    long legFlushes(DriverView driver) {
        long code = 0;
        for (int leg = 0; leg < size.legs(); leg++) {
            code |= (long) driver.legFlush(leg).ordinal() << leg * FLUSH_BITS;
        }
        return code;
    }

    long compareTodo(DriverView driver) {
        int chunks = size.blocksPerRegion();
        return bits(size.blocks(), block -> driver.compareTodo(block / chunks, block % chunks));
    }

    long copyTodo(DriverView driver) {
        int region = driver.resyncRegion();
        if (region < 0) {
            return 0;
        }
        int first = region * size.blocksPerRegion();
        long code = 0;
        for (int leg = 0; leg < size.legs(); leg++) {
            int asked = leg;
            code |= bits(size.blocksPerRegion(), chunk -> driver.copyTodo(chunk, asked)) << leg * size.blocks() + first;
        }
        return code;
    }
}
