package dev.lockstep.volume;

/**
 * How far a task over a volume's regions has come.
 *
 * @param regionsDone the regions that it has done since it was made
 * @param regionsLeft the regions that it has yet to do, as far as is known now
 * @param bytesDone   how much of the volume lies in the regions done, in bytes
 * @param bytesLeft   how much lies in those left, in bytes
 */
public record TaskProgress(long regionsDone, long regionsLeft, long bytesDone, long bytesLeft) {

    /** Is told of a task's progress. */
    @FunctionalInterface
    public interface Listener {
        /** A listener that heeds nothing. */
        Listener NONE = progress -> { };

        /**
         * The task has done another region, or has ended. It is called on the task's thread, with no lock held; the task goes on
         * when it returns. What it throws ends the task.
         *
         * @param progress how far it has come
         */
        void progressed(TaskProgress progress);
    }
}
