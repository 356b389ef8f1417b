package dev.lockstep.volume;

import dev.lockstep.region.Policy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A volume that is open, on threads of its own, and what is asked of it: {@link FileVolume}, which has its files, says what holds of all
 * these methods. What crosses regions is divided here, as a {@link Volume} takes no more than one region at a time. Thread-safe.
 */
abstract class OpenVolume {
    private static final int THREADS = 16;

    final CallerOrPool threads = new CallerOrPool(THREADS);
    final Requests requests = new Requests(threads);
    final Events events = new Events();
    final Volume volume;
    private final Division division;

    /**
     * Opens the volume on threads of its own.
     *
     * @throws IOException if it cannot be opened
     */
    OpenVolume(Opening opening, Policy policy) throws IOException {
        events.happened(VolumeEvent.of(VolumeEvent.Kind.OPENED, "the volume is open"));
        opening.distrust().ifPresent(why -> events.happened(VolumeEvent.of(VolumeEvent.Kind.LOG_DISTRUSTED, why)));
        Volume[] opened = new Volume[1];
        threads.here(() -> opened[0] = Volume.open(opening.layout(), opening.legs(), opening.log(), opening.record(),
                policy, threads, events));
        this.volume = opened[0];
        this.division = new Division(opening.layout());
    }

    /**
     * Fills a buffer, from its position to its limit.
     *
     * @param into     where the bytes go; its position is at its limit afterwards
     * @param position where from, in bytes
     * @throws IOException               if a leg has failed, or the volume has stopped or is closed; the buffer's content and
     *                                   position are then undefined
     * @throws IndexOutOfBoundsException if it does not lie in the volume, or is not whole sectors
     */
    public final void read(ByteBuffer into, long position) throws IOException {
        division.requireSectors(position, into.remaining());
        requests.perform(() -> {
            readInside(into, position);
            return null;
        });
    }

    private void readInside(ByteBuffer into, long position) throws IOException {
        int limit = into.limit();
        try {
            long at = position;
            while (into.position() < limit) {
                int length = division.inRegion(at, limit - into.position());
                into.limit(into.position() + length);
                volume.read(into, at);
                at += length;
            }
        } finally {
            into.limit(limit);
        }
    }

    /**
     * Writes a buffer, from its position to its limit, and waits until every leg has it.
     *
     * @param from     the bytes; its position is at its limit afterwards
     * @param position where to, in bytes
     * @throws IOException               if the volume has failed or is closed; what is then on the legs is not known
     * @throws IndexOutOfBoundsException if it does not lie in the volume, or is not whole sectors; nothing was written
     * @throws IllegalStateException     if it is called from a completion
     */
    public final void write(ByteBuffer from, long position) throws IOException {
        division.requireSectors(position, from.remaining());
        requests.await(ended -> submitInside(from, position, ended));
        from.position(from.limit());
    }

    /**
     * Takes a write, and returns before it has ended. The buffer's position and limit are not changed.
     *
     * @param from     the bytes, from its position to its limit; not to be changed before the write has ended, unless they are copied
     * @param position where to, in bytes
     * @param ended    told when every leg has it, or that this is not known
     * @throws IOException               if the volume has failed or is closed; then nothing is told, and nothing was written
     * @throws IndexOutOfBoundsException likewise, if it does not lie in the volume, or is not whole sectors
     */
    public final void submit(ByteBuffer from, long position, Completion ended) throws IOException {
        division.requireSectors(position, from.remaining());
        requests.begin(ended, leaving -> submitInside(from.duplicate(), position, leaving));
    }

    /**
     * Copies what is to be written, and takes no write: {@link Volume#copy}.
     *
     * @param from the bytes, from its position to its limit, which are not changed
     * @return the copy, for one write
     */
    public final Copied copy(ByteBuffer from) {
        return volume.copy(from);
    }

