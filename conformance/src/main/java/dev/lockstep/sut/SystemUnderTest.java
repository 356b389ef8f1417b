package dev.lockstep.sut;

import dev.lockstep.trace.Label;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a replay needs of a mirror and of the rig around it: files that can be loaded and looked at while it is down, actions of Mirror.tla
 * that it can be made to do, and the devices as they are. Lockstep's own is {@link Mirror}, of which everything is observed; any other is a
 * {@link DrivenMirror}, which is known by what it does to its devices and to its user. Not thread-safe.
 */
public interface SystemUnderTest extends Closeable {

    /** An action that the system can be made to do. */
    interface Prepared {

        /**
         * Does it.
         *
         * @throws IOException      if the system fails
         * @throws RefusedException if the system does not do that now
         * @throws AdapterException if the system, a program of its own, does not answer as it has to
         */
        void perform() throws IOException;

        /** {@return whether the system would do it now} */
        boolean enabled();
    }

    /**
     * {@return an action, ready to be done as often as is wanted}
     *
     * @param label the action and its parameters
     * @throws IllegalArgumentException if the system knows no such action
     */
    Prepared prepare(Label label);

    /**
     * {@return the variables of Mirror.tla that are not observed of this system, each with the reason}
     */
    default Map<String, String> unobserved() {
        return Map.of();
    }

    /** {@return the volume's size} */
    Size size();

    /** {@return what the rig does above the mirror} */
    Surroundings surroundings();

    /**
     * {@return a new volume's image; some of its places may hold no leg}
     *
     * @param value  the content that every block has
     * @param absent the places that hold no leg, a bit each: that is recorded
     */
    DiskImage created(int value, int absent);

    /**
     * Puts an image into the files of a mirror that is down.
     *
     * @param image what a crash left
     * @throws IOException if the files cannot be written
     */
    void load(DiskImage image) throws IOException;

    /**
     * {@return what a kill would leave now: the files as they are read back, as volatile as they are}
     *
     * @throws IOException if the files cannot be read
     */
    DiskImage image() throws IOException;

    /**
     * {@return what a power cut would leave, if it kept some of the contents that it may keep}
     *
     * @param killed what a kill would leave
     * @param legs   a code of the variable {@code leg}: the contents to keep
     * @param log    a code of the variable {@code log}: the bits to keep
     * @throws RefusedException if the volatile caches do not allow that
     */
    DiskImage cut(DiskImage killed, long legs, long log);

    /**
     * {@return the code of the variable {@code leg} in an image}
     *
     * @param image the image
     * @throws IOException never, as an image is in memory
     */
    long legsOf(DiskImage image) throws IOException;

    /**
     * {@return the code of the variable {@code log} in an image}
     *
     * @param image the image
     * @throws IOException never, as an image is in memory
     */
    long logOf(DiskImage image) throws IOException;

    /**
     * {@return what is wrong with the log's device although its bits are right, as a sentence: of a log of two copies, that one of them
     * is not as it has to be}
     *
     * @throws IOException if the log's file cannot be read
     */
    Optional<String> logFault() throws IOException;

    /**
     * Has a leg answer again: spec action {@code LegReturns}, which chooses what the leg's cache has kept.
     *
     * @param label the action
     * @param legs  a code of the variable {@code leg}: what the leg has after it
     * @throws IOException      if the files cannot be written
     * @throws RefusedException if the leg does answer, or cannot have that
     */
    void legReturns(Label label, long legs) throws IOException;

    /**
     * Puts a leg out of use that has failed when it had just been recorded as one in use: a spec action {@code NoticeFailure} or {@code
     * LegFlushFails} that leaves the record which was begun. The mirror is not told that it is durable.
     *
     * @param label the action
     * @throws IOException      if the files cannot be written
     * @throws RefusedException if the mirror would not do that now
     */
    void putOutRecorded(Label label) throws IOException;

    /**
     * Has another device take a leg's place, and tells the mirror, if it is up, that it is blank: spec action {@code Replace}, which chooses
     * what the device has.
     *
     * @param label the action
     * @param legs  a code of the variable {@code leg}: what the leg has after it
     * @throws IOException      if the files cannot be written
     * @throws RefusedException if the leg is not recorded to be out of use
     */
    void replace(Label label, long legs) throws IOException;

    /** {@return what the system itself offers to do now, as it names it} */
    List<String> waiting();

    /** {@return whether there is no mirror, only files} */
    boolean isDown();

    /**
     * Lets the mirror go, as a kill does: what it had in memory is lost, its files are closed as they are.
     *
     * @throws IOException      if the files cannot be closed
     * @throws AdapterException if the system, a program of its own, does not bear that
     */
    void abandon() throws IOException;
}
