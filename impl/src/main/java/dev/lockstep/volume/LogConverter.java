package dev.lockstep.volume;

import dev.lockstep.log.DmLogFormat;
import dev.lockstep.log.LogConversion;
import dev.lockstep.log.LogFormat;
import dev.lockstep.store.FileLeg;
import dev.lockstep.store.Leg;
import dev.lockstep.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Converts the log of a volume that is closed from one format to the other. The volume is opened as for use, in a new generation; then
 * the log is voided, durably, and the new one is written to a file of its own, {@code LOG.converted}, which then takes the log's name.
 *
 * <p>So a crash leaves the old log, or one that cannot be trusted, or the new one; never two that are trusted. After a crash in between
 * the volume is opened with its legs named, every region dirty; and the conversion can be asked for again.
 */
final class LogConverter {
    private LogConverter() {
    }

    static Optional<String> convert(Path log, LogFormat to, Optional<VolumeDescription> description) throws IOException {
        if (Files.exists(log) && !Files.isRegularFile(log)) {
            throw new StoreException(log + ": is not a regular file; the log of a volume whose log is a device cannot be converted");
        }
        try (VolumeFiles files = VolumeFiles.open(log, description)) {
            if (LogFormat.of(files.log()) == to && isWhole(files, to)) {
                throw new StoreException(log + ": is a log in the format " + to.words() + " already; expected the other");
            }
            Opening opening = Opening.of(files, files.description());
            // What is on disk is what was judged: a log that is distrusted is made again, all dirty.
            opening.log().writeAll();
            opening.log().beginFlush().await();
            Path converted = log.resolveSibling(log.getFileName() + ".converted");
            Files.deleteIfExists(converted);
            try (FileLeg target = FileLeg.create(converted, VolumeFiles.logBytes(opening.layout().regions(), to))) {
                if (to == LogFormat.DM) {
                    LogConversion.toDm(files.log(), target, opening.volume());
                } else {
                    LogConversion.toHardened(files.log(), target, opening.volume());
                }
            }
            Files.move(converted, log, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel folder = FileChannel.open(VolumeFiles.folder(log), StandardOpenOption.READ)) {
                folder.force(true);
            }
            return opening.distrust();
        }
    }

    /** A log that is lost counts as one of dm-mirror's, and may be made anew as either. */
    private static boolean isWhole(VolumeFiles files, LogFormat format) throws IOException {
        if (format == LogFormat.HARDENED) {
            return true;
        }
        ByteBuffer magic = ByteBuffer.allocate(Leg.SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        files.log().read(magic, 0);
        return magic.getInt(0) == DmLogFormat.MAGIC;
    }
}
