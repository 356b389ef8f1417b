package dev.lockstep.validate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Where a mirror that is recorded lives, in a process of its own, and dies, life after life. Used by one thread. */
public interface Ground {
    /**
     * What became of a life.
     *
     * @param tape     the folder with what the process has taken down
     * @param cutShort how it was cut short by something else than its death, one sentence: it hangs, or fails; empty if it was not
     */
    record Over(Path tape, Optional<String> cutShort) {
    }

    /** {@return whether it dies of a power cut; else of a kill alone} */
    boolean cutsPower();

    /**
     * A new mirror is put there.
     *
     * @param files its files
     * @throws IOException if that cannot be done
     */
    void put(Path files) throws IOException;

    /**
     * Has it live, and die.
     *
     * @param settings what it is
     * @param clock    how far the recorder's clock has come
     * @param events   after so many events it dies
     * @return what became of it
     * @throws IOException if the process cannot be started, what it has left cannot be read, or this thread is interrupted (and is so again)
     */
    Over live(RunSettings settings, long clock, int events) throws IOException;

    /**
     * What it has left is put into its files.
     *
     * @param files as {@link #put} was given them
     * @throws IOException if that cannot be done
     */
    void left(Path files) throws IOException;
}
