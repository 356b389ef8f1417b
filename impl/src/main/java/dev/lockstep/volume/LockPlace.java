package dev.lockstep.volume;

import dev.lockstep.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the lock of a volume is, whichever of its log's names it is named by. */
final class LockPlace {
    private static final String SUFFIX = ".lock";
    private static final int TYPE_MASK = 0xF000;
    private static final int TYPE_BLOCK_DEVICE = 0x6000;

    private LockPlace() {
    }

    /**
     * {@return the file} It lies beside a log that is a file, links followed. A log that is a device has names in folders that
     * are made anew at each start and not meant for files: its lock lies where the system keeps locks on devices, and is named by the
     * device's number.
     *
     * @throws StoreException if the log has several names in the file system, of which each would have a lock of its own
     */
    static Path of(Path log) throws IOException {
        if (!Files.exists(log)) {
            Path folder = log.toAbsolutePath().getParent();
            return beside(Files.isDirectory(folder) ? folder.toRealPath().resolve(log.getFileName()) : folder.resolve(log.getFileName()));
        } else if (((Integer) Files.getAttribute(log, "unix:mode") & TYPE_MASK) == TYPE_BLOCK_DEVICE) {
            return ofDevice((Long) Files.getAttribute(log, "unix:rdev"));
        }
        int names = (Integer) Files.getAttribute(log, "unix:nlink");
        if (names > 1 && Files.isRegularFile(log)) {
            throw new StoreException(log + ": has " + names + " names in the file system (hard links); a log with one is expected, "
                    + "as its lock is found by that");
        }
        return beside(log.toRealPath());
    }

    private static Path beside(Path log) {
        return log.resolveSibling(log.getFileName() + SUFFIX);
    }

    private static Path ofDevice(long number) {
        List<Path> folders = List.of(Path.of("/run/lock"), Path.of(System.getProperty("java.io.tmpdir")));
        Path folder = folders.stream().filter(Files::isWritable).findFirst().orElse(folders.get(1));
        return folder.resolve("lockstep-" + DeviceNumber.major(number) + "-" + DeviceNumber.minor(number) + SUFFIX);
    }
}
