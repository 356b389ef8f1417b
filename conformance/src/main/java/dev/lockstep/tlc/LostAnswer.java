package dev.lockstep.tlc;

import java.util.function.Supplier;

/**
 * TLC had decided, and broke down before it had said all. Asking again helps. Two ways of it are known in TLC 2.18:
 * <ul>
 * <li>It found that a liveness property is violated, and reads the way to the loop and the loop itself from one file by two threads at
 * once, with one position in the file for both ({@code tlc2.tool.liveness.LiveWorker.printTrace}): now and then a thread reads where
 * the other one has just gone.
 * <li>The server of a distributed run tells each worker to exit, and a worker may be gone before it has answered: of the errors that this
 * gives the server expects some and breaks down over the others ({@code tlc2.tool.distributed.TLCServer.modelCheck}, before its summary).
 * </ul>
 */
final class LostAnswer extends TlcException {
    private static final long serialVersionUID = 1L;
    private static final int ATTEMPTS = 4;

    LostAnswer(String message) {
        super(message);
    }

    /**
     * Asks up to four times.
     *
     * @throws LostAnswer if each answer was lost
     */
    static <T> T askAgainIfLost(Supplier<T> question) {
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            try {
                return question.get();
            } catch (LostAnswer e) {
                // The same question again: what TLC decided is not known whole.
            }
        }
        return question.get();
    }
}
