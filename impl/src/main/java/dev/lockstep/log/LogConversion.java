package dev.lockstep.log;

import dev.lockstep.store.Leg;
import dev.lockstep.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Converts a log from one format to the other, both ways. The source is voided, durably, before anything of the target is written:
 * so a crash leaves the source as it was, or no log that can be trusted, or the target whole; never two that are trusted, of which
 * one would grow stale. What cannot be trusted is converted with every region dirty.
 *
 * <p>Source and target may be one leg. The volume must not be open. The methods keep nothing; legs are the caller's to close.
 */
public final class LogConversion {

    private LogConversion() {
    }

    /**
     * Makes a hardened log of one in dm-mirror's format.
     *
     * @param source the leg with the log
     * @param target where the new one goes
     * @param volume what it is to say of its volume
     * @return the new log, durable
     * @throws StoreException if the target is too short, and then nothing was written
     * @throws IOException    if a leg fails
     */
    public static DirtyRegionLog toHardened(Leg source, Leg target, Superblock volume) throws IOException {
        LogImage image = LogContents.readDm(source, volume.regions()).image();
        prepare(source, target, LogFormat.HARDENED, volume.regions());
        return DirtyRegionLog.create(target, volume, image);
    }

    /**
     * Makes a log in dm-mirror's format of a hardened one. What the latter says of its volume is lost.
     *
     * @param source the leg with the log
     * @param target where the new one goes
     * @param volume the volume that it has to be the log of
     * @return the new log, durable
     * @throws StoreException if the target is too short, and then nothing was written
     * @throws IOException    if a leg fails
     */
    public static DirtyRegionLog toDm(Leg source, Leg target, Superblock volume) throws IOException {
        LogImage image = HardenedContents.read(source, volume).contents().image();
        prepare(source, target, LogFormat.DM, volume.regions());
        return DirtyRegionLog.create(target, image);
    }

    /**
     * Has a leg hold no log of either format any more, durably. A crash until this returns leaves the log or none.
     *
     * @param log the leg
     * @throws IOException if it fails
     */
    public static void erase(Leg log) throws IOException {
        for (int copy = 0; copy < HardenedFormat.COPIES; copy++) {
            long position = HardenedFormat.superblockPosition(copy);
            if (position + Leg.SECTOR <= log.length()) {
                log.write(ByteBuffer.allocate(Leg.SECTOR), position);
            }
        }
        log.beginFlush().await();
    }

    private static void prepare(Leg source, Leg target, LogFormat to, int regions) throws IOException {
        if (target.length() < to.requiredLength(regions)) {
            throw new StoreException(to == LogFormat.DM ? LogContents.tooShort(target, regions)
                    : HardenedContents.tooShort(target, regions));
        }
        // dm-mirror's log has one header; where the second superblock would be it has bits.
        for (int copy = 0; copy < HardenedFormat.COPIES; copy++) {
            long position = HardenedFormat.superblockPosition(copy);
            if (copy == 0 || to == LogFormat.DM && position + Leg.SECTOR <= source.length()) {
                source.write(ByteBuffer.allocate(Leg.SECTOR), position);
            }
        }
        source.beginFlush().await();
    }
}
