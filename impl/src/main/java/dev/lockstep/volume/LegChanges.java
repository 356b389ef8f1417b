package dev.lockstep.volume;

import dev.lockstep.log.LabelledRecord;
import dev.lockstep.log.LegLabel;
import dev.lockstep.log.LogFormat;
import dev.lockstep.log.Membership;
import dev.lockstep.log.Superblock;
import dev.lockstep.store.FileLeg;
import dev.lockstep.store.Leg;
import dev.lockstep.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What changes the legs of a {@link FileVolume} while it is in use: {@link FileVolume} says what each method promises. The files are
 * opened here, and what the log is to say of them is told to its record at the time when that becomes so; the rest is the {@link Volume}'s.
 * One change at a time. Thread-safe.
 */
final class LegChanges {
    private static final int FEWEST = 2;

    private final VolumeFiles files;
    private final Opening opening;
    private final Volume volume;
    private final Requests requests;
    private volatile Layout layout;

    LegChanges(VolumeFiles files, Opening opening, Volume volume, Requests requests) {
        this.files = files;
        this.opening = opening;
        this.volume = volume;
        this.requests = requests;
        this.layout = layoutNow();
    }

    /** How the volume is divided, as many legs counted as its places up to the last that holds one. */
    Layout layout() {
        return layout;
    }

    private Layout layoutNow() {
        Layout all = volume.layout();
        int legs = Math.max(FEWEST, files.places());
        return new Layout(all.bytes(), all.regionBytes(), legs, all.source() < legs ? all.source() : 0);
    }

    /** The places that hold a leg, ascending. */
    List<Integer> numbers() {
        return files.filled();
    }

    boolean readmit(int leg) throws IOException {
        return requests.perform(() -> readmitted(leg));
    }

    void replace(int leg, Path file) throws IOException {
        requests.requireOutside();
        requests.perform(() -> {
            replaced(leg, file);
            return null;
        });
    }

    int add(Path file) throws IOException {
        requests.requireOutside();
        return requests.perform(() -> added(file));
    }

    void remove(int leg) throws IOException {
        requests.requireOutside();
        requests.perform(() -> {
            removed(leg);
            return null;
        });
    }

    private synchronized boolean readmitted(int leg) throws IOException {
        requireLeg(leg);
        FileLeg opened = opening.reopen(files, leg);
        boolean taken = false;
        try {
            taken = volume.readmit(leg, opened);
            return taken;
        } finally {
            if (!taken) {
                opened.close();
            } else {
                files.keep(opened);
            }
        }
    }

    private synchronized void replaced(int leg, Path file) throws IOException {
        requireLeg(leg);
        LabelledRecord record = labelled(files.path(leg), "be replaced");
        NewLeg opened = open(record, leg, file);
        try {
            putOut(leg, "it is to be replaced by " + file);
            takeIn(leg, opened, () -> record.replace(leg, opened.leg(), files.path(file)));
        } catch (IOException | RuntimeException e) {
            giveUp(leg, opened, e);
            throw e;
        }
    }

    private synchronized int added(Path file) throws IOException {
        LabelledRecord record = labelled(file.toString(), "be added");
        if (opening.log().format() != LogFormat.HARDENED) {
            throw new StoreException(file + ": cannot be added, as the volume's log is in the format " + opening.log().format().words()
                    + ", which has no place to say so; expected a hardened log");
        }
        int place = Integer.numberOfTrailingZeros(record.absent());
        if (place >= Superblock.SLOTS) {
            throw new StoreException(file + ": cannot be added, as the volume has " + Superblock.SLOTS + " legs; expected fewer");
        }
        NewLeg opened = open(record, place, file);
        try {
            takeIn(place, opened, () -> record.fill(place, opened.leg(), files.path(file)));
        } catch (IOException | RuntimeException e) {
            giveUp(place, opened, e);
            throw e;
        }
        return place;
    }

    private synchronized void removed(int leg) throws IOException {
        requireLeg(leg);
        LabelledRecord record = labelled(files.path(leg), "be removed");
        if (opening.log().format() != LogFormat.HARDENED) {
            throw new StoreException(files.path(leg) + ": cannot be removed, as the volume's log is in the format "
                    + opening.log().format().words() + ", which has no place to say so; expected a hardened log");
        }
        if (numbers().size() <= FEWEST) {
            throw new StoreException(files.path(leg) + ": cannot be removed, as the volume has " + numbers().size() + " legs; expected "
                    + (FEWEST + 1) + " at least");
        }
        putOut(leg, "it is to be removed");
        requests.here(() -> volume.remove(leg, () -> record.empty(leg)));
        FileLeg removed = files.vacate(leg);
        layout = layoutNow();
        if (removed != null) {
            erase(removed);
        }
    }

    /** The record is what counts; without its label the leg is like any other file. */
    private void erase(Leg removed) {
        try {
            LegLabel.erase(removed, layout.bytes());
        } catch (IOException e) {
            // Its label is older than the record by which it was removed, and not believed.
            return;
        }
    }

    private void requireLeg(int leg) throws StoreException {
        if (!numbers().contains(leg)) {
            throw new StoreException("the volume has no leg " + leg + "; one of " + numbers() + " is expected");
        }
    }

    private LabelledRecord labelled(String name, String what) throws StoreException {
        if (opening.record() instanceof LabelledRecord record) {
            return record;
        }
        throw new StoreException(name + ": cannot " + what + "; expected a volume whose legs carry labels");
    }

    /** Opens a leg that is to come in; changes nothing else. */
    private NewLeg open(LabelledRecord record, int place, Path file) throws IOException {
        NewLeg opened = files.openNew(place, file, LegLabel.legBytes(layout.bytes()));
        try {
            record.requireFits(place, opened.leg());
            requireRoom(record.volume(), place, files.path(file));
            return opened;
        } catch (IllegalArgumentException e) {
            opened.giveUp(e);
            throw new StoreException(file + ": cannot be named in the log: " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            opened.giveUp(e);
            throw e;
        }
    }

    private static void requireRoom(Superblock volume, int place, String path) {
        List<Superblock.LegEntry> entries = new ArrayList<>(volume.slots());
        entries.set(place, new Superblock.LegEntry(path, true));
        Membership now = volume.membership();
        new Superblock(volume.volume(), volume.bytes(), volume.regionBytes(), volume.generation(),
                new Membership(now.out(), now.source(), now.absent() & ~(1 << place)), entries);
    }

    private void putOut(int leg, String why) throws IOException {
        boolean[] out = new boolean[1];
        // What follows is done in this thread: that it is out of use is recorded then.
        requests.here(() -> out[0] = volume.putOut(leg, new IOException(why)));
        if (!out[0]) {
            throw new IOException("leg " + leg + " cannot be put out of use: it is the last, or has what is out of sync on the others");
        }
    }

    /** What the record is told when a leg has its place. */
    @FunctionalInterface
    private interface Placing {
        void perform() throws IOException;
    }

    /** One that has its place stays the volume's, whatever failed then: it may be recorded already. */
    private void giveUp(int place, NewLeg opened, Exception reason) {
        if (!files.holds(place, opened)) {
            opened.giveUp(reason);
        }
    }

    private void takeIn(int place, NewLeg opened, Placing placing) throws IOException {
        requests.awaitInside(in -> volume.rebuild(place, opened.leg(), () -> {
            try {
                placing.perform();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            files.place(place, opened);
        }, in));
        layout = layoutNow();
    }
}
