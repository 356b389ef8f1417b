package dev.lockstep.tlc;

import java.util.function.Supplier;

/**
 * TLC found that a liveness property is violated and broke down while it read the counterexample back. TLC 2.18 reads the way to the
 * loop and the loop itself from one file by two threads at once, with one position in the file for both
 * ({@code tlc2.tool.liveness.LiveWorker.printTrace}): now and then a thread reads where the other one has just gone. Asking again helps.
 */
final class LostCounterexample extends TlcException {
    private static final long serialVersionUID = 1L;
    private static final int ATTEMPTS = 4;

    LostCounterexample(String message) {
        super(message);
    }

    /**
     * Asks up to four times.
     *
     * @throws LostCounterexample if each answer was lost
     */
    static ModelResult askAgainIfLost(Supplier<ModelResult> question) {
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            try {
                return question.get();
            } catch (LostCounterexample e) {
                // Nothing was decided: the same question again.
            }
        }
        return question.get();
    }
}
