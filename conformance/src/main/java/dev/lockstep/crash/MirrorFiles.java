package dev.lockstep.crash;

import dev.lockstep.guest.GuestDisk;
import dev.lockstep.log.LogContents;
import dev.lockstep.store.Access;
import dev.lockstep.store.FileLeg;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The files of a mirror of two legs with its log: disks of a guest, looked at and changed on the host while no guest has
 * them.
 *
 * @param name        what the names of its disks begin with
 * @param folder      where they are
 * @param regions     how many regions it has
 * @param regionBytes the length of a region in bytes
 */
record MirrorFiles(String name, Path folder, int regions, int regionBytes) {
    /** Room for the bits of many more regions than any experiment has. */
    private static final int LOG_BYTES = 64 << 10;

    /** Makes the files, of zeros. */
    MirrorFiles create() throws IOException {
        for (int leg = 0; leg < 2; leg++) {
            create(leg(leg), (long) regions * regionBytes);
        }
        create(log(), LOG_BYTES);
        return this;
    }

    private static void create(Path file, long length) throws IOException {
        try (RandomAccessFile made = new RandomAccessFile(file.toFile(), "rw")) {
            made.setLength(length);
        }
    }

    /** Makes a copy of the files under another name. */
    MirrorFiles copy(String copyName) throws IOException {
        MirrorFiles copy = new MirrorFiles(copyName, folder, regions, regionBytes);
        Files.copy(leg(0), copy.leg(0));
        Files.copy(leg(1), copy.leg(1));
        Files.copy(log(), copy.log());
        return copy;
    }

    Path leg(int leg) {
        return folder.resolve(name + "-" + leg);
    }

    Path log() {
        return folder.resolve(name + "-log");
    }

    GuestDisk legDisk(int leg) {
        return GuestDisk.of(name + "-" + leg, leg(leg));
    }

    GuestDisk logDisk() {
        return GuestDisk.of(name + "-log", log());
    }

    /** {@return its three disks} */
    List<GuestDisk> disks() {
        return List.of(legDisk(0), legDisk(1), logDisk());
    }

    long sectors() {
        return (long) regions * regionSectors();
    }

    int regionSectors() {
        return regionBytes / Leg.SECTOR;
    }

    /** {@return the bytes of a piece of a leg} */
    byte[] bytes(int leg, long position, int length) throws IOException {
        try (FileLeg file = FileLeg.open(leg(leg), Access.READ_ONLY)) {
            ByteBuffer bytes = ByteBuffer.allocate(length);
            file.read(bytes, position);
            return bytes.array();
        }
    }

    /** Writes to one leg behind the mirror's back. */
    void put(int leg, long position, byte[] bytes) throws IOException {
        try (FileLeg file = FileLeg.open(leg(leg), Access.READ_WRITE)) {
            file.write(ByteBuffer.wrap(bytes), position);
        }
    }

    /** Makes a sector of a region differ on leg 1 from what it is, and so from leg 0 if they were equal. */
    void spoil(int region) throws IOException {
        long position = (long) region * regionBytes + (region % regionSectors()) * (long) Leg.SECTOR;
        byte[] sector = bytes(1, position, Leg.SECTOR);
        for (int i = 0; i < sector.length; i++) {
            sector[i] ^= (byte) 0xa5;
        }
        put(1, position, sector);
    }

    /** {@return the regions in which the legs differ} */
    SortedSet<Integer> differing() throws IOException {
        SortedSet<Integer> found = new TreeSet<>();
        for (int region = 0; region < regions; region++) {
            long position = (long) region * regionBytes;
            if (!Arrays.equals(bytes(0, position, regionBytes), bytes(1, position, regionBytes))) {
                found.add(region);
            }
        }
        return found;
    }

    /** {@return what the log says on disk} */
    LogContents logContents() throws IOException {
        try (FileLeg file = FileLeg.open(log(), Access.READ_ONLY)) {
            return LogContents.read(file, regions);
        }
    }

    /** {@return the regions that the log says are dirty; all of them, if it cannot be trusted} */
    SortedSet<Integer> dirty() throws IOException {
        LogContents contents = logContents();
        SortedSet<Integer> found = new TreeSet<>();
        for (int region = 0; region < regions; region++) {
            if (!contents.image().isClean(region)) {
                found.add(region);
            }
        }
        return found;
    }

    /** {@return the regions in which the legs differ while the log says clean: the desyncs} */
    SortedSet<Integer> desynced() throws IOException {
        SortedSet<Integer> found = differing();
        found.removeAll(dirty());
        return found;
    }

    /** {@return all the regions but those} */
    SortedSet<Integer> allBut(SortedSet<Integer> some) {
        SortedSet<Integer> rest = new TreeSet<>();
        for (int region = 0; region < regions; region++) {
            if (!some.contains(region)) {
                rest.add(region);
            }
        }
        return rest;
    }
}
