package dev.lockstep.log;

import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What reading a log gave.
 *
 * @param image    the bits, a fresh image that nothing else refers to; every region is dirty if the log is distrusted
 * @param distrust one sentence that says why the log cannot be trusted: its name, what was found, what was expected;
 *                 empty if it can
 */
public record LogContents(LogImage image, Optional<String> distrust) {

    /**
     * Reads a log of either format, and changes nothing. Whatever is wrong, the leg being too short or failing included, makes every
     * region dirty and is told in {@link #distrust()}; never does a region become clean by it. (dm-mirror does the same
     * unless it was started with {@code nosync}: disk_resume.)
     *
     * <p>What was read need not be durable: the process that wrote it may have died before it flushed.
     *
     * @param leg     where the log is
     * @param regions the volume's number of regions, at least 1
     * @return the contents
     */
    public static LogContents read(Leg leg, int regions) {
        return LogFormat.of(leg) == LogFormat.HARDENED ? HardenedContents.read(leg, regions).contents() : readDm(leg, regions);
    }

    /** The same of a log in dm-mirror's format. */
    static LogContents readDm(Leg leg, int regions) {
        long required = DmLogFormat.requiredLength(regions);
        if (leg.length() < required) {
            return distrusted(regions, tooShort(leg, regions));
        }
        LogImage image = LogImage.allDirty(regions);
        ByteBuffer chunk = ByteBuffer.allocateDirect(DmLogFormat.CHUNK);
        try {
            for (int i = 0; i < DmLogFormat.chunks(regions); i++) {
                chunk.clear().limit(DmLogFormat.chunkLength(regions, i));
                leg.read(chunk, (long) i * DmLogFormat.CHUNK);
                if (i == 0) {
                    Optional<String> distrust = DmLogFormat.distrust(chunk, regions);
                    if (distrust.isPresent()) {
                        return distrusted(regions, leg.name() + ": " + distrust.get());
                    }
                }
                DmLogFormat.decodeChunk(chunk, i, image);
            }
        } catch (IOException e) {
            return distrusted(regions, leg.name() + ": the log cannot be read: "
                    + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
        }
        return new LogContents(image, Optional.empty());
    }

    static String tooShort(Leg leg, int regions) {
        return leg.name() + ": is " + leg.length() + " bytes long; expected at least "
                + DmLogFormat.requiredLength(regions) + ", as a log of " + regions + " regions takes";
    }

    private static LogContents distrusted(int regions, String sentence) {
        return new LogContents(LogImage.allDirty(regions), Optional.of(sentence));
    }
}
