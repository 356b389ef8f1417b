package dev.lockstep.tlc;

/**
 * How far a search has come.
 *
 * @param depth every behaviour of so many states, the initial one included, is judged; see {@link DeepRun}
 * @param distinctStates states found
 * @param totalStates states generated
 * @param queued states found whose steps are yet to be taken; 0 for a search that is complete
 */
public record DeepFigures(int depth, long distinctStates, long totalStates, long queued) {
    /** The figures of a search that has not begun. */
    public static final DeepFigures NONE = new DeepFigures(0, 0, 0, 0);
}
