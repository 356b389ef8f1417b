package dev.lockstep.sut;

import static dev.lockstep.sut.CopiedLog.require;

import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.DmLogFormat;
import dev.lockstep.log.LogContents;
import dev.lockstep.log.LogFormat;
import dev.lockstep.log.LogImage;
import dev.lockstep.log.Superblock;
import dev.lockstep.store.Leg;
import dev.lockstep.store.StoreException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** All who may read a log that is down, and what {@code Read} of OneCopy has each of them find: the bits, or every region dirty. */
final class OneReaders {
    private final DmBytes bytes;
    private final SectorDevice device;

    OneReaders(DmBytes bytes, SectorDevice device) {
        this.bytes = bytes;
        this.device = device;
    }

    /** {@return whether what is on the device is believed} */
    boolean trusted() throws IOException {
        boolean readable = true;
        for (int sector = 0; sector < bytes.sectors; sector++) {
            readable &= device.now(sector).readable();
        }
        return readable && DmBytes.isRight(device.now(0).bytes(), bytes.regions);
    }

    /** {@return the regions that are believed clean} */
    BitSet clean() throws IOException {
        BitSet clean = new BitSet();
        if (trusted()) {
            byte[] held = held();
            IntStream.range(0, bytes.regions).filter(region -> DmBytes.isClean(held, region)).forEach(clean::set);
        }
        return clean;
    }

    private byte[] held() throws IOException {
        ByteBuffer held = ByteBuffer.allocate(bytes.sectors * Leg.SECTOR);
        for (int sector = 0; sector < bytes.sectors; sector++) {
            held.put(device.now(sector).bytes());
        }
        return held.array();
    }

    /** Each of them looks. */
    void look(int turn) throws IOException {
        boolean trusted = trusted();
        BitSet clean = clean();
        LogContents contents = LogContents.read(device, bytes.regions);
        require(contents.distrust().isEmpty() == trusted, "the log is " + (trusted ? "not " : "") + "trusted: " + contents.distrust());
        contents.distrust().ifPresent(why -> require(why.startsWith(device.name() + ": ") && !why.contains("null"), "nobody knows which log: " + why));
        image(contents.image(), clean);
        require(Arrays.equals(DmLogFormat.encode(contents.image()).array(), bytes.encode(clean)), "the log's bytes are not those of the format");
        image(DirtyRegionLog.open(device, bytes.regions).image(), clean);
        require(!device.now(0).readable() || LogFormat.of(device) == LogFormat.DM, "the log is taken for a hardened one");
        format(turn);
        strangers(turn);
        resized(-Leg.SECTOR, false);
        resized(Leg.SECTOR * (1 + turn % 9), trusted);
        require(device.written().isEmpty(), "reading writes");
    }

    /** The format by itself, of buffers in either order of bytes. */
    private void format(int turn) throws IOException {
        ByteBuffer log = ByteBuffer.wrap(held()).order(turn % 2 == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        require(DmLogFormat.distrust(log, bytes.regions).isEmpty() == DmBytes.isRight(log.array(), bytes.regions), "the header is taken for one that is "
                + DmLogFormat.distrust(log, bytes.regions).orElse("right"));
        require(DmLogFormat.requiredLength(bytes.regions) == log.capacity(), "a log takes " + DmLogFormat.requiredLength(bytes.regions) + " bytes");
    }

    void image(LogImage image, BitSet clean) {
        require(image.regions() == bytes.regions && image.cleanCount() == clean.cardinality(), "of " + image.regions() + " regions " + image.cleanCount()
                + " are read to be clean; expected " + clean.cardinality() + " of " + bytes.regions);
        for (int region = 0; region < bytes.regions; region++) {
            require(image.isClean(region) == clean.get(region), "region " + region + " is read to be " + (clean.get(region) ? "dirty" : "clean"));
        }
        require(!image.isChanged(), "what was read is told to be changed");
    }

    /** For a volume with another number of regions nothing is right here. */
    private void strangers(int turn) throws IOException {
        byte[] header = device.now(0).bytes();
        for (int regions : List.of(bytes.regions + 1, bytes.regions - 1, 1 + turn % bytes.regions)) {
            if (regions > 0 && !DmBytes.isRight(header, regions)) {
                LogContents other = LogContents.read(device, regions);
                require(other.distrust().isPresent() && other.image().cleanCount() == 0 && other.image().regions() == regions,
                        "a log of another number of regions is trusted");
            }
        }
    }

    /** A log that was cut short is not read, and neither made good nor made; of one that is too long only the beginning is. */
    private void resized(int by, boolean trusted) throws IOException {
        Leg other = (Leg) Proxy.newProxyInstance(Leg.class.getClassLoader(), new Class<?>[] {Leg.class},
                (proxy, method, arguments) -> {
                    try {
                        return method.getName().equals("length") ? device.length() + by : method.invoke(device, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        DirtyRegionLog log = DirtyRegionLog.open(other, bytes.regions);
        require(log.distrust().isEmpty() == trusted && (trusted || log.image().cleanCount() == 0), "a log of another length is " + log.distrust());
        if (by < 0) {
            String length = device.name() + ": is " + other.length() + " bytes long; expected at least " + device.length();
            require(log.distrust().filter(why -> why.startsWith(length)).isPresent(), "a log that is too short is not told to be: " + log.distrust());
            refused(log::write);
            refused(() -> DirtyRegionLog.create(other, LogImage.allClean(bytes.regions)));
        }
    }

    /** It has no place for what a hardened log says. */
    static void saysNothing(DirtyRegionLog log) throws IOException {
        require(log.format() == LogFormat.DM && log.superblock().isEmpty(), "it is another log: " + log.format() + ", " + log.superblock());
        try {
            log.describe(new Superblock(new UUID(1, 2), 512, 512, 0, List.of(new Superblock.LegEntry("", false))));
        } catch (UnsupportedOperationException e) {
            return;
        }
        throw new IllegalStateException("the log takes what it has no place for");
    }

    private static void refused(StoppedCall.Call asked) {
        try {
            asked.make();
        } catch (StoreException e) {
            return;
        } catch (Exception e) {
            throw new IllegalStateException("expected that it is refused, and it was " + e, e);
        }
        throw new IllegalStateException("a log that is too short is written");
    }
}
