package dev.lockstep.crash;

import dev.lockstep.crash.inside.CrashChild;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Where a rig's shell commands and its children run: a guest. Thread-safe. */
interface Machine {

    /**
     * Runs a shell command that has to succeed.
     *
     * @param command the command
     * @return what it printed
     * @throws IOException if it fails, or the machine does
     */
    String must(String command) throws IOException;

    /**
     * Starts a {@link CrashChild} and does not wait for it.
     *
     * @param arguments its arguments
     * @param listener  told each line that it prints, in order
     * @return the child
     * @throws IOException if the machine fails
     */
    default Child start(List<String> arguments, Consumer<String> listener) throws IOException {
        return start(CrashChild.class, arguments, listener);
    }

    /**
     * Starts a program and does not wait for it.
     *
     * @param main      its main class, one of {@link GuestClasses}
     * @param arguments its arguments
     * @param listener  told each line that it prints, in order
     * @return the child
     * @throws IOException if the machine fails
     */
    Child start(Class<?> main, List<String> arguments, Consumer<String> listener) throws IOException;

    /** A child that was started. Thread-safe. */
    interface Child {

        /** {@return a shell command that kills it with SIGKILL, and succeeds if it is dead already} */
        String killing();

        /**
         * Kills it with SIGKILL if it lives, and waits until it is dead.
         *
         * @param deadline how long to wait
         * @throws IOException if it does not die in time, or the machine fails
         */
        void kill(Duration deadline) throws IOException;

        /**
         * Waits until it is dead and all that it printed was told.
         *
         * @param deadline how long to wait
         * @throws IOException if it does not die in time, or the machine fails
         */
        void awaitExit(Duration deadline) throws IOException;
    }
}
