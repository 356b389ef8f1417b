package dev.lockstep.volume;

import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.DmLogFormat;
import dev.lockstep.log.LogImage;
import dev.lockstep.store.Access;
import dev.lockstep.store.FileLeg;
import dev.lockstep.store.StoreException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files of a volume, open, and locked against everyone else: {@link VolumeLock} says how. Not thread-safe; the legs are.
 */
final class VolumeFiles implements Closeable {
    /** A log's length is a multiple of this: dm-mirror reads whole logical blocks of the log's device. */
    private static final int LARGEST_LOGICAL_BLOCK = 4096;

    private final List<FileLeg> legs = new ArrayList<>();
    /** What was made and is not to stay if not all can be made. */
    private final List<Path> made = new ArrayList<>();
    private final VolumeLock lock;
    private FileLeg log;

    private VolumeFiles(VolumeLock lock) {
        this.lock = lock;
    }

    /** Opens files that are there. */
    static VolumeFiles open(Path log, List<Path> legs) throws IOException {
        requireDistinct(log, legs);
        VolumeFiles files = new VolumeFiles(VolumeLock.take(log));
        try {
            for (Path leg : legs) {
                files.legs.add(FileLeg.open(leg, Access.READ_WRITE));
            }
            files.log = FileLeg.open(log, Access.READ_WRITE);
            files.lock.alsoLog();
            return files;
        } catch (IOException e) {
            files.closeAfter(e);
            throw e;
        }
    }

    /** Makes the files of a new volume, durably: all of them, or none. The log comes last, so that none is trusted before. */
    static void create(Path log, List<Path> legs, Layout layout) throws IOException {
        requireDistinct(log, legs);
        VolumeFiles files = new VolumeFiles(VolumeLock.take(log));
        try {
            for (Path leg : legs) {
                files.legs.add(files.make(leg, layout.bytes()));
            }
            Optional<String> tooShort = layout.tooShort(files.legs);
            if (tooShort.isPresent()) {
                throw new StoreException(tooShort.get());
            }
            // New files are zeros and so equal; what a device holds is not known.
            boolean equal = files.made.size() == legs.size();
            files.log = files.make(log, logBytes(layout.regions()));
            DirtyRegionLog.create(files.log, equal ? LogImage.allClean(layout.regions()) : LogImage.allDirty(layout.regions()));
        } catch (IOException e) {
            files.closeAfter(e);
            files.remove(e);
            throw e;
        }
        files.close();
    }

    private static long logBytes(int regions) {
        long used = DmLogFormat.requiredLength(regions);
        return (used + LARGEST_LOGICAL_BLOCK - 1) / LARGEST_LOGICAL_BLOCK * LARGEST_LOGICAL_BLOCK;
    }

    /** A device is taken as it is; anything else has yet to be made. */
    private FileLeg make(Path file, long bytes) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            return FileLeg.open(file, Access.READ_WRITE);
        }
        FileLeg leg = FileLeg.create(file, bytes);
        made.add(file);
        return leg;
    }

    List<FileLeg> legs() {
        return legs;
    }

    FileLeg log() {
        return log;
    }

    /** A mirror on one file would hold one copy, and a log in a leg would overwrite data. */
    private static void requireDistinct(Path log, List<Path> legs) throws IOException {
        List<Path> all = new ArrayList<>(legs);
        all.add(log);
        for (int i = 0; i < all.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (same(all.get(j), all.get(i))) {
                    throw new StoreException(all.get(j) + " and " + all.get(i) + " are the same file; a file of its own is expected "
                            + "for the log and for each leg");
                }
            }
        }
    }

    private static boolean same(Path one, Path other) throws IOException {
        boolean bothThere = Files.exists(one, LinkOption.NOFOLLOW_LINKS) && Files.exists(other, LinkOption.NOFOLLOW_LINKS);
        return bothThere && Files.exists(one) && Files.exists(other) ? Files.isSameFile(one, other)
                : one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }

    private void closeAfter(IOException reason) {
        try {
            close();
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    private void remove(IOException reason) {
        for (Path file : made) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                reason.addSuppressed(e);
            }
        }
    }

    /** Closes every file, whatever becomes of the others, and then lets others have the volume. */
    @Override
    public void close() throws IOException {
        List<Closeable> all = new ArrayList<>(legs);
        if (log != null) {
            all.add(log);
        }
        all.add(lock);
        IOException first = null;
        for (Closeable file : all) {
            try {
                file.close();
            } catch (IOException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
