package dev.lockstep.volume;

import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.DmLogFormat;
import dev.lockstep.log.FoundRecord;
import dev.lockstep.log.Generation;
import dev.lockstep.log.LabelledRecord;
import dev.lockstep.log.LegLabel;
import dev.lockstep.log.LegNotRecordedException;
import dev.lockstep.log.LogFormat;
import dev.lockstep.log.Membership;
import dev.lockstep.log.MembershipRecord;
import dev.lockstep.log.Superblock;
import dev.lockstep.store.FileLeg;
import dev.lockstep.store.Leg;
import dev.lockstep.store.MissingLeg;
import dev.lockstep.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * What a volume is opened with, of what its files say. {@link FoundRecord} judges that; here the files are read, and what is believed
 * is recorded in a new generation, before the volume is used.
 *
 * @param layout   how the volume is divided; of one that can record it, with as many legs as it has places for
 * @param legs     its legs; those that are not there, and places that hold none, are stood for
 * @param log      its log
 * @param volume   what a hardened log of the volume says, or would say, as of this opening
 * @param record   which legs are in use, and where that is recorded
 * @param distrust why every region is dirty; empty if the log could be trusted
 * @param told     a sentence for each leg that was put out of use by opening
 */
record Opening(Layout layout, List<Leg> legs, DirtyRegionLog log, Superblock volume, MembershipRecord record,
        Optional<String> distrust, List<String> told) {

    /**
     * Opens what is to be used.
     *
     * @param files the files
     * @param given what the user says of the volume; empty if the log is to say it
     * @throws StoreException if the volume cannot be opened, one sentence; a label or a log may then have been written, with what is so
     */
    static Opening of(VolumeFiles files, VolumeDescription given) throws IOException {
        return new Reading(files, given).open();
    }

    /**
     * Opens a leg that was out of use, to be taken back.
     *
     * @throws StoreException if it is not to be taken back, one sentence
     */
    FileLeg reopen(VolumeFiles files, int leg) throws IOException {
        FileLeg opened = files.reopen(leg);
        try {
            if (record instanceof LabelledRecord labelled) {
                // While a leg is out nothing is marked clean: what holds now holds when it is taken back.
                labelled.takeBack(leg, opened, log.image().cleanCount() == 0);
            }
            return opened;
        } catch (IOException e) {
            opened.close();
            throw e;
        }
    }

    /** One opening. */
    private static final class Reading {
        private final VolumeFiles files;
        private final VolumeDescription given;
        private final Optional<Superblock> onLog;
        private List<Optional<LegLabel>> labels;

        Reading(VolumeFiles files, VolumeDescription given) throws StoreException {
            this.files = files;
            this.given = given;
            this.onLog = Superblock.find(files.log());
        }

        Opening open() throws IOException {
            Layout layout = described().layout(files.legsThere());
            readLabels(layout.bytes());
            boolean labelled = labels.stream().anyMatch(Optional::isPresent)
                    || ours().map(volume -> volume.legs().stream().anyMatch(Superblock.LegEntry::labelled)).orElse(false);
            if (!labelled) {
                files.requireAllThere();
            }
            Superblock volume = volume(layout, labelled);
            DirtyRegionLog log = isHardened(layout) ? DirtyRegionLog.open(files.log(), volume)
                    : DirtyRegionLog.open(files.log(), layout.regions());
            if (labelled) {
                return recorded(layout, log, volume);
            }
            Membership all = Membership.whole(volume.source());
            return new Opening(source(layout, all, layout.legs()), standIns(layout.bytes(), layout.legs()), log, volume, MembershipRecord.none(all), log.distrust(), List.of());
        }

        /** Where nobody says how long the volume is, a label at the end of a leg may. */
        private VolumeDescription described() throws StoreException {
            if (given.bytes().isPresent()) {
                return given;
            }
            Optional<LegLabel> label = Optional.empty();
            for (FileLeg leg : files.legsThere()) {
                label = label.isPresent() ? label : LegLabel.findAtEnd(leg);
            }
            return label.map(found -> new VolumeDescription(given.legs(), OptionalLong.of(found.bytes()),
                    given.regionBytes().isPresent() ? given.regionBytes() : OptionalInt.of(found.regionBytes()), given.source()))
                    .orElse(given);
        }

        private void readLabels(long bytes) throws StoreException {
            labels = new ArrayList<>();
            for (int leg = 0; leg < given.legs().size(); leg++) {
                labels.add(files.isThere(leg) ? LegLabel.find(files.leg(leg), bytes) : Optional.empty());
            }
        }

        /** What the log says, unless every label that there is speaks of another volume. */
        private Optional<Superblock> ours() {
            return onLog.filter(volume -> volume.legs().size() == given.legs().size() && (labels.stream().allMatch(Optional::isEmpty)
                    || labels.stream().flatMap(Optional::stream).anyMatch(label -> label.volume().equals(volume.volume()))));
        }

        private Superblock volume(Layout layout, boolean labelled) {
            Optional<Superblock> ours = ours();
            List<Superblock.LegEntry> entries = new ArrayList<>();
            for (int leg = 0; leg < layout.legs(); leg++) {
                entries.add(new Superblock.LegEntry(files.path(leg), labelled,
                        ours.isPresent() ? ours.get().legs().get(leg).generation() : Generation.NONE));
            }
            if (ours.isPresent() && ours.get().bytes() == layout.bytes() && ours.get().regionBytes() == layout.regionBytes()) {
                return ours.get().with(entries);
            }
            UUID identity = labels.stream().flatMap(Optional::stream).map(LegLabel::volume).findFirst()
                    .orElseGet(() -> ours.map(Superblock::volume).orElseGet(UUID::randomUUID));
            return new Superblock(identity, layout.bytes(), layout.regionBytes(), layout.source(), entries);
        }

        /** A log that has lost its superblocks is as long as a hardened one, and does not begin as one of dm-mirror's. */
        private boolean isHardened(Layout layout) {
            if (LogFormat.of(files.log()) == LogFormat.HARDENED) {
                return true;
            }
            ByteBuffer header = ByteBuffer.allocate(Leg.SECTOR);
            try {
                files.log().read(header, 0);
            } catch (IOException e) {
                return false;
            }
            return files.log().length() >= LogFormat.HARDENED.requiredLength(layout.regions())
                    && DmLogFormat.distrust(header, layout.regions()).isPresent()
                    && labels.stream().anyMatch(Optional::isPresent);
        }

        /** A leg that fails while it is labelled is out of use, and that is recorded in turn. */
        private Opening recorded(Layout layout, DirtyRegionLog log, Superblock first) throws IOException {
            Superblock volume = first;
            while (true) {
                boolean onLogNow = log.format() == LogFormat.HARDENED && log.distrust().isEmpty();
                FoundRecord found = FoundRecord.judge(volume, onLogNow, log.distrust(), log.image().dirtyCount() == 0, found());
                if (found.distrust().isPresent()) {
                    log.image().markAllDirty();
                }
                int places = log.format() == LogFormat.HARDENED ? Superblock.SLOTS : layout.legs();
                List<Leg> legs = standIns(layout.bytes(), places);
                try {
                    LabelledRecord record = LabelledRecord.open(log, legs, found.opened());
                    return new Opening(source(layout, record.found(), places), legs, log, record.volume(), record, found.distrust(),
                            found.told());
                } catch (LegNotRecordedException e) {
                    files.lose(e.leg(), e);
                    volume = log.superblock().orElse(volume);
                    readLabels(layout.bytes());
                }
            }
        }

        private List<FoundRecord.Found> found() {
            List<FoundRecord.Found> found = new ArrayList<>();
            for (int leg = 0; leg < labels.size(); leg++) {
                found.add(new FoundRecord.Found(given.legs().get(leg).toString(), files.isThere(leg), labels.get(leg)));
            }
            return found;
        }

        /** A leg for each place; of one that is not there, or of a place that holds none, nothing is asked. */
        private List<Leg> standIns(long bytes, int places) {
            List<Leg> legs = new ArrayList<>();
            for (int leg = 0; leg < places; leg++) {
                boolean named = leg < given.legs().size();
                legs.add(named && files.isThere(leg) ? files.leg(leg) : new MissingLeg(named ? given.legs().get(leg).toString() : "", bytes,
                        named ? files.whyMissing(leg) : new StoreException("place " + leg + " holds no leg")));
            }
            return legs;
        }

        private static Layout source(Layout layout, Membership membership, int places) {
            return new Layout(layout.bytes(), layout.regionBytes(), places, membership.source());
        }
    }
}
