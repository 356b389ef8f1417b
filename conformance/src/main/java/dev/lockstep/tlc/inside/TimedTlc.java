package dev.lockstep.tlc.inside;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import tlc2.TLC;
import tlc2.TLCGlobals;
import tlc2.tool.ModelChecker;
import tlc2.tool.TLCState;
import tlc2.tool.queue.IStateQueue;

/**
 * A main program: TLC's, which ends when its time is up. TLC says how far it is once a minute, and there is no option
 * for that. So this says so every second, in lines on the standard error, and for the last time while TLC rests.
 */
public final class TimedTlc {
    /** How its lines begin: then come depth, distinct states, generated states and states queued, as numbers. */
    public static final String FIGURES = "lockstep-figures";
    /** The exit code of a TLC whose time was up; none of its own. */
    public static final int TIME_IS_UP = 99;

    private static final long INTERVAL_MILLIS = 1000;

    private final PrintStream out;
    private int depth;

    private TimedTlc(PrintStream out) {
        this.out = out;
    }

    /** Takes the milliseconds that there are, then TLC's own arguments. */
    public static void main(String... arguments) {
        TimedTlc timed = new TimedTlc(new PrintStream(new FileOutputStream(FileDescriptor.err), true));
        ScheduledExecutorService clock = Executors.newScheduledThreadPool(1, task -> {
            Thread thread = new Thread(task, FIGURES);
            thread.setDaemon(true);
            return thread;
        });
        clock.scheduleAtFixedRate(timed::tell, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        clock.schedule(timed::end, Long.parseLong(arguments[0]), TimeUnit.MILLISECONDS);
        try {
            TLC.main(Arrays.copyOfRange(arguments, 1, arguments.length));
        } catch (Exception e) {
            throw new IllegalStateException("TLC failed", e);
        }
    }

    /** A state that was taken from the queue may be at work, so all that is certain is the level before that. */
    private void tell() {
        if (TLCGlobals.mainChecker instanceof ModelChecker checker && checker.theStateQueue != null) {
            say(checker, first(checker.theStateQueue), checker.getStateQueueSize(), 1);
        }
    }

    /** TLC rests, and then ends: a state may be taken away from it. */
    private void end() {
        if (TLCGlobals.mainChecker instanceof ModelChecker checker && checker.theStateQueue != null) {
            if (!checker.theStateQueue.suspendAll()) {
                // It has ended by itself just now, and is about to say how.
                return;
            }
            long queued = checker.getStateQueueSize();
            say(checker, Optional.ofNullable(checker.theStateQueue.dequeue()), queued, 0);
        }
        Runtime.getRuntime().halt(TIME_IS_UP);
    }

    /** An empty queue would make this thread wait, and TLC count it among its workers. */
    private static Optional<TLCState> first(IStateQueue queue) {
        synchronized (queue) {
            return queue.isEmpty() ? Optional.empty() : Optional.ofNullable(queue.sPeek());
        }
    }

    private void say(ModelChecker checker, Optional<TLCState> first, long queued, int atWork) {
        depth = Math.max(depth, first.map(TLCState::getLevel).orElse(0) - atWork);
        out.println(String.format(Locale.ROOT, "%s %d %d %d %d", FIGURES, depth, checker.theFPSet.size(),
                checker.getStatesGenerated(), queued));
    }
}
