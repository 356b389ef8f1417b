package dev.lockstep.tlc;

/** What a model is to get through: many things, and of each a way of so many steps, of which several may be next. Thread-safe. */
public interface Course {

    /**
     * {@return how far a thing's end is: how many steps there are}
     *
     * @param thing the thing's number
     */
    long length(long thing);

    /**
     * {@return what is said against a position of a thing, next to another as far on} The one of which least is said is looked at first.
     *
     * @param thing    the thing's number
     * @param position how many steps of each kind were taken
     */
    long against(long thing, int[] position);

    /** {@return whether it is asked for every end that there is: then every state is looked at, and all at the end are kept} */
    default boolean everyEnd() {
        return false;
    }
}
