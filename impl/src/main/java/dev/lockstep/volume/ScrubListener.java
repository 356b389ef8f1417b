package dev.lockstep.volume;

/**
 * Is told what a scrub finds and does. It is called on the scrub's thread, with no lock held, and the scrub goes on when it returns; it may
 * use the volume. What it throws ends the scrub.
 */
public interface ScrubListener {

    /**
     * The legs differ in a sector. Of one region the sectors come in ascending order, each once.
     *
     * @param difference where, and what each leg holds
     */
    void differs(Difference difference);

    /**
     * A region's repair is over.
     *
     * @param region the region
     * @param leg    the leg that it was to be repaired from
     * @param why    why it was not repaired from there, one sentence; null if it was
     */
    default void repaired(int region, int leg, String why) {
        // Not everybody wants to know.
    }

    /**
     * The scrub has done another region, or has ended.
     *
     * @param progress how far it has come
     */
    default void progressed(TaskProgress progress) {
        // Not everybody wants to know.
    }
}
