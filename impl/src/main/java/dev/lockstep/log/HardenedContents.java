package dev.lockstep.log;

import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What reading a hardened log gave.
 *
 * @param contents   the bits, and why they are not to be trusted
 * @param superblock the newest superblock that is whole, whatever it says
 * @param copies     the copies of each page, the superblock's first; none if the log is distrusted
 */
record HardenedContents(LogContents contents, Optional<Superblock> superblock, List<Copies> copies) {

    /** Reads the log of any volume that has so many regions. */
    static HardenedContents read(Leg leg, int regions) {
        return new Reader(leg, regions, Optional.empty()).read();
    }

    /** Reads the log of a volume. */
    static HardenedContents read(Leg leg, Superblock volume) {
        return new Reader(leg, volume.regions(), Optional.of(volume)).read();
    }

    /** Reads the newest superblock that is whole, alone. */
    static Optional<Superblock> superblock(Leg leg) {
        Reader reader = new Reader(leg, 1, Optional.empty());
        return reader.copies(0).flatMap(copies -> HardenedFormat.superblock(reader.page.get(copies.newest())));
    }

    /** The version of the log, if a copy of its superblock is whole and of another one than this code writes. */
    static OptionalInt otherVersion(Leg leg) {
        Reader reader = new Reader(leg, 1, Optional.empty());
        for (int copy = 0; copy < HardenedFormat.COPIES; copy++) {
            ByteBuffer page = reader.page.get(copy).clear();
            OptionalInt version = reader.read(page, HardenedFormat.superblockPosition(copy))
                    ? HardenedFormat.version(page, HardenedFormat.SUPERBLOCK_MAGIC) : OptionalInt.empty();
            if (version.isPresent() && version.getAsInt() != HardenedFormat.VERSION) {
                return version;
            }
        }
        return OptionalInt.empty();
    }

    static String tooShort(Leg leg, int regions) {
        return leg.name() + ": is " + leg.length() + " bytes long; expected at least "
                + HardenedFormat.requiredLength(regions) + ", as a hardened log of " + regions + " regions takes";
    }

    /** One reading. */
    private static final class Reader {
        private final Leg leg;
        private final int regions;
        private final Optional<Superblock> expected;
        private final List<ByteBuffer> page = new ArrayList<>();
        private Optional<Superblock> found = Optional.empty();

        Reader(Leg leg, int regions, Optional<Superblock> expected) {
            this.leg = leg;
            this.regions = regions;
            this.expected = expected;
            for (int copy = 0; copy < HardenedFormat.COPIES; copy++) {
                page.add(ByteBuffer.allocateDirect(HardenedFormat.PAGE).order(ByteOrder.LITTLE_ENDIAN));
            }
        }

        HardenedContents read() {
            Optional<Copies> ofSuperblock = copies(0);
            if (ofSuperblock.isEmpty()) {
                return distrusted(leg.name() + ": neither copy of its superblock is whole; expected both to be");
            }
            found = HardenedFormat.superblock(page.get(ofSuperblock.get().newest()));
            Optional<String> misfit = misfit(found.orElseThrow());
            if (misfit.isPresent()) {
                return distrusted(misfit.get());
            }
            List<Copies> copies = new ArrayList<>(List.of(ofSuperblock.get()));
            LogImage image = LogImage.allDirty(regions);
            for (int index = 1; index <= HardenedFormat.bitPages(regions); index++) {
                Optional<Copies> each = copies(index);
                if (each.isEmpty()) {
                    return distrusted(leg.name() + ": neither copy of page " + index + " of its bits is whole; expected both to be");
                }
                HardenedFormat.decode(page.get(each.get().newest()), index, image);
                copies.add(each.get());
            }
            return new HardenedContents(new LogContents(image, Optional.empty()), found, copies);
        }

        private Optional<String> misfit(Superblock superblock) {
            if (superblock.regions() != regions) {
                return Optional.of(leg.name() + ": is a log of " + superblock.regions() + " regions; expected " + regions
                        + ", as the volume has");
            }
            if (expected.isPresent() && !superblock.volume().equals(expected.get().volume())) {
                return Optional.of(leg.name() + ": is the log of volume " + superblock.volume() + "; expected "
                        + expected.get().volume());
            }
            if (expected.isPresent() && (superblock.bytes() != expected.get().bytes()
                    || superblock.regionBytes() != expected.get().regionBytes())) {
                return Optional.of(leg.name() + ": is the log of " + superblock.bytes() + " bytes in regions of "
                        + superblock.regionBytes() + "; expected " + expected.get().bytes() + " in regions of "
                        + expected.get().regionBytes());
            }
            return leg.length() < HardenedFormat.requiredLength(regions) ? Optional.of(tooShort(leg, regions))
                    : Optional.empty();
        }

        /** Reads the copies of a page; none if nothing can be believed of it. */
        private Optional<Copies> copies(int index) {
            long[] numbers = new long[HardenedFormat.COPIES];
            boolean[] second = new boolean[HardenedFormat.COPIES];
            for (int copy = 0; copy < numbers.length; copy++) {
                ByteBuffer bytes = page.get(copy).clear();
                if (read(bytes, HardenedFormat.position(regions, index, copy)) && isWhole(bytes, index)) {
                    numbers[copy] = HardenedFormat.number(bytes);
                    second[copy] = HardenedFormat.isSecond(bytes);
                }
            }
            Copies copies = Copies.of(numbers, second);
            return copies.newest() < 0 ? Optional.empty() : Optional.of(copies);
        }

        /** A copy that cannot be read is as good as one that is torn: the other one may be whole. */
        private boolean read(ByteBuffer into, long position) {
            try {
                leg.read(into, position);
                into.flip();
                return true;
            } catch (IOException e) {
                return false;
            }
        }

        private boolean isWhole(ByteBuffer bytes, int index) {
            return index == 0 ? HardenedFormat.superblock(bytes).isPresent()
                    : HardenedFormat.isBits(bytes, found.orElseThrow(), index);
        }

        private HardenedContents distrusted(String sentence) {
            return new HardenedContents(new LogContents(LogImage.allDirty(regions), Optional.of(sentence)), found, List.of());
        }
    }
}
