package dev.lockstep.sut;

import static dev.lockstep.sut.CopiedLog.require;

import dev.lockstep.log.DirtyRegionLog;
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
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** All who may read a log that is down, and what {@code Read} of TwoCopies has each of them find: the same, or nothing. */
final class LogReaders {
    private final CopyPages pages;
    private final CopyDevice device;

    LogReaders(CopyPages pages, CopyDevice device) {
        this.pages = pages;
        this.device = device;
    }

    /** {@return the newest copy of a page that is whole} */
    static Optional<CopyPages.Page> newest(int page, CopyPages pages, CopyDevice device) throws IOException {
        return newestPlace(page, pages, device).flatMap(place -> page(page, place, pages, device));
    }

    private static Optional<CopyPages.Page> page(int page, int place, CopyPages pages, CopyDevice device) {
        try {
            return device.isReadable(place) ? pages.read(page, device.bytes(place)) : Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<Integer> newestPlace(int page, CopyPages pages, CopyDevice device) {
        int zero = pages.place(page, 0);
        int one = pages.place(page, 1);
        long first = page(page, zero, pages, device).map(CopyPages.Page::number).orElse(0L);
        long second = page(page, one, pages, device).map(CopyPages.Page::number).orElse(0L);
        return first == 0 && second == 0 ? Optional.empty() : Optional.of(first >= second ? zero : one);
    }

    /** {@return what the newest superblock says} */
    Optional<Superblock> said() throws IOException {
        Optional<Integer> place = newestPlace(0, pages, device);
        return place.isEmpty() ? Optional.empty() : Optional.of(pages.said(device.bytes(place.get())));
    }

    /** Each of them looks. */
    void look(int turn) throws IOException {
        boolean hardened = hardened();
        require((LogFormat.of(device) == LogFormat.HARDENED) == hardened, "the format is taken for " + LogFormat.of(device));
        found();
        boolean whole = newestPlace(0, pages, device).isPresent();
        for (int page = 1; page <= pages.bitPages; page++) {
            whole &= newestPlace(page, pages, device).isPresent();
        }
        LogContents contents = LogContents.read(device, pages.regions);
        require(contents.distrust().isEmpty() == whole, "the log is " + (whole ? "not " : "") + "trusted: " + contents.distrust());
        image(contents.image(), whole);
        image(DirtyRegionLog.open(device, pages.superblock("a")).image(), whole);
        strangers(turn);
        shorter();
        require(device.written().isEmpty(), "reading writes");
    }

    private boolean hardened() throws IOException {
        for (int copy = 0; copy < 2; copy++) {
            ByteBuffer bytes = ByteBuffer.wrap(device.bytes(copy)).order(ByteOrder.LITTLE_ENDIAN);
            if (device.isReadable(copy) && bytes.getLong(0) == CopyPages.SUPERBLOCK) {
                return true;
            }
        }
        return false;
    }

    /** The superblock by itself: a log of another version is not taken for one that is lost. */
    private void found() throws IOException {
        Optional<Superblock> said = said();
        boolean other = false;
        for (int copy = 0; copy < 2; copy++) {
            byte[] bytes = device.bytes(copy);
            ByteBuffer held = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            other |= device.isReadable(copy) && held.getLong(0) == CopyPages.SUPERBLOCK && held.getInt(12) == CopyPages.checksum(bytes) && held.getInt(8) != 2;
        }
        try {
            Optional<Superblock> found = Superblock.find(device);
            require(found.equals(said), "found is " + found + "; expected " + said);
            require(said.isPresent() || !other, "a log of another version is taken for one that is lost");
        } catch (StoreException e) {
            require(said.isEmpty() && other, "the superblock is refused: " + e.getMessage());
        }
    }

    private void image(LogImage image, boolean whole) throws IOException {
        int clean = 0;
        int dirty = -1;
        for (int page = 1; page <= pages.bitPages; page++) {
            byte[] newest = whole ? device.bytes(newestPlace(page, pages, device).orElseThrow()) : null;
            int first = (page - 1) * CopyPages.PAGE_REGIONS;
            for (int region = first; region < Math.min(pages.regions, first + CopyPages.PAGE_REGIONS); region++) {
                boolean expected = whole && CopyPages.isClean(newest, region);
                require(image.isClean(region) == expected, "region " + region + " is read to be " + (expected ? "dirty" : "clean"));
                clean += expected ? 1 : 0;
                dirty = dirty < 0 && !expected ? region : dirty;
            }
        }
        require(image.regions() == pages.regions && image.cleanCount() == clean && image.dirtyCount() == pages.regions - clean, "the regions are counted wrongly");
        require(image.nextDirty(0) == dirty, "the first dirty region is " + image.nextDirty(0) + "; expected " + dirty);
        int from = pages.regions - 1 - clean % 131 % pages.regions;
        int next = from;
        while (next < pages.regions && image.isClean(next)) {
            next++;
        }
        require(image.nextDirty(from) == (next == pages.regions ? -1 : next), "the first dirty region from " + from + " is " + image.nextDirty(from));
        require(image.nextDirty(pages.regions) == -1, "there is a dirty region after the last");
        require(!image.isChanged(), "what was read is told to be changed");
    }

    /** A log that was cut short is not read, and not made good. */
    private void shorter() throws IOException {
        Leg shorter = (Leg) Proxy.newProxyInstance(Leg.class.getClassLoader(), new Class<?>[] {Leg.class},
                (proxy, method, arguments) -> {
                    try {
                        return method.getName().equals("length") ? device.length() - Leg.SECTOR : method.invoke(device, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        DirtyRegionLog log = DirtyRegionLog.open(shorter, pages.superblock("a"));
        require(log.distrust().filter(why -> why.startsWith(device.name())).isPresent() && log.image().cleanCount() == 0, "a log that is too short is trusted");
        try {
            log.write();
        } catch (StoreException e) {
            return;
        }
        throw new IllegalStateException("a log that is too short is written");
    }

    /** Of another volume nothing is whole here. */
    private void strangers(int turn) {
        long bytes = (long) pages.regions * CopyPages.REGION_BYTES - 512;
        List<Superblock.LegEntry> legs = List.of(new Superblock.LegEntry("", false));
        Superblock stranger = switch (turn % 4) {
            case 0 -> new Superblock(new UUID(CopyPages.VOLUME.getMostSignificantBits(), turn), bytes, CopyPages.REGION_BYTES, 0, legs);
            case 1 -> new Superblock(CopyPages.VOLUME, bytes + 512, CopyPages.REGION_BYTES, 0, legs);
            case 2 -> new Superblock(CopyPages.VOLUME, bytes + CopyPages.REGION_BYTES, CopyPages.REGION_BYTES, 0, legs);
            default -> new Superblock(CopyPages.VOLUME, (long) pages.regions * 512, 512, 0, legs);
        };
        DirtyRegionLog log = DirtyRegionLog.open(device, stranger);
        require(log.distrust().isPresent() && log.image().cleanCount() == 0, "a log of another volume is trusted");
        LogContents fewer = LogContents.read(device, pages.regions + 1);
        require(fewer.distrust().isPresent() && fewer.image().cleanCount() == 0, "a log of another number of regions is trusted");
    }
}
