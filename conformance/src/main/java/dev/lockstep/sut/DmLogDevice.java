package dev.lockstep.sut;

import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.LogImage;
import dev.lockstep.store.Access;
import dev.lockstep.store.FileLeg;
import dev.lockstep.store.KnownFileSystems;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;

/**
 * A log in dm-mirror's format under replay. It is one unit, as its bits never span more than a sector here; two images are equal, and
 * mean the same, if all bytes are equal. Not thread-safe.
 */
final class DmLogDevice implements LogDevice {
    private final Path file;
    private final int regions;
    private final Contents contents;
    private final ReadBack readBack;
    private final KnownFileSystems systems = new KnownFileSystems();
    /** The contents that the log may have, by their numbers, and the one that the file was last seen to have. */
    private final BitSet sound = new BitSet();
    private int shown;
    private VolatileLeg open;
    /** What the file holds while no mirror has it open. */
    private DeviceImage closed;

    /** Makes the log of a new volume, all clean, in a file that is there. */
    DmLogDevice(Path file, int regions) throws IOException {
        this.file = file;
        this.regions = regions;
        int bytes = DmPage.bytes();
        contents = new Contents(1, bytes);
        readBack = new ReadBack(file, bytes);
        try (FileLeg log = FileLeg.open(file, Access.READ_WRITE)) {
            DirtyRegionLog.create(log, LogImage.allClean(regions));
            closed = only(number());
        } catch (IOException | RuntimeException e) {
            readBack.close();
            throw e;
        }
    }

    /** The length of the file, in bytes. */
    static long bytes() {
        return DmPage.bytes();
    }

    /** An image by the contents' numbers. */
    private final class Image implements LogDeviceImage {
        private final DeviceImage numbers;

        Image(DeviceImage numbers) {
            this.numbers = numbers;
        }

        @Override
        public long now() {
            return bits(numbers.now()[0]);
        }

        @Override
        public long may() {
            return sets(numbers.may()[0]);
        }

        @Override
        public LogDeviceImage cut(long bits) {
            for (long left = numbers.may()[0]; left != 0; left &= left - 1) {
                int content = Long.numberOfTrailingZeros(left);
                if (bits(content) == bits) {
                    return new Image(only(content));
                }
            }
            throw new RefusedException("a power cut cannot leave the bits " + Long.toBinaryString(bits) + " in the log");
        }

        @Override
        public boolean meansTheSame(LogDeviceImage other) {
            return equals(other);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Image image && numbers.equals(image.numbers);
        }

        @Override
        public int hashCode() {
            return numbers.hashCode();
        }

        @Override
        public String toString() {
            return numbers.toString();
        }
    }

    private static DeviceImage only(int content) {
        return new DeviceImage(new int[] {content}, new long[] {1L << content});
    }

    /** The bits that a content has. */
    private long bits(int number) {
        return DmPage.bits(contents.bytes(0, number), regions);
    }

    private long sets(long numbers) {
        long set = 0;
        for (long left = numbers; left != 0; left &= left - 1) {
            set |= 1L << bits(Long.numberOfTrailingZeros(left));
        }
        return set;
    }

    private int number() throws IOException {
        shown = contents.number(0, readBack.held());
        return shown;
    }

    @Override
    public DirtyRegionLog open() throws IOException {
        open = new VolatileLeg(FileLeg.open(file, Access.READ_WRITE, systems), contents, closed.now(), closed.may());
        return DirtyRegionLog.open(open, regions);
    }

    @Override
    public void abandon() throws IOException {
        closed = numbers();
        if (open != null) {
            open.close();
            open = null;
        }
    }

    @Override
    public void load(LogDeviceImage image) throws IOException {
        DeviceImage numbers = ((Image) image).numbers;
        readBack.write(contents.bytes(0, numbers.now()[0]), 0);
        closed = numbers;
    }

    @Override
    public LogDeviceImage image() throws IOException {
        return new Image(numbers());
    }

    private DeviceImage numbers() throws IOException {
        return new DeviceImage(new int[] {number()}, new long[] {open == null ? closed.may()[0] : open.may(0)});
    }

    @Override
    public long now() throws IOException {
        return bits(number());
    }

    @Override
    public long may() {
        return sets(open == null ? closed.may()[0] : open.may(0));
    }

    @Override
    public long since() {
        return open == null ? 0 : sets(open.since(0));
    }

    /** There is one copy: it is looked at once for each content that the file is seen to have. */
    @Override
    public Optional<String> fault(boolean promised) {
        if (!sound.get(shown)) {
            Optional<String> wrong = DmPage.wrong(contents.bytes(0, shown), regions);
            if (wrong.isPresent()) {
                return Optional.of("the log " + wrong.get());
            }
            sound.set(shown);
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        if (open != null) {
            open.close();
        }
        readBack.close();
    }
}
