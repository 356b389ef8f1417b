package dev.lockstep.log;

import dev.lockstep.store.Leg;
import dev.lockstep.store.StoreException;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The record of a volume whose legs carry labels: on the labels, and on the log if that is a hardened one. Spec module Generations.
 *
 * <p>Each record is of a new {@linkplain Generation generation}, and is written in three parts, each durable before the next: the log says
 * the generation and the membership; the labels of the legs in use say them; the log notes which generation they carry. What a crash
 * leaves of it is judged by {@link FoundRecord}. (A log in dm-mirror's format has no place for it: then the labels are all.)
 *
 * <p>There are {@link Superblock#SLOTS} slots. What they hold can be changed while the volume is in use: {@link #takeBack}, {@link #replace},
 * {@link #fill}, {@link #empty}. Each of these is of a leg that is out of use, changes memory alone, and is recorded with the next {@link #write}.
 *
 * <p>Thread-safe.
 */
public final class LabelledRecord implements MembershipRecord {
    private final DirtyRegionLog log;
    private final LongSupplier nonces;
    private final Membership found;
    /** The leg in each slot; null where there is none, or it is not there. Guarded by this, as all below. */
    private final List<Leg> legs = new ArrayList<>();
    /** What the next record is to say of each slot. */
    private final List<Superblock.LegEntry> slots;
    /** The slots that hold no leg, as the next record is to say. */
    private int absent;
    /** The slots whose leg is new, and was never recorded as in use. */
    private int fresh;
    /** Of how many slots the volume's user speaks; a leg in another one stays out of use. */
    private int width;
    /** The last record that was begun. */
    private Superblock last;

    private LabelledRecord(DirtyRegionLog log, List<? extends Leg> legs, Superblock opened, LongSupplier nonces) {
        this.log = log;
        this.nonces = nonces;
        this.found = opened.membership().within(legs.size());
        this.slots = new ArrayList<>(opened.slots());
        this.absent = opened.membership().absent();
        this.width = legs.size();
        this.last = opened;
        for (int slot = 0; slot < Superblock.SLOTS; slot++) {
            this.legs.add(slot < legs.size() && !opened.membership().isAbsent(slot) ? legs.get(slot) : null);
        }
    }

    /**
     * Opens the record: writes what is to be the volume's first generation of this opening. A volume is not to be used before. If regions
     * were turned dirty in the log's image since it was opened, as what it says is not believed, they are durably so before the log gets a
     * generation that is (spec module Generations, {@code DirtyFirst}): else a crash in between would leave bits that are believed again.
     *
     * @param log    the log, opened as that of this volume
     * @param legs   the legs of the first slots, in order; null, or anything, where a slot holds none. Of those that are out of use nothing
     *               is asked
     * @param opened what is to be recorded, in a new generation; its nonce is chosen anew
     * @return the record
     * @throws LegNotRecordedException if a leg in use failed
     * @throws IOException             if the log failed
     */
    public static LabelledRecord open(DirtyRegionLog log, List<? extends Leg> legs, Superblock opened) throws IOException {
        return open(log, legs, opened, new SecureRandom()::nextLong);
    }

    /**
     * Opens the record as {@link #open(DirtyRegionLog, List, Superblock)} does, where who opens it says what is random.
     *
     * @param log    the log, opened as that of this volume
     * @param legs   the legs of the first slots, in order; null, or anything, where a slot holds none
     * @param opened what is to be recorded, in a new generation
     * @param nonces gives the nonce of each generation; nobody may be able to make it give one twice by putting files back
     * @return the record
     * @throws LegNotRecordedException if a leg in use failed
     * @throws IOException             if the log failed
     */
    public static LabelledRecord open(DirtyRegionLog log, List<? extends Leg> legs, Superblock opened, LongSupplier nonces)
            throws IOException {
        LabelledRecord record = new LabelledRecord(log, legs, opened, nonces);
        if (log.image().isChanged()) {
            log.write();
            log.beginFlush().await();
        }
        record.flush(opened.membership());
        record.record(opened.generation().number(), opened.membership());
        return record;
    }

    /**
     * Has what the labels were found to say be durable: the next label of each leg says of the others that it was seen. Else a power cut after a
     * kill could bring an older label back, which is not believed then.
     */
    private synchronized void flush(Membership membership) throws IOException {
        for (int slot = 0; slot < Superblock.SLOTS; slot++) {
            if (!membership.isOut(slot)) {
                try {
                    legs.get(slot).beginFlush().await();
                } catch (IOException e) {
                    throw new LegNotRecordedException(slot, e);
                }
            }
        }
    }

    /**
     * Writes the labels of a new volume, durably; its log is to be made afterwards, and not to be there before.
     *
     * @param legs   the legs, in order; they have the first slots
     * @param volume what the log is going to say
     * @throws IOException if a leg fails
     */
    public static void label(List<? extends Leg> legs, Superblock volume) throws IOException {
        for (int leg = 0; leg < legs.size(); leg++) {
            LegLabel.of(volume, leg).write(legs.get(leg));
        }
    }

    /** {@return what was recorded when the volume was opened, of as many slots as legs were given then; always the same} */
    @Override
    public Membership found() {
        return found;
    }

    /**
     * Records, durably: {@link MembershipRecord#write}. Which slots hold no leg is not taken from what is given, but is as {@link #fill} and
     * {@link #empty} have made it; and a slot of which the volume's user did not know when it was opened, and that was not filled since, stays
     * out.
     */
    @Override
    public synchronized void write(Membership membership) throws IOException {
        int beyond = last.membership().out() & ~Membership.below(width);
        record(last.generation().number() + 1, new Membership(membership.out() | absent | beyond, membership.source(), absent));
    }

    private synchronized void record(long number, Membership membership) throws IOException {
        labelFresh(membership);
        last = new Superblock(last.volume(), last.bytes(), last.regionBytes(), new Generation(number, nonces.getAsLong()), membership, slots);
        onLog();
        for (int slot = 0; slot < Superblock.SLOTS; slot++) {
            if (!membership.isOut(slot)) {
                try {
                    LegLabel.of(last, slot).write(legs.get(slot));
                } catch (IOException e) {
                    throw new LegNotRecordedException(slot, e);
                }
            }
        }
        for (int slot = 0; slot < Superblock.SLOTS; slot++) {
            if (!membership.isOut(slot)) {
                slots.set(slot, slots.get(slot).in(last.generation()));
            }
        }
        last = last.with(slots);
        onLog();
    }

    /**
     * Has a new leg carry a label before the log calls it one that is in use, as of the record before: else a crash before it gets that of
     * the new record would leave a leg in use that has none, and is not trusted. It is trusted then with what it has, which is nothing: every
     * region is durably dirty. Until the new record it is known to be out, or no leg of the volume at all.
     */
    private void labelFresh(Membership membership) throws IOException {
        for (int slot = 0; slot < Superblock.SLOTS; slot++) {
            if ((fresh & 1 << slot) != 0 && !membership.isOut(slot)) {
                try {
                    LegLabel.of(last, slot).write(legs.get(slot));
                } catch (IOException e) {
                    throw new LegNotRecordedException(slot, e);
                }
                fresh &= ~(1 << slot);
            }
        }
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
     * @throws StoreException if it is too short or of another volume, or was used without the others, or what it holds is not known and
     *                        regions are clean; one sentence, and nothing has changed
     */
    public synchronized void takeBack(int leg, Leg opened, boolean allDirty) throws StoreException {
        Optional<LegLabel> label = requireFits(leg, opened);
        Generation known = slots.get(leg).generation();
        if (label.isPresent() && last.generation().isBefore(label.get().generation())) {
            throw new StoreException(opened.name() + ": is of generation " + label.get().generation().number() + ", and the volume of "
                    + last.generation().number() + "; expected no later one: it was used without the others, and has what they lack");
        }
        if (!allDirty && (label.isEmpty() || label.get().isStale(known))) {
            throw new StoreException(opened.name() + ": " + label.map(found -> (found.isOfNewcomer() ? "was to come in as of" : "is of") + " generation "
                    + found.generation().number())
                    .orElse("has no label that is whole") + "; expected generation " + known.number()
                    + " or later, as regions are clean that it may not have");
        }
        legs.set(leg, opened);
    }

    /**
     * Looks whether a leg could have some place in the volume, whatever it holds.
     *
     * @param leg    which slot, counted from 0
     * @param opened the leg
     * @return its label, if it has one
     * @throws StoreException if it is too short, or carries the label of another volume or of another leg that is still one of this volume;
     *                        one sentence
     */
    public synchronized Optional<LegLabel> requireFits(int leg, Leg opened) throws StoreException {
        if (opened.length() < LegLabel.legBytes(last.bytes())) {
            throw new StoreException(opened.name() + ": is " + opened.length() + " bytes long; expected at least "
                    + LegLabel.legBytes(last.bytes()) + ", label included");
        }
        Optional<LegLabel> label = LegLabel.find(opened, last.bytes());
        if (label.isPresent() && !(label.get().volume().equals(last.volume()) && (label.get().leg() == leg
                || (absent & 1 << label.get().leg()) != 0))) {
            throw new StoreException(opened.name() + ": is leg " + label.get().leg() + " of volume " + label.get().volume()
                    + "; expected leg " + leg + " of " + last.volume());
        }
        return label;
    }

    /**
     * Has another leg take the place of one that is out of use, whatever it holds: every region is to be durably dirty before it is
     * recorded to be in use. Nothing is written before that; until then a crash leaves the leg that was there, out of use.
     *
     * @param leg    the slot of the leg, counted from 0
     * @param opened the new leg
     * @param path   where it is, for the log
     * @throws StoreException           if it is too short or carries the label of another leg or volume; one sentence, and nothing has
     *                                  changed
     * @throws IllegalArgumentException if the log has no room for its path; nothing has changed
     */
    public synchronized void replace(int leg, Leg opened, String path) throws StoreException {
        put(leg, opened, path);
    }

    /**
     * Puts a new leg into a slot that holds none, whatever it holds: it is out of use until a record {@linkplain #write says} otherwise, and
     * every region is to be durably dirty before one does. Nothing is written before the next record, and until then a crash leaves the slot
     * without a leg; if the next one says that the leg is out, so it is found. A leg that was taken out of this volume may be put into any slot.
     *
     * @param slot   the slot, counted from 0
     * @param opened the new leg, with room for a label
     * @param path   where it is, for the log
     * @throws StoreException           if it is too short or carries the label of a leg that is one of this volume, or of another volume; one
     *                                  sentence, and nothing has changed
     * @throws IllegalStateException    if the slot holds a leg
     * @throws IllegalArgumentException if the log has no room for its path; nothing has changed
     */
    public synchronized void fill(int slot, Leg opened, String path) throws StoreException {
        if ((absent & 1 << slot) == 0) {
            throw new IllegalStateException("slot " + slot + " holds a leg; one that holds none is expected");
        }
        put(slot, opened, path);
        absent &= ~(1 << slot);
        width = Math.max(width, slot + 1);
    }

    private void put(int slot, Leg opened, String path) throws StoreException {
        requireFits(slot, opened);
        List<Superblock.LegEntry> next = new ArrayList<>(slots);
        // Its label is to be later than whatever the leg had that was there before.
        next.set(slot, new Superblock.LegEntry(path, true, last.generation()));
        Superblock.requireRoom(next);
        slots.set(slot, next.get(slot));
        legs.set(slot, opened);
        fresh |= 1 << slot;
    }

    /**
     * Takes the leg out of a slot: from the next record on the slot holds none. The leg has to be out of use, or to be put out by that record,
     * and there has to be another one in use. Nothing is written to it: once the record is durable its label is stale, and is told as that of
     * a leg that was taken out, should it come back; {@link LegLabel#erase} has it be any file. Until then a crash leaves the leg where it was.
     *
     * @param slot the slot, counted from 0
     * @throws IllegalStateException if the slot holds no leg
     */
    public synchronized void empty(int slot) {
        if ((absent & 1 << slot) != 0) {
            throw new IllegalStateException("slot " + slot + " holds no leg; one that does is expected");
        }
        absent |= 1 << slot;
        slots.set(slot, Superblock.LegEntry.NONE);
        legs.set(slot, null);
        fresh &= ~(1 << slot);
    }

    /** {@return the slots that hold no leg, a bit each, as the next record is to say} */
    public synchronized int absent() {
        return absent;
    }

    /** {@return what the log says of the volume, or would say} */
    public synchronized Superblock volume() {
        return last;
    }
}
