package dev.lockstep.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * What Linux says of who holds a lock. To ask so takes no lock and opens no file, which matters: a process that closes a file loses
 * its locks on it, whichever part of it they were taken by.
 */
final class KernelLocks {
    private static final Path LIST = Path.of("/proc/locks");

    private KernelLocks() {
    }

    /** The process that holds a lock on a file, if there is one and the system says so. */
    static OptionalLong holder(Path file) {
        try {
            long device = (Long) Files.getAttribute(file, "unix:dev");
            String place = String.format("%02x:%02x:%d", DeviceNumber.major(device), DeviceNumber.minor(device),
                    (Long) Files.getAttribute(file, "unix:ino"));
            // A line: 1: POSIX  ADVISORY  WRITE 4711 fe:00:260072 0 EOF
            return Files.readAllLines(LIST).stream().map(line -> line.trim().split(" +"))
                    .filter(words -> words.length >= 6 && words[1].equals("POSIX") && words[5].equals(place))
                    .mapToLong(words -> Long.parseLong(words[4])).findFirst();
        } catch (IOException | UnsupportedOperationException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
