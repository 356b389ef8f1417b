package dev.lockstep.volume;

import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.Membership;
import dev.lockstep.log.MembershipRecord;
import dev.lockstep.region.Action;
import dev.lockstep.region.CleanWhen;
import dev.lockstep.region.DriverView;
import dev.lockstep.region.LegsRead;
import dev.lockstep.region.Policy;
import dev.lockstep.region.RegionMachine;
import dev.lockstep.region.Step;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * A RAID-1 volume over legs and a dirty-region log.
 *
 * <p>What is asked for here becomes a step, and is carried out when {@link Steps} runs it. The legs, the log and the
 * seam are the caller's, who closes them when the unmount has ended.
 *
 * <p>Durability: a write that has ended is volatile until a flush that was asked for after it has ended.
 *
 * <p>Failure of a leg: one that fails a read, a write or a flush is put out of use and nothing is asked of it again. The volume goes
 * on without it; what the leg has missed is acknowledged once its failure is {@linkplain MembershipRecord recorded}, and nothing is
 * marked clean until it is {@linkplain #readmit readmitted}.
 *
 * <p>The volume stops if the log fails, if a failure cannot be recorded, if the last leg fails, or if the source does while it alone
 * has regions that are out of sync. Whoever waits for a write, a flush or an unmount is then told of it, once; what is asked
 * for later fails with the same cause, and the regions in use stay dirty in the log. What is on the legs can still be read, where
 * a leg has it right.
 *
 * <p>Thread-safe.
 */
public final class Volume extends VolumeLegs {
    private final Policy policy;

    private Volume(Layout layout, Policy policy, Shell shell) {
        super(layout, shell);
        this.policy = policy;
    }

    /**
     * Opens a volume: spec action {@code Restart}. The log is written again and flushed before any write is issued.
     *
     * @param layout how it is divided
     * @param legs   its legs, each at least as long as the volume; what is beyond is not touched
     * @param log    its log, as it was found
     * @param policy when a region is marked clean, and what the legs read
     * @param steps  the seam
     * @return the volume, ready for use
     */
    public static Volume open(Layout layout, List<? extends Leg> legs, DirtyRegionLog log, Policy policy, Steps steps) {
        return open(layout, legs, log, policy, steps, VolumeListener.NONE);
    }

    /**
     * Opens a volume as {@link #open(Layout, List, DirtyRegionLog, Policy, Steps)} does, and has a listener told what happens to it. It
     * has no place to record a failure: the volume stops when a leg fails.
     *
     * @param layout   how it is divided
     * @param legs     its legs, each at least as long as the volume; what is beyond is not touched
     * @param log      its log, as it was found
     * @param policy   when a region is marked clean, and what the legs read
     * @param steps    the seam
     * @param listener told what happens, where it happens; so it has to return soon, and may not wait for the volume
     * @return the volume, ready for use
     */
    public static Volume open(Layout layout, List<? extends Leg> legs, DirtyRegionLog log, Policy policy, Steps steps,
            VolumeListener listener) {
        return open(layout, legs, log, MembershipRecord.none(Membership.whole(layout.source())), policy, steps, listener);
    }

    /**
     * Opens a volume that records which of its legs are in use: spec action {@code Restart}. Legs that the record calls out of use
     * stay so until they are {@linkplain #readmit readmitted}; a leg that is not there can be stood for by a {@link
     * dev.lockstep.store.MissingLeg}, which is put out as soon as something is asked of it.
     *
     * @param layout   how it is divided
     * @param legs     its legs, each at least as long as the volume; what is beyond is not touched
     * @param log      its log, as it was found
     * @param record   which legs are in use, and who has the regions that are out of sync; its source counts, and not the layout's
     * @param policy   when a region is marked clean, and what the legs read
     * @param steps    the seam
     * @param listener told what happens, where it happens; so it has to return soon, and may not wait for the volume
     * @return the volume, ready for use
     */
    public static Volume open(Layout layout, List<? extends Leg> legs, DirtyRegionLog log, MembershipRecord record, Policy policy,
            Steps steps, VolumeListener listener) {
        if (legs.size() != layout.legs()) {
            throw new IllegalArgumentException(legs.size() + " legs are given; " + layout.legs() + " are expected");
        }
        if (log.image().regions() != layout.regions()) {
            throw new IllegalArgumentException("the log has " + log.image().regions() + " regions; " + layout.regions()
                    + " are expected");
        }
        layout.tooShort(legs).ifPresent(sentence -> {
            throw new IllegalArgumentException(sentence);
        });
        Membership found = record.found();
        if (found.source() >= layout.legs() || found.out() >>> layout.legs() != 0) {
            throw new IllegalArgumentException("the record says of " + layout.legs() + " legs that those out of use are "
                    + Integer.toBinaryString(found.out()) + " and the source is leg " + found.source());
        }
        RegionMachine machine = new RegionMachine(policy, layout.regions(), layout.legs(), found.source(),
                layout.chunksPerRegion());
        Meter meter = new Meter();
        Shell shell = new Shell(new Devices(layout, legs, log, record, meter), machine, steps, meter, listener);
        shell.restart();
        return new Volume(layout, policy, shell);
    }

    /** {@return how the volume is divided} */
    public Layout layout() {
        return layout;
    }

    /** {@return when a region is marked clean, and what the legs read} */
    public Policy policy() {
        return policy;
    }

    /**
     * Names what a sweep calls sync() on; under {@link CleanWhen#PERIOD} it is what begins a period of pdflush. Without one, a
     * sweep takes it to have nothing to do.
     *
     * @param hook what holds modified pages: a page cache's {@code sync}, or its {@code pass}
     */
    public void syncWith(SyncHook hook) {
        shell.syncs().with(Objects.requireNonNull(hook));
    }

    /**
     * Takes a write: spec action {@code Submit}. Under {@link LegsRead#SHARED} each leg reads the memory in its own time
     * until the write has ended, so a caller that changes it meanwhile gets legs that differ: that is the bug of 2008.
     * Under {@link LegsRead#LOCKED} it is the same here: who holds the lock is who owns the memory, such as a page cache.
     * Under {@link LegsRead#COPIED} the memory is read before this call returns. (A heap buffer is copied once more for
     * each leg.)
     *
     * <p>Of writes in flight that overlap, discards included, one goes at a time, in the order in which they were submitted:
     * so each leg gets them in that order. Spec definition {@code Serialized}.
     *
     * @param memory   what to write, from its position to its limit; within one region
     * @param position where to, in bytes
     * @param ended    told when every leg that the region is written to has it
     * @return a number that no other write in flight has
     * @throws IOException               if the volume has failed or is unmounted
     * @throws IndexOutOfBoundsException if it does not lie in one region
     */
    public int submit(ByteBuffer memory, long position, Completion ended) throws IOException {
        return submitInPlace(memory.duplicate(), position, ended);
    }

    /** As {@link #submit}; position and limit of the memory are not to be changed either before the write has ended. */
    int submitInPlace(ByteBuffer memory, long position, Completion ended) throws IOException {
        int region = layout.regionOf(position, memory.remaining());
        boolean copied = policy.legsRead() == LegsRead.COPIED;
        return shell.submit(copied ? shell.copy(memory) : memory, position, region, copied, ended);
    }

    /**
     * Copies what is to be written, and counts no write in: spec action {@code CopyPage}. {@link #submit(ByteBuffer, long, Completion)} does both
     * under {@link LegsRead#COPIED}; this is for a caller that wants to know when its memory was read, as a page cache does.
     *
     * @param memory what to write, from its position to its limit, which are not changed
     * @return the copy, for one write
     */
    public Copied copy(ByteBuffer memory) {
        return new Copied(shell.copy(memory));
    }

    /**
     * Takes a write of what was copied, as {@link #submit(ByteBuffer, long, Completion)} takes one of a caller's memory.
     *
     * @param copied   what to write; within one region
     * @param position where to, in bytes
     * @param ended    told when every leg that the region is written to has it
     * @return a number that no other write in flight has
     * @throws IOException               if the volume has failed or is unmounted
     * @throws IndexOutOfBoundsException if it does not lie in one region; then the copy may be submitted still
     * @throws IllegalStateException     if the copy was submitted before
     */
    public int submit(Copied copied, long position, Completion ended) throws IOException {
        int region = layout.regionOf(position, copied.length());
        return shell.submit(copied.use(), position, region, true, ended);
    }

    /**
     * Takes a discard: spec action {@code Discard}. It leaves zeros on every leg, and is counted in as a write is: its region
     * is dirty before a leg is written. That costs the time and the space of a write of zeros; nothing is given back to the
     * file system.
     *
     * @param position where it begins, in bytes
     * @param length   how long it is, in bytes; within one region
     * @param ended    told when every leg that the region is written to has the zeros
     * @return a number that no other write in flight has
     * @throws IOException               if the volume has failed or is unmounted
     * @throws IndexOutOfBoundsException if it does not lie in one region
     */
    public int discard(long position, int length, Completion ended) throws IOException {
        return shell.discard(position, length, layout.regionOf(position, length), ended);
    }

    /**
     * Asks for a flush: spec action {@code FlushBegin}, or the next {@code CertifyBegin}.
     *
     * @param ended told when every write that had ended before this call is durable on every leg
     * @throws IOException if the volume has failed or is unmounted
     */
    public void flush(Completion ended) throws IOException {
        shell.rounds().flush(ended);
    }

    /**
     * Asks that what has drained and may be marked clean be marked so: spec action {@code CertifyBegin}. Nothing happens
     * if there is no such region, or while another round of flushes is under way.
     */
    public void certify() {
        shell.request(Step.of(Action.CERTIFY_BEGIN));
    }

    /**
     * Asks for a sweep: spec action {@code Nominate}. Nothing happens if no region is MAYBE_DIRTY, or while another sweep
     * is under way. Under {@link CleanWhen#COMPARE} it reads every MAYBE_DIRTY region from every leg; those whose legs differ
     * become NOSYNC, and stay so until {@link #resync} is asked for.
     */
    public void sweep() {
        shell.request(Step.of(Action.NOMINATE));
    }

    /**
     * Asks for the resync of a region: spec action {@code ResyncBegin}. Nothing happens if the region is in sync, while
     * another region is being resynced, and until the log has been flushed after opening; so a caller that wants it all the
     * same asks again. Writes to the region wait for the resync, and it waits for those that came before.
     *
     * @param region the region
     */
    public void resync(int region) {
        Objects.checkIndex(region, layout.regions());
        shell.request(Step.of(Action.RESYNC_BEGIN, region));
    }

    /**
     * Has a region count as out of sync, whatever is known of it: spec action {@code Suspect}. Its bit becomes dirty, writes go to
     * the source alone, reads come from there, and it stays so until {@link #resync} is asked for. Nothing happens if the region is out
     * of sync as it is, and while a write to it is in flight; so a caller that wants it all the same asks again.
     *
     * @param region the region
     */
    public void suspect(int region) {
        Objects.checkIndex(region, layout.regions());
        shell.request(Step.of(Action.SUSPECT, region));
    }

    /**
     * Asks for an unmount: spec action {@code UnmountBegin}. From now on the volume takes no work. Flushes that were asked
     * for are served first; a resync under way is ended, and no other is begun. Under {@link CleanWhen#COMPARE} what has not
     * been compared is, which takes its time; a region whose legs differ stays dirty in the log.
     *
     * @param ended told when all that can be marked clean is, durably; the legs and the log may then be closed
     * @throws IOException           if the volume has failed or is unmounted
     * @throws IllegalStateException if a write is in flight
     */
    public void unmount(Completion ended) throws IOException {
        shell.rounds().unmount(ended);
    }

    /**
     * Reads from the leg that serves a region whatever its state: the source. If that fails it is put out of use, and another leg
     * serves that has what was written. A volume that has stopped can still be read.
     *
     * @param into     filled from its position to its limit; within one region
     * @param position where from, in bytes
     * @throws IOException if no leg can serve it, as told by the first that failed; or the volume is unmounted
     */
    public void read(ByteBuffer into, long position) throws IOException {
        shell.reads().fromAny(into, position, layout.regionOf(position, into.remaining()));
    }

    /**
     * Reads from one leg: spec action {@code Read}.
     *
     * @param into     filled from its position to its limit; within one region
     * @param position where from, in bytes
     * @param leg      the leg; any in use, if the region is CLEAN, else the source
     * @throws IOException              if the leg fails, which then is put out of use if it can be; or the volume is unmounted
     * @throws IllegalArgumentException if that leg may not serve the region
     */
    public void read(ByteBuffer into, long position, int leg) throws IOException {
        int region = layout.regionOf(position, into.remaining());
        shell.reads().from(leg, into, position, region);
    }

    /** What a task of this package asks beyond what users do. */
    Shell shell() {
        return shell;
    }

    /**
     * Waits no longer for the sync() of the sweep under way: spec action {@code SyncFails}. The sweep is given up, and what it would
     * have marked clean waits for the next one, which calls another sync(). Nothing happens if no sync() is under way.
     */
    public void giveUpSync() {
        shell.syncs().giveUp();
    }

    /**
     * {@return what the legs read for a write in flight: read-only; null if there is no such write}
     *
     * @param write the write's number
     */
    public ByteBuffer memoryOf(int write) {
        return shell.memoryOf(write);
    }

    /** {@return what the volume has done since it was opened} Costs the same whatever its length. */
    public VolumeCounters counters() {
        return shell.counters();
    }

    /**
     * Answers a question about the driver's variables, of one instant.
     *
     * @param question what to ask; it must neither keep the view nor wait nor call anything of the volume or its cache
     * @param <T>      what the answer is
     * @return the answer
     */
    public <T> T inspect(Function<DriverView, T> question) {
        return shell.inspect(question);
    }
}
