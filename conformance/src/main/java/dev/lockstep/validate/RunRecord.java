package dev.lockstep.validate;

import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.FoundRecord;
import dev.lockstep.log.Generation;
import dev.lockstep.log.LabelledRecord;
import dev.lockstep.log.LegLabel;
import dev.lockstep.log.LogFormat;
import dev.lockstep.log.Membership;
import dev.lockstep.log.MembershipRecord;
import dev.lockstep.log.Superblock;
import dev.lockstep.store.Leg;
import dev.lockstep.sut.Mirror;
import dev.lockstep.sut.Size;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Which legs of a recorded mirror are in use, as its log and the labels of its legs have it: what a {@link dev.lockstep.volume.FileVolume} opens.
 * It is noted when that is durable. Thread-safe.
 */
final class RunRecord implements MembershipRecord {
    private static final UUID NAME = new UUID(1, 1);

    private final LabelledRecord record;
    private final DirtyRegionLog log;
    private final Recorder recorder;

    private RunRecord(LabelledRecord record, DirtyRegionLog log, Recorder recorder) {
        this.record = record;
        this.log = log;
        this.recorder = recorder;
    }

    /** Labels the legs of a new volume, and tells what its log is to say. */
    static Superblock label(List<? extends Leg> legs, Size size) throws IOException {
        Superblock volume = volume(size);
        LabelledRecord.label(legs, volume);
        return volume;
    }

    private static Superblock volume(Size size) {
        List<Superblock.LegEntry> entries = new ArrayList<>();
        for (int leg = 0; leg < size.legs(); leg++) {
            entries.add(new Superblock.LegEntry("leg" + leg, true, Generation.NONE));
        }
        return new Superblock(NAME, size.bytes(), size.regionBytes(), Mirror.SOURCE, entries);
    }

    /** What is believed of what the files of a mirror that is down say. Writes nothing; the log's image is all dirty where its bits are not believed. */
    static Superblock found(List<? extends Leg> legs, DirtyRegionLog log, Size size) throws IOException {
        List<FoundRecord.Found> labels = new ArrayList<>();
        for (Leg leg : legs) {
            labels.add(new FoundRecord.Found(leg.name(), true, LegLabel.find(leg, size.bytes())));
        }
        boolean onLog = log.format() == LogFormat.HARDENED && log.distrust().isEmpty();
        FoundRecord found = FoundRecord.judge(log.superblock().orElseGet(() -> volume(size)), onLog, log.distrust(), log.image().dirtyCount() == 0, labels);
        if (found.distrust().isPresent()) {
            log.image().markAllDirty();
        }
        return found.opened();
    }

    /** Opens it, which begins a new generation. */
    static RunRecord open(List<? extends Leg> legs, DirtyRegionLog log, Size size, Recorder recorder) throws IOException {
        return new RunRecord(LabelledRecord.open(log, legs, found(legs, log, size)), log, recorder);
    }

    /** A leg that was out of use is to be taken in, by a mirror that does nothing else now. */
    void takeBack(int leg, Leg opened) throws IOException {
        record.takeBack(leg, opened, log.image().cleanCount() == 0);
    }

    @Override
    public Membership found() {
        return record.found();
    }

    @Override
    public void write(Membership membership) throws IOException {
        record.write(membership);
        Frame frame = recorder.frame();
        if (frame != null) {
            frame.records(membership);
        }
    }
}
