package dev.lockstep.crash.inside;

import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.FoundRecord;
import dev.lockstep.log.Generation;
import dev.lockstep.log.LabelledRecord;
import dev.lockstep.log.LegLabel;
import dev.lockstep.log.LogFormat;
import dev.lockstep.log.LogImage;
import dev.lockstep.log.Membership;
import dev.lockstep.log.MembershipRecord;
import dev.lockstep.log.NewVolume;
import dev.lockstep.log.Superblock;
import dev.lockstep.store.Leg;
import dev.lockstep.volume.Layout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * How the volumes of the crash tiers are made and opened with a log of either format, as {@code volume create} and an opening do it: with
 * a hardened log the legs carry labels, unless they have no room for them.
 */
public final class VolumeLog {

    private VolumeLog() {
    }

    /**
     * What a volume is opened with.
     *
     * @param log    its log
     * @param record which legs are in use, and where that is recorded
     */
    public record Opened(DirtyRegionLog log, MembershipRecord record) {
    }

    /**
     * {@return the length of a leg, in bytes, label included}
     *
     * @param format the log's
     * @param layout how the volume is divided
     */
    public static long legBytes(LogFormat format, Layout layout) {
        return format == LogFormat.HARDENED ? LegLabel.legBytes(layout.bytes()) : layout.bytes();
    }

    /**
     * {@return what a hardened log says of a new volume}
     *
     * @param layout how the volume is divided
     * @param labels whether its legs carry labels
     */
    public static Superblock volume(Layout layout, boolean labels) {
        List<Superblock.LegEntry> entries = new ArrayList<>();
        for (int leg = 0; leg < layout.legs(); leg++) {
            entries.add(new Superblock.LegEntry("leg" + leg, labels, labels ? Generation.FIRST : Generation.NONE));
        }
        return new Superblock(UUID.nameUUIDFromBytes(new byte[] {(byte) layout.legs()}), layout.bytes(), layout.regionBytes(),
                layout.source(), entries);
    }

    /**
     * Makes a new volume's log, in which all is clean; before that, the labels of its legs, if the log is a hardened one.
     *
     * @param format the log's
     * @param layout how the volume is divided
     * @param legs   the legs, as long as {@link #legBytes} says
     * @param log    where the log goes
     * @throws IOException if a leg or the log fails
     */
    public static void make(LogFormat format, Layout layout, List<? extends Leg> legs, Leg log) throws IOException {
        NewVolume.make(legs, log, format, volume(layout, format == LogFormat.HARDENED), LogImage.allClean(layout.regions()));
    }

    /**
     * Opens a volume.
     *
     * @param layout how it is divided
     * @param legs   its legs
     * @param log    where its log is
     * @return what to use
     * @throws IOException if a leg or the log fails, or a leg is put out of use by opening: no crash is to do that
     */
    public static Opened open(Layout layout, List<? extends Leg> legs, Leg log) throws IOException {
        Optional<Superblock> onLog = Superblock.find(log);
        DirtyRegionLog opened = onLog.isPresent() ? DirtyRegionLog.open(log, onLog.get()) : DirtyRegionLog.open(log, layout.regions());
        if (onLog.isEmpty() || onLog.get().legs().stream().noneMatch(Superblock.LegEntry::labelled)) {
            return new Opened(opened, MembershipRecord.none(Membership.whole(layout.source())));
        }
        FoundRecord found = judge(onLog.get(), layout, legs, opened);
        if (found.distrust().isPresent()) {
            opened.image().markAllDirty();
        }
        return new Opened(opened, LabelledRecord.open(opened, legs, found.opened()));
    }

    /** What is believed of log and labels. */
    private static FoundRecord judge(Superblock volume, Layout layout, List<? extends Leg> legs, DirtyRegionLog log) throws IOException {
        List<FoundRecord.Found> found = new ArrayList<>();
        for (Leg leg : legs) {
            found.add(new FoundRecord.Found(leg.name(), true, LegLabel.find(leg, layout.bytes())));
        }
        FoundRecord judged = FoundRecord.judge(volume, log.distrust().isEmpty(), log.distrust(), log.image().dirtyCount() == 0, found);
        if (!judged.told().isEmpty()) {
            throw new IOException("a leg is out of use after a crash: " + judged.told().get(0));
        }
        return judged;
    }
}
