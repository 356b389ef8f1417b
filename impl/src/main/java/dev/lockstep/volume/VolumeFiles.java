package dev.lockstep.volume;

import dev.lockstep.log.Generation;
import dev.lockstep.log.LegLabel;
import dev.lockstep.log.LogFormat;
import dev.lockstep.log.LogImage;
import dev.lockstep.log.NewVolume;
import dev.lockstep.log.Superblock;
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
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

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
    /** The file of the log, by the name that it was given. */
    private final Path logPath;
    /** For each leg why it cannot be used, or null. */
    private final List<StoreException> missing = new ArrayList<>();
    private final List<FileLeg> reopened = new ArrayList<>();
    private VolumeDescription description;
    private FileLeg log;

    private VolumeFiles(Path logPath, VolumeLock lock) {
        this.logPath = logPath;
        this.lock = lock;
    }

    /**
     * Opens the files of a volume. A leg that cannot be opened is noted, not refused.
     *
     * @param given what the user says of the volume; empty if the log is to
     */
    static VolumeFiles open(Path log, Optional<VolumeDescription> given) throws IOException {
        VolumeFiles files = new VolumeFiles(log, VolumeLock.take(log));
        try {
            files.log = FileLeg.open(log, Access.READ_WRITE);
            files.description = given.isPresent() ? given.get() : VolumeDescription.ofLog(log, files.log);
            requireDistinct(log, files.description.legs());
            for (Path leg : files.description.legs()) {
                files.openLeg(leg);
            }
            if (files.legsThere().isEmpty()) {
                throw files.missing.get(files.missing.size() - 1);
            }
            files.lock.alsoLog();
            return files;
        } catch (IOException | RuntimeException e) {
            files.closeAfter(e);
            throw e;
        }
    }

    private void openLeg(Path file) {
        FileLeg leg = null;
        StoreException why = null;
        try {
            if (file.equals(VolumeDescription.NO_LEG)) {
                why = noLeg(legs.size());
            } else {
                leg = FileLeg.open(file, Access.READ_WRITE);
            }
        } catch (StoreException e) {
            why = e;
        }
        legs.add(leg);
        missing.add(why);
    }

    /** Makes the files of a new volume, durably: all of them, or none. The log comes last, so that none is trusted before. */
    static void create(Path log, List<Path> legs, Layout layout, LogFormat format, boolean labels) throws IOException {
        requireDistinct(log, legs);
        VolumeFiles files = new VolumeFiles(log, VolumeLock.take(log));
        files.description = VolumeDescription.of(legs, layout);
        try {
            long legBytes = labels ? LegLabel.legBytes(layout.bytes()) : layout.bytes();
            for (Path leg : legs) {
                files.legs.add(files.make(leg, legBytes));
            }
            for (FileLeg leg : files.legs) {
                if (leg.length() < legBytes) {
                    throw new StoreException("leg " + leg.name() + " has " + leg.length() + " bytes; at least " + legBytes
                            + " are expected" + (labels ? ", label included" : ""));
                }
            }
            // New files are zeros and so equal; what a device holds is not known.
            boolean equal = files.made.size() == legs.size();
            files.log = files.make(log, logBytes(layout.regions(), format));
            LogImage image = equal ? LogImage.allClean(layout.regions()) : LogImage.allDirty(layout.regions());
            NewVolume.make(files.legs, files.log, format, files.newVolume(layout, labels), image);
        } catch (IOException | RuntimeException e) {
            files.closeAfter(e);
            files.remove(e);
            throw e;
        }
        files.close();
    }

    private Superblock newVolume(Layout layout, boolean labels) {
        List<Superblock.LegEntry> entries = new ArrayList<>();
        for (int leg = 0; leg < layout.legs(); leg++) {
            entries.add(new Superblock.LegEntry(path(leg), labels, labels ? Generation.FIRST : Generation.NONE));
        }
        return new Superblock(UUID.randomUUID(), layout.bytes(), layout.regionBytes(), layout.source(), entries);
    }

    /** How long a log's file is. */
    static long logBytes(int regions, LogFormat format) {
        long used = format.requiredLength(regions);
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

    VolumeDescription description() {
        return description;
    }

    boolean isThere(int leg) {
        return missing.get(leg) == null;
    }

    FileLeg leg(int leg) {
        return legs.get(leg);
    }

    StoreException whyMissing(int leg) {
        return missing.get(leg);
    }

    List<FileLeg> legsThere() {
        return legs.stream().filter(Objects::nonNull).toList();
    }

    /** A volume that cannot record it is not to be opened without a leg. */
    void requireAllThere() throws StoreException {
        for (StoreException why : missing) {
            if (why != null) {
                throw why;
            }
        }
    }

    /** A leg has failed: it counts as one that is not there. */
    void lose(int leg, StoreException why) {
        missing.set(leg, why);
    }

    /** Opens a leg's file once more. */
    FileLeg reopen(int leg) throws StoreException {
        return FileLeg.open(description.legs().get(leg), Access.READ_WRITE);
    }

    /**
     * Opens a leg that is to have a place, maybe that of another; makes it, if no file is there.
     *
     * @throws IOException if it is the log's file or that of another leg, or cannot be opened or made; one sentence
     */
    NewLeg openNew(int place, Path file, long bytes) throws IOException {
        requireDistinct(logPath, with(place, file));
        boolean there = Files.exists(file);
        return new NewLeg(file, there ? FileLeg.open(file, Access.READ_WRITE) : FileLeg.create(file, bytes), !there);
    }

    private List<Path> with(int place, Path file) {
        List<Path> all = new ArrayList<>(description.legs());
        while (all.size() <= place) {
            all.add(VolumeDescription.NO_LEG);
        }
        all.set(place, file);
        return all;
    }

    /** A leg has a place from now on, and is closed with the others. */
    synchronized void place(int place, NewLeg opened) {
        while (legs.size() <= place) {
            legs.add(null);
            missing.add(null);
        }
        if (legs.get(place) != null) {
            reopened.add(legs.get(place));
        }
        legs.set(place, opened.leg());
        missing.set(place, null);
        describe(with(place, opened.file()));
    }

    /** Whether a leg has a place. */
    synchronized boolean holds(int place, NewLeg opened) {
        return place < legs.size() && legs.get(place) == opened.leg();
    }

    /** A place holds no leg any more; the one that it held, or null. That is closed with the others, as it may be in use a little longer. */
    synchronized FileLeg vacate(int place) {
        FileLeg vacated = legs.get(place);
        if (vacated != null) {
            reopened.add(vacated);
        }
        legs.set(place, null);
        missing.set(place, noLeg(place));
        describe(with(place, VolumeDescription.NO_LEG));
        return vacated;
    }

    private void describe(List<Path> files) {
        description = new VolumeDescription(files, description.bytes(), description.regionBytes(), description.source());
    }

    /** The places that hold a leg, there or not, ascending. */
    synchronized List<Integer> filled() {
        List<Path> all = description.legs();
        return IntStream.range(0, all.size()).filter(place -> !all.get(place).equals(VolumeDescription.NO_LEG)).boxed().toList();
    }

    /** How many places there are up to the last that holds a leg. */
    int places() {
        List<Integer> filled = filled();
        return filled.get(filled.size() - 1) + 1;
    }

    private static StoreException noLeg(int place) {
        return new StoreException("slot " + place + " holds no leg");
    }

    /** A leg that was opened once more is closed with the others. */
    synchronized void keep(FileLeg leg) {
        reopened.add(leg);
    }

    /** How the log names a leg: by its path from the log's folder if it lies in it, else by its absolute path. */
    String path(int leg) {
        return path(description.legs().get(leg));
    }

    /** How the log names a leg that is there. */
    String path(Path leg) {
        if (leg.equals(VolumeDescription.NO_LEG)) {
            return "";
        }
        Path absolute = leg.toAbsolutePath().normalize();
        Path folder = folder(logPath);
        return (absolute.startsWith(folder) ? folder.relativize(absolute) : absolute).toString();
    }

    /** The folder that a log lies in. */
    static Path folder(Path log) {
        return log.toAbsolutePath().normalize().getParent();
    }

    FileLeg log() {
        return log;
    }

    /** A mirror on one file would hold one copy, and a log in a leg would overwrite data. */
    private static void requireDistinct(Path log, List<Path> legs) throws IOException {
        List<Path> all = new ArrayList<>(legs);
        all.removeIf(VolumeDescription.NO_LEG::equals);
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

    private void closeAfter(Exception reason) {
        try {
            close();
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    private void remove(Exception reason) {
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
        List<Closeable> all = new ArrayList<>(legsThere());
        all.addAll(reopened);
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
