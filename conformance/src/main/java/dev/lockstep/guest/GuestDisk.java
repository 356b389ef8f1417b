package dev.lockstep.guest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A disk of a guest: a file of the host, as it is. In the guest it is {@code /dev/disk/NAME}.
 *
 * @param name     its name in the guest: 1 to 20 small letters, digits and hyphens, and not {@code java}
 * @param file     the file; its length is the disk's, a multiple of 512 bytes
 * @param readOnly whether the guest may not write it
 */
public record GuestDisk(String name, Path file, boolean readOnly) {
    /** The disk that Java is on. */
    static final String JAVA = "java";
    // virtio-blk has room for 20 characters of serial number, by which the guest knows the disk.
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,20}");

    /** Refuses a name that the guest could not tell. */
    public GuestDisk {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a disk of the guest is named " + name
                    + "; 1 to 20 small letters, digits and hyphens are expected");
        }
    }

    /**
     * A disk that the guest may write.
     *
     * @param name its name in the guest
     * @param file the file
     * @return the disk
     */
    public static GuestDisk of(String name, Path file) {
        return new GuestDisk(name, file, false);
    }

    /**
     * Makes an ext4 file system with a journal on a disk's file, on the host; every structure is written now and none later.
     *
     * @param file the file, of the disk's length
     * @throws MissingPackageException if mke2fs is not on this machine
     * @throws IOException             if it fails
     */
    public static void makeExt4(Path file) throws IOException {
        HostCommand.run(Path.of("/"), List.of(HostParts.program("mke2fs", "e2fsprogs").toString(), "-q", "-F", "-t", "ext4",
                "-b", "4096", "-E", "lazy_itable_init=0,lazy_journal_init=0,nodiscard", file.toAbsolutePath().toString()));
    }

    /** {@return the device's path in the guest} */
    public String device() {
        return "/dev/disk/" + name;
    }
}