    /**
     * Takes a write of what was copied, and returns before it has ended.
     *
     * @param copied   what to write
     * @param position where to, in bytes
     * @param ended    told when every leg has it, or that this is not known
     * @throws IOException               if the volume has failed or is closed; then nothing is told, and nothing was written
     * @throws IndexOutOfBoundsException likewise, if it does not lie in one region, or is not whole sectors
     * @throws IllegalStateException     likewise, if the copy was submitted before
     */
    public final void submit(Copied copied, long position, Completion ended) throws IOException {
        division.requireSectors(position, copied.length());
        requests.begin(ended, leaving -> volume.submit(copied, position, leaving));
    }

    private void submitInside(ByteBuffer from, long position, Completion ended) throws IOException {
        if (division.isOnePiece(position, from.remaining())) {
            volume.submitInPlace(from, position, ended);
            return;
        }
        division.inPieces(position, from.remaining(), ended, (offset, length, piece) ->
                volume.submitInPlace(from.slice(from.position() + (int) offset, length), position + offset, piece));
    }

    /**
     * Writes zeros, and waits until every leg has them. It costs what a write of zeros costs: {@link Volume#discard}.
     *
     * @param position where from, in bytes
     * @param length   how many, in bytes
     * @throws IOException               if the volume has failed or is closed; what is then on the legs is not known
     * @throws IndexOutOfBoundsException if it does not lie in the volume, or is not whole sectors; nothing was written
     * @throws IllegalStateException     if it is called from a completion
     */
    public final void discard(long position, long length) throws IOException {
        division.requireSectors(position, length);
        requests.await(ended -> discardInside(position, length, ended));
    }

    /**
     * Takes a discard, and returns before it has ended.
     *
     * @param position where from, in bytes
     * @param length   how many, in bytes
     * @param ended    told when every leg has the zeros, or that this is not known
     * @throws IOException               if the volume has failed or is closed; then nothing is told, and nothing was written
     * @throws IndexOutOfBoundsException likewise, if it does not lie in the volume, or is not whole sectors
     */
    public final void discard(long position, long length, Completion ended) throws IOException {
        division.requireSectors(position, length);
        requests.begin(ended, leaving -> discardInside(position, length, leaving));
    }

    private void discardInside(long position, long length, Completion ended) throws IOException {
        division.inPieces(position, length, ended, (offset, part, piece) -> volume.discard(position + offset, part, piece));
    }

    /**
     * Makes everything durable that had ended when this was called, on every leg, and waits for that.
     *
     * @throws IOException           if the volume has failed or is closed: then nothing is known to be durable that was not before
     * @throws IllegalStateException if it is called from a completion
     */
    public final void flush() throws IOException {
        requests.await(volume::flush);
    }

    /**
     * Asks for a flush, and returns before it has ended.
     *
     * @param ended told when everything is durable that had ended when this was called, or that this is not known
     * @throws IOException if the volume has failed or is closed; then nothing is told
     */
    public final void flush(Completion ended) throws IOException {
        requests.begin(ended, volume::flush);
    }

    /** Asks that what has drained and may be marked clean be marked so: {@link Volume#certify}. Nothing happens once it is closed. */
    public final void certify() {
        requests.request(volume::certify);
    }

    /** Asks for a sweep, under a policy that has one: {@link Volume#sweep}. Nothing happens once it is closed. */
    public final void sweep() {
        requests.request(volume::sweep);
    }

    /**
     * Asks for the resync of a region, one at a time: {@link Volume#resync}. Nothing happens once it is closed.
     *
     * @param region the region
     */
    public final void resync(int region) {
        Objects.checkIndex(region, volume.layout().regions());
        requests.request(() -> volume.resync(region));
    }

    /** The volume as a {@link PacedTask} works on it. */
    final TaskVolume forTasks() {
        return new TaskVolume() {
            @Override
            public Volume volume() {
                return volume;
            }

            @Override
            public boolean attend(Beginning beginning) throws IOException {
                return requests.attend(beginning::begin);
            }

            @Override
            public void tell(VolumeEvent event) {
                events.happened(event);
            }
        };
    }
}
