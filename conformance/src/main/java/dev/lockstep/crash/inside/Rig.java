package dev.lockstep.crash.inside;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What a cycle of crashes is made on: the legs and the log of one volume, and how a child that uses them dies. */
public interface Rig extends Closeable {

    /** {@return the legs' files or devices} */
    List<Path> legs();

    /** {@return the log's} */
    Path log();

    /** {@return whether a death is a power cut; else it is a kill} */
    boolean cutsPower();

    /**
     * {@return how a child dies here}
     *
     * @throws IOException if the rig cannot be made ready
     */
    ChildProcess.Death death() throws IOException;

    /**
     * Keeps what shows a failure.
     *
     * @param name what to call it
     * @param text what is to be known about it
     * @return where it is, in words
     * @throws IOException if it cannot be kept
     */
    String keep(String name, String text) throws IOException;

    @Override
    void close() throws IOException;
}
