package dev.lockstep.sut;

/**
 * A mirror that is not Lockstep's own, as the rig sees it: it is told what happens, one event after another, and answers each with
 * what it wants. It has no devices and no clock: the rig owns legs and log, pages and users, and does what is wanted when the
 * trace says so. {@link LineAdapter} has it in a process of its own, behind the line protocol; {@code conformance/PROTOCOL.md} says what each event
 * and each want means. Not thread-safe.
 */
public interface Adapter extends AutoCloseable {

    /**
     * Tells it what has happened.
     *
     * @param event the event
     * @return what the mirror wants now
     * @throws AdapterException if it does not answer, or not as it has to; then nothing more may be asked of it
     */
    Answer tell(Event event);

    /**
     * Ends it; what it was doing is left as it is.
     *
     * @return what it has last said for people to read, as a clause
     */
    String end();

    @Override
    default void close() {
        end();
    }
}
