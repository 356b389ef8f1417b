package dev.lockstep.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known of file systems that files were opened on, by the number of each one's device: to find out what kind one is takes reading
 * the list of all that are mounted, which costs more than all else that opening takes. For who opens the same files again and again. While it
 * is in use none of these file systems may be unmounted, since another one could get the number. Thread-safe.
 */
public final class KnownFileSystems {
    private static final Set<String> ERRORS_KEPT_WITH_THE_FILE = Set.of("ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "tmpfs",
            "devtmpfs", "overlay");

    private final Map<Object, Boolean> known = new ConcurrentHashMap<>();

    /** Whether the errors of write-back are kept with the file, and not with who has it open: see {@link QuickFile}. */
    static boolean keepsErrorsWithTheFile(Path path) throws IOException {
        return ERRORS_KEPT_WITH_THE_FILE.contains(Files.getFileStore(path).type());
    }

    /** The same, of a file system that was asked about before as it was found then. */
    boolean knownToKeepErrors(Path path) throws IOException {
        Object device = Files.getAttribute(path, "unix:dev");
        Boolean before = known.get(device);
        boolean found = before != null ? before : keepsErrorsWithTheFile(path);
        known.put(device, found);
        return found;
    }
}
