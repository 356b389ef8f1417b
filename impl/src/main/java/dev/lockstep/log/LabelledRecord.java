package dev.lockstep.log;

import dev.lockstep.store.Leg;
import dev.lockstep.store.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The record of a volume whose legs carry labels: on the labels, and on the log if that is a hardened one. Spec module Generations.
 *
 * <p>Each record is of a new generation, and is written in three parts, each durable before the next: the log says the generation and
 * the membership; the labels of the legs in use say them; the log notes which generation they carry. What a crash leaves of it is
 * judged by {@link FoundRecord}. (A log in dm-mirror's format has no place for it: then the labels are all.)
 *
 * <p>Thread-safe.
 */
public final class LabelledRecord implements MembershipRecord {
    private final DirtyRegionLog log;
    /** Guarded by this, as all below. */
    private final List<Leg> legs;
    private final Membership found;
    /** The last record that was begun. */
    private Superblock last;

    private LabelledRecord(DirtyRegionLog log, List<? extends Leg> legs, Superblock opened) {
        this.log = log;
        this.legs = new ArrayList<>(legs);
        this.found = opened.membership();
        this.last = opened;
    }

    /**
     * Opens the record: writes what is to be the volume's first generation of this opening. A volume is not to be used before.
     *
     * @param log    the log, opened as that of this volume
     * @param legs   the legs, in order; of those that are out of use nothing is asked
     * @param opened what is to be recorded, in a new generation
     * @return the record
     * @throws LegNotRecordedException if a leg in use failed
     * @throws IOException             if the log failed
     */
    public static LabelledRecord open(DirtyRegionLog log, List<? extends Leg> legs, Superblock opened) throws IOException {
        LabelledRecord record = new LabelledRecord(log, legs, opened);
        record.record(opened);
        return record;
    }

    /**
     * Writes the labels of a new volume, durably; its log is to be made afterwards, and not to be there before.
     *
     * @param legs   the legs, in order
     * @param volume what the log is going to say
     * @throws IOException if a leg fails
     */
    public static void label(List<? extends Leg> legs, Superblock volume) throws IOException {
        for (int leg = 0; leg < legs.size(); leg++) {
            LegLabel.of(volume, leg).write(legs.get(leg));
        }
    }

    @Override
    public Membership found() {
        return found;
    }

    @Override
    public synchronized void write(Membership membership) throws IOException {
        record(last.in(last.generation() + 1, membership));
    }

    private synchronized void record(Superblock next) throws IOException {
        last = next;
        onLog();
        List<Superblock.LegEntry> entries = new ArrayList<>(last.legs());
        for (int leg = 0; leg < legs.size(); leg++) {
            if (!last.membership().isOut(leg)) {
                try {
                    LegLabel.of(last, leg).write(legs.get(leg));
                } catch (IOException e) {
                    throw new LegNotRecordedException(leg, e);
                }
                entries.set(leg, entries.get(leg).in(last.generation()));
            }
        }
        last = last.with(entries);
        onLog();
    }

    private void onLog() throws IOException {
        if (log.format() == LogFormat.HARDENED) {
            log.describe(last);
            log.beginFlush().await();
        }
    }

    /**
     * Has the label of a leg that was out of use go, from now on, to that leg as it is open now.
     *
     * @param leg      the leg, counted from 0
     * @param opened   the same leg, open
     * @param allDirty whether no region is clean, so that whatever the leg holds is copied over
     * @throws StoreException if it is too short or of another volume, or what it holds is not known and regions are clean; one
     *                        sentence, and nothing has changed
     */
    public synchronized void takeBack(int leg, Leg opened, boolean allDirty) throws StoreException {
        Optional<LegLabel> label = requireFits(leg, opened);
        long known = last.legs().get(leg).generation();
        if (!allDirty && (label.isEmpty() || label.get().generation() < known)) {
            throw new StoreException(opened.name() + ": " + label.map(found -> "is of generation " + found.generation())
                    .orElse("has no label that is whole") + "; expected generation " + known
                    + " or later, as regions are clean that it may not have");
        }
        legs.set(leg, opened);
    }

    /**
     * Looks whether a leg could have some place in the volume, whatever it holds.
     *
     * @param leg    which place, counted from 0
     * @param opened the leg
     * @return its label, if it has one
     * @throws StoreException if it is too short or carries the label of another leg or volume; one sentence
     */
    public synchronized Optional<LegLabel> requireFits(int leg, Leg opened) throws StoreException {
        if (opened.length() < LegLabel.legBytes(last.bytes())) {
            throw new StoreException(opened.name() + ": is " + opened.length() + " bytes long; expected at least "
                    + LegLabel.legBytes(last.bytes()) + ", label included");
        }
        Optional<LegLabel> label = LegLabel.find(opened, last.bytes());
        if (label.isPresent() && !(label.get().volume().equals(last.volume()) && label.get().leg() == leg)) {
            throw new StoreException(opened.name() + ": is leg " + label.get().leg() + " of volume " + label.get().volume()
                    + "; expected leg " + leg + " of " + last.volume());
        }
        return label;
    }

    /**
     * Has another leg take the place of one that is out of use, whatever it holds: every region is to be durably dirty before it is
     * recorded to be in use. Nothing is written before that; until then a crash leaves the leg that was there, out of use.
     *
     * @param leg    the leg, counted from 0
     * @param opened the new leg
     * @param path   where it is, for the log
     * @throws StoreException if it is too short or carries the label of another leg or volume; one sentence, and nothing has changed
     */
    public synchronized void replace(int leg, Leg opened, String path) throws StoreException {
        takeBack(leg, opened, true);
        List<Superblock.LegEntry> entries = new ArrayList<>(last.legs());
        entries.set(leg, new Superblock.LegEntry(path, true, entries.get(leg).generation()));
        last = last.with(entries);
    }

    /** {@return what the log says of the volume, or would say} */
    public synchronized Superblock volume() {
        return last;
    }
}
