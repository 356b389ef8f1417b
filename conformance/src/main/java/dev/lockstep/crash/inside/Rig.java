package dev.lockstep.crash.inside;

import dev.lockstep.log.LogFormat;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What a cycle of crashes is made on: the legs and the log of one volume, and how a child that uses them lives and dies. */
public interface Rig extends Closeable {

    /** {@return the legs, as a child is to open them} */
    List<Path> legs();

    /** {@return the log, as a child is to open it} */
    Path log();

    /** {@return the log's format} */
    LogFormat format();

    /** {@return whether a child dies as the power is cut; else it is killed} */
    boolean cutsPower();

    /** {@return how many times as long as on a usual machine a child takes for what it does} */
    int slowness();

    /**
     * Has a child live until it dies or comes to its end.
     *
     * @param task       what it does
     * @param afterReady how long after it is ready its death comes, in microseconds, if it has no point
     * @return what became of it
     * @throws IOException if the rig fails
     */
    ChildLife.Fate live(ChildTask task, long afterReady) throws IOException;

    /**
     * {@return where what the last child left can be read: the legs, then the log}
     *
     * @throws IOException if it cannot be fetched
     */
    List<Path> left() throws IOException;

    /**
     * Keeps what shows a failure.
     *
     * @param name what to call it
     * @param text what is to be known about it
     * @return where it is, in words
     * @throws IOException if it cannot be kept
     */
    String keep(String name, String text) throws IOException;
}
