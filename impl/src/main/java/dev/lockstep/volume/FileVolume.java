package dev.lockstep.volume;

import dev.lockstep.log.FoundRecord;
import dev.lockstep.log.LegLabel;
import dev.lockstep.log.LogFormat;
import dev.lockstep.log.Membership;
import dev.lockstep.region.LegsRead;
import dev.lockstep.region.Policy;
import dev.lockstep.store.Leg;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A {@link Volume} on files or block devices, named by its log: what a program uses. It owns the files and the threads.
 *
 * <h2>Reading and writing</h2>
 * Positions and lengths are in bytes, multiples of {@value Leg#SECTOR} as on a disk, anywhere in the volume; what crosses regions is
 * done region by region. Any number of threads may ask for anything at once. A method that waits does the work in its caller's
 * thread; one that is given a {@link Completion} returns at once, and its work is done on threads of the volume, with ever so
 * many writes in flight.
 *
 * <p>Of writes in flight that overlap, discards included, all legs get the same order: in each region, that in which they were
 * submitted. A read that overlaps a write in flight may see, sector by sector, the old or the new.
 *
 * <h2>Which memory the legs read, and when</h2>
 * <ul>
 * <li>Under {@link LegsRead#SHARED} each leg reads the caller's direct buffer in place and in its own time, until the write has
 *     ended. Who changes it meanwhile gets legs that differ; what becomes of that is the policy's. Under
 *     {@link LegsRead#LOCKED} the caller promises not to.</li>
 * <li>Under {@link LegsRead#COPIED} the caller's buffer is read once, before the call returns or begins to wait, and every leg is
 *     written from that one copy.</li>
 * <li>NIO copies a heap buffer into a direct one for each system call: so shared heap memory is read once for each leg, at
 *     different times, as direct memory is.</li>
 * <li>Where the operating system writes less than it was given, the rest is read anew by another system call: the bytes of one
 *     write may be of different times. A byte that was written is not read again, save where an interrupt comes during the system
 *     call: that is made again.</li>
 * </ul>
 *
 * <h2>What survives</h2>
 * A write or discard that has ended is seen by every read after it, and survives the death of the process. It survives a power
 * cut once a flush that was asked for after it ended has ended.
 *
 * <h2>Interrupts and failures</h2>
 * An interrupt has no effect: it fails no leg, cuts no call short, and stays pending. A leg that fails a read, a write or a flush is
 * put out of use, durably on the log and the labels of the others, before anything that it missed is acknowledged; the volume goes on
 * without it. The volume stops if that cannot be recorded, as where legs have no labels, if the log fails, if the last leg does, or the
 * source while it alone has regions that are out of sync: then writes and flushes, those under way and those asked for later, fail with an {@link
 * IOException}; what a leg may serve can still be read, and the files can still be {@linkplain #close closed}.
 *
 * <p>Thread-safe. A completion may ask for more, but may not call a method that waits; that is refused with an
 * {@link IllegalStateException}. A volume is open once at a time, whoever and
 * wherever its users are: a lock in {@code LOG.lock} beside the log sees to that, and names its holder in the refusal. (For a log
 * that is a block device the file is in {@code /run/lock}, or else in the folder for temporary files, and named by the device's number.)
 */
public final class FileVolume extends OpenVolume implements Closeable {
    private final VolumeFiles files;
    private final Opening opening;
    private final Optional<String> distrust;
    private final LegChanges legs;

    private FileVolume(VolumeFiles files, Opening opening, Policy policy) throws IOException {
        super(opening, policy);
        this.files = files;
        this.opening = opening;
        this.distrust = opening.distrust();
        this.legs = new LegChanges(files, opening, volume, requests);
    }

    /**
     * Makes a new volume, durably, and opens it. Each file is made, legs as zeros, unless it is a block device that is there: a
     * regular file that is there is refused. If not all can be made, none is left. If all legs are new they are equal, and every
     * region is clean; what devices hold is not known, so every region is dirty then, and to be {@linkplain #resync resynced}.
     *
     * @param log    the log's file
     * @param legs   the legs' files, in the order of the legs
     * @param layout how it is divided; {@link Layout#of} chooses
     * @param policy when a region is marked clean, and what the legs read
     * @return the volume, open
     * @throws VolumeInUseException     if someone has the volume open
     * @throws IOException              if a file cannot be made or opened, or two are the same; one sentence that names it
     * @throws IllegalArgumentException if there are more or fewer legs than the layout has
     */
    public static FileVolume create(Path log, List<Path> legs, Layout layout, Policy policy) throws IOException {
        return create(log, legs, layout, policy, LogFormat.HARDENED, true);
    }

    /**
     * Makes a new volume as {@link #create(Path, List, Layout, Policy)} does, with a log of either format and with or without labels.
     * A label takes {@link LegLabel#legBytes} in all, volume included: a device has to have that. dm-mirror can attach what has a
     * log of {@link LogFormat#DM}, as the data is at each leg's beginning; but it heeds no label, so legs that it is to use are better
     * made without. Without labels, a volume stops when a leg fails, as there is nowhere to record that.
     *
     * @param log    the log's file
     * @param legs   the legs' files, in the order of the legs; those that lie in the log's folder are named from there, so that
     *               the folder can be moved
     * @param layout how it is divided
     * @param policy when a region is marked clean, and what the legs read
     * @param format the format of the log
     * @param labels whether each leg gets a label, behind its data
     * @return the volume, open
     * @throws VolumeInUseException     if someone has the volume open
     * @throws IOException              if a file cannot be made or opened, is too short, or two are the same; one sentence
     * @throws IllegalArgumentException if there are more or fewer legs than the layout has, or their paths are too long
     */
    public static FileVolume create(Path log, List<Path> legs, Layout layout, Policy policy, LogFormat format, boolean labels)
            throws IOException {
        Objects.requireNonNull(policy, "policy");
        if (legs.size() != layout.legs()) {
            throw new IllegalArgumentException(legs.size() + " legs are given; " + layout.legs() + " are expected");
        }
        VolumeFiles.create(log, legs, layout, format, labels);
        return open(log, VolumeDescription.of(legs, layout), policy);
    }

    /**
     * Opens a volume by its log alone, which has to be a hardened one whose superblock is whole.
     *
     * @param log    the log's file
     * @param policy when a region is marked clean, and what the legs read
     * @return the volume, ready for use
     * @throws VolumeInUseException if someone has the volume open; nothing was written
     * @throws IOException          as {@link #open(Path, VolumeDescription, Policy)}; and if the log does not say which legs there are
     */
    public static FileVolume open(Path log, Policy policy) throws IOException {
        return open(log, Optional.empty(), policy);
    }

    /**
     * Opens a volume by its log. The log is written again and flushed before any write is issued; if that fails, the volume has
     * stopped, and whatever is asked of it says so. A log that cannot be trusted makes every region out of sync:
     * {@link #distrust}.
     *
     * <p>If the legs carry labels, the volume gets a new generation, recorded on log and labels before it is used, and what is stale is
     * not trusted: see {@link FoundRecord}. A leg that is not there, or not in order, is put out of use, if that
     * can be recorded and it is not the only one that has the regions out of sync.
     *
     * @param log         the log's file
     * @param description what its user says of the volume, as a log of dm-mirror's or a damaged one does not
     * @param policy      when a region is marked clean, and what the legs read
     * @return the volume, ready for use
     * @throws VolumeInUseException     if someone has the volume open; nothing was written
     * @throws IOException              if a file cannot be opened, two are the same, the legs' lengths do not fit
     *                                  ({@link VolumeDescription#layout}), a leg is of another volume or two were each used without
     *                                  the other; one sentence that names it
     * @throws IllegalArgumentException if no volume can be as is described; nothing was written
     */
    public static FileVolume open(Path log, VolumeDescription description, Policy policy) throws IOException {
        return open(log, Optional.of(description), policy);
    }

    private static FileVolume open(Path log, Optional<VolumeDescription> description, Policy policy) throws IOException {
        Objects.requireNonNull(policy, "policy");
        VolumeFiles files = VolumeFiles.open(log, description);
        try {
            Opening opening = Opening.of(files, files.description());
            return new FileVolume(files, opening, policy);
        } catch (IOException | RuntimeException e) {
            files.close();
            throw e;
        }
    }

    /**
     * Converts the log of a volume that no one has open, into a new file beside it that takes its name: {@link LogConverter}.
     *
     * @param log         the log's file, a regular one
     * @param to          the format that it is to have
     * @param description what its user says of the volume; empty if a hardened log is to say it
     * @return why every region is dirty in the new log, one sentence; empty if the old one could be trusted
     * @throws VolumeInUseException if someone has the volume open; nothing was written
     * @throws IOException          if a file cannot be opened or made, or the log has that format already; one sentence
     */
    public static Optional<String> convertLog(Path log, LogFormat to, Optional<VolumeDescription> description) throws IOException {
        return LogConverter.convert(log, to, description);
    }

    /**
     * Has every region of a volume that no one has open be dirty in its log, durably: so whoever opens it next has all of them out of sync,
     * whichever legs are named then.
     *
     * @param log         the log's file
     * @param description what its user says of the volume
     * @throws VolumeInUseException if someone has the volume open; nothing was written
     * @throws IOException          if a file cannot be opened, or the log fails; one sentence
     */
    public static void markAllDirty(Path log, VolumeDescription description) throws IOException {
        try (VolumeFiles files = VolumeFiles.open(log, Optional.of(description))) {
            Opening opening = Opening.of(files, files.description());
            opening.log().image().markAllDirty();
            opening.log().writeAll();
            opening.log().beginFlush().await();
        }
    }

    /**
     * {@return who has a volume open, a few words; empty if nobody has} It takes no lock and changes nothing. Where the system does
     * not say who holds locks, which Linux does, users in other processes are not seen.
     *
     * @param log the log's file
     * @throws IOException if the file cannot be looked at
     */
    public static Optional<String> user(Path log) throws IOException {
        return VolumeLock.holder(log);
    }

    /**
     * {@return how the volume is divided} Its legs are counted with the places that {@linkplain #legs hold none}, up to the last that holds
     * one; its source is the one that it was opened with.
     */
    public Layout layout() {
        return legs.layout();
    }

    /** {@return the numbers of the legs, there or not, ascending} A leg keeps its number, whatever others are removed. */
    public List<Integer> legs() {
        return legs.numbers();
    }

    /** {@return when a region is marked clean, and what the legs read} */
    public Policy policy() {
        return volume.policy();
    }

    /** {@return why the log could not be trusted when the volume was opened, one sentence; empty if it could} */
    public Optional<String> distrust() {
        return distrust;
    }

    /**
     * What opening the volume put out of use: legs that are not there, or that what they hold is not to be trusted of.
     *
     * @return a sentence for each
     */
    public List<String> putOutByOpening() {
        return opening.told();
    }

    /** {@return which legs were in use when the volume was opened, and who has what is out of sync} */
    public Membership openedWith() {
        return opening.record().found().within(opening.volume().legs().size());
    }

    /**
     * Takes a leg back into use that was out: its file is opened anew, and it gets a label when that is recorded. What is not clean is
     * out of sync on it, and to be {@linkplain #resync resynced}; see {@link Volume#readmit}.
     *
     * @param leg the leg, counted from 0
     * @return false if this cannot be now, as something is under way; to be asked again
     * @throws IOException if the volume has no such leg, or its file cannot be opened, is too short, is another volume's, or holds what is not known (it has no label, or an
     *                     old one) while regions are clean; one sentence
     */
    public boolean readmit(int leg) throws IOException {
        return legs.readmit(leg);
    }

    /**
     * Puts another file or device in the place of a leg, while the volume is in use, and waits until it is in use: {@link Volume#rebuild}. If
     * the leg is in use it is put out first, and that is recorded. Every region is out of sync then, and to be resynced by a
     * {@link Resyncer}; until that has ended the new leg has not everything. A crash before this returns may leave the leg out of use, under
     * its old name; one after it leaves the new leg in use and every region dirty that it may lack.
     *
     * @param leg  the leg, counted from 0
     * @param file the new leg's file, made if it is not there; what it holds is not kept
     * @throws IOException           if the volume has no such leg; if it is the only one that has what is out of sync, or the last; if the
     *                               legs carry no labels; if the file cannot be opened or made, is too short, belongs to the volume already
     *                               or carries another volume's label, or the volume has stopped or is closed; one sentence. A file that
     *                               was made for it is taken away again
     * @throws IllegalStateException if it is called from a completion, or a leg is being taken in already
     */
    public void replaceLeg(int leg, Path file) throws IOException {
        legs.replace(leg, file);
    }

    /**
     * Adds a leg while the volume is in use, and waits until it is in use: spec actions {@code Replace}, {@code DirtyAll} and {@code
     * Readmit} of a leg that was out and blank. It gets the lowest number that no leg has. Every region is out of sync then, and to be
     * resynced by a {@link Resyncer}; until that has ended the new leg has not everything. A crash leaves the volume without the leg until
     * it is recorded that it is in use, and every region dirty then; until that it may leave every region dirty for nothing.
     *
     * @param file the new leg's file, made if it is not there; what it holds is not kept. One that was a leg of this volume before will do
     * @return the leg's number, counted from 0
     * @throws IOException           if the volume has nine legs; if its log is not a hardened one or its legs carry no labels, as there is
     *                               nowhere to record it; if the file cannot be opened or made, is too short, belongs to the volume already
     *                               or carries another volume's label, or the volume has stopped or is closed; one sentence. A file that
     *                               was made for it is taken away again
     * @throws IllegalStateException if it is called from a completion
     */
    public int addLeg(Path file) throws IOException {
        return legs.add(file);
    }

    /**
     * Removes a leg while the volume is in use: spec actions {@code NoticeFailure} and {@code RecordFailure} on request, and then {@code
     * Replace} by nothing. No other leg changes its number. When this returns it is recorded that the volume has no such leg, and the
     * leg's label is erased, if it can be written: the leg is any file then. A crash before that leaves the leg in use, or out of use and
     * to be removed again.
     *
     * @param leg the leg, counted from 0; it need not be there
     * @throws IOException           if the volume has no such leg, or but two legs; if it is the last in use, or the only one that has what
     *                               is out of sync; if the volume's log is not a hardened one or its legs carry no labels; or the volume has
     *                               stopped or is closed; one sentence
     * @throws IllegalStateException if it is called from a completion
     */
    public void removeLeg(int leg) throws IOException {
        legs.remove(leg);
    }

    /**
     * Names who is told from now on what happens, in place of who was told before. At first it is told of what happened before
     * there was anyone, the opening included (of the first 256 events of it). It is called on a thread that does nothing else, and may
     * use the volume. {@link #close} waits until it has been told all.
     *
     * @param listener whom to tell
     */
    public void listen(VolumeListener listener) {
        events.listen(Objects.requireNonNull(listener, "listener"));
    }

    /** {@return what the volume has done since it was opened, and the states of its regions} Costs the same whatever its length. */
    public VolumeCounters counters() {
        return volume.counters();
    }

    /**
     * Names what a sweep calls sync() on; see {@link Volume#syncWith}.
     *
     * @param hook what holds modified pages of the volume
     */
    public void syncWith(SyncHook hook) {
        volume.syncWith(hook);
    }

    /** {@return the volume itself, which is not to be unmounted: that is for {@link #close} to do} */
    public Volume volume() {
        return volume;
    }

    /**
     * Takes no more work, waits for what is under way, marks clean what may be, durably, and closes the files. Closing a closed
     * volume does nothing.
     *
     * @throws IOException           if the volume has failed, or a file cannot be closed; it is closed all the same, and the
     *                               regions in use stay dirty in the log
     * @throws IllegalStateException if it is called from a completion
     */
    @Override
    public void close() throws IOException {
        if (requests.close()) {
            try {
                requests.awaitInside(volume::unmount);
            } finally {
                closeAll();
            }
        }
    }

    /** The steps first, as they use the rest. */
    private void closeAll() throws IOException {
        try {
            threads.close();
        } finally {
            try {
                files.close();
            } finally {
                events.happened(VolumeEvent.of(VolumeEvent.Kind.CLOSED, "the volume is closed"));
                events.close();
            }
        }
    }
}
