package dev.lockstep.sut;

import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.LogImage;
import dev.lockstep.region.LogIo;
import dev.lockstep.store.Flush;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Legs and log of a driven mirror that is open: what the rig does to them for it. The files are written by the production code, behind
 * simulated volatile caches; what is written, and when it is flushed, is the mirror's choice. Not thread-safe.
 */
final class DrivenDevices {
    private final Devices devices;
    private final List<VolatileLeg> legs;
    private final DirtyRegionLog log;
    private final Flush[] legFlushes;
    private final ByteBuffer[] read;
    private Flush logFlush;
    private LogIo logIo = LogIo.STALE;

    /** Opens them. */
    DrivenDevices(Devices devices, Size size) throws IOException {
        this.devices = devices;
        legs = devices.openLegs();
        log = devices.openLog();
        legFlushes = new Flush[size.legs()];
        read = new ByteBuffer[size.legs()];
        for (int leg = 0; leg < read.length; leg++) {
            read[leg] = ByteBuffer.allocateDirect(Size.BLOCK_BYTES);
        }
    }

    /** What the log was found to say; true is clean. */
    List<Boolean> bits() {
        List<Boolean> bits = new ArrayList<>();
        for (int region = 0; region < log.image().regions(); region++) {
            bits.add(log.image().isClean(region));
        }
        return bits;
    }

    /** The first write after opening writes everything, as what was found need not be durable. */
    void writeLog(List<Boolean> bits) throws IOException {
        LogImage image = log.image();
        for (int region = 0; region < bits.size(); region++) {
            if (bits.get(region)) {
                image.markClean(region);
            } else {
                image.markDirty(region);
            }
        }
        log.write();
        logIo = LogIo.WRITTEN;
    }

    void beginLogFlush() {
        logFlush = log.beginFlush();
        logIo = LogIo.FLUSHING;
    }

    boolean logIsFlushed() {
        return logFlush != null;
    }

    void endLogFlush() throws IOException {
        Flush ended = logFlush;
        logFlush = null;
        ended.await();
        logIo = LogIo.IDLE;
    }

    /** What is wrong with the log although its bits are right. */
    Optional<String> logFault() throws IOException {
        return devices.logFault(logIo == LogIo.IDLE);
    }

    void write(int leg, int block, ByteBuffer from) throws IOException {
        legs.get(leg).write(from, position(block));
    }

    /** A block's bytes on a leg. */
    ByteBuffer read(int leg, int block) throws IOException {
        legs.get(leg).read(read[leg].clear(), position(block));
        return read[leg].flip();
    }

    private static long position(int block) {
        return (long) block * Size.BLOCK_BYTES;
    }

    boolean equal(int block) throws IOException {
        ByteBuffer first = read(0, block);
        boolean equal = true;
        for (int leg = 1; leg < legs.size(); leg++) {
            equal &= first.equals(read(leg, block));
        }
        return equal;
    }

    void beginFlushes() {
        for (int leg = 0; leg < legFlushes.length; leg++) {
            legFlushes[leg] = legs.get(leg).beginFlush();
        }
    }

    boolean isFlushed(int leg) {
        return legFlushes[leg] != null;
    }

    void endFlush(int leg) throws IOException {
        Flush ended = legFlushes[leg];
        legFlushes[leg] = null;
        ended.await();
    }
}
