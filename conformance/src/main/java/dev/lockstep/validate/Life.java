package dev.lockstep.validate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * One life of a mirror that is recorded: it is opened, used, and dies or is unmounted. It lives on a thread of its own, so that one that never
 * comes to its end is told from one that is slow: nothing is seen of it any more.
 */
final class Life {
    private static final String OURS = "dev.lockstep.";

    private final RunSettings settings;
    private final Path folder;
    private final Recorder recorder;
    private final Failures failures;
    private volatile String doing = "was opened";
    private volatile MirrorRun run;
    private volatile Workload workload;
    private volatile Throwable failure;

    Life(RunSettings settings, Path folder, Recorder recorder, Failures failures) {
        this.settings = settings;
        this.folder = folder;
        this.recorder = recorder;
        this.failures = failures;
    }

    /**
     * Has the mirror live.
     *
     * @param events how many events have to have been recorded by its end
     * @param dies   whether it dies, and is not unmounted
     * @return how its life was cut short; empty if it was not
     * @throws IOException if this thread is interrupted (and is so again)
     */
    Optional<String> live(SplittableRandom seeds, int events, boolean dies) throws IOException {
        Thread thread = new Thread(() -> live(seeds, dies, events), "lockstep-recorded-life");
        thread.setDaemon(true);
        thread.start();
        try {
            boolean hangs = !Patience.await(thread, recorder::count);
            if (hangs || failure != null) {
                Optional<String> cutShort = Optional.of(hangs ? hanging(thread.getStackTrace()) : "it fails while it " + doing + ": " + failure);
                stop();
                return cutShort;
            }
            return Optional.empty();
        } catch (InterruptedException e) {
            stop();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void live(SplittableRandom seeds, boolean dies, int events) {
        try {
            run = new MirrorRun(folder, settings, recorder, failures, UnaryOperator.identity());
            doing = "was used";
            workload = new Workload(run, settings, recorder, seeds, events);
            workload.end(dies);
            if (dies) {
                doing = "died";
                run.dead();
            } else {
                doing = "was unmounted";
                run.unmount();
            }
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        }
    }

    private String hanging(StackTraceElement[] waits) {
        List<String> begun = recorder.begun();
        String where = Arrays.stream(waits).filter(each -> each.getClassName().startsWith(OURS)).findFirst().map(each -> ", and its user waits in "
                + each.getClassName().substring(each.getClassName().lastIndexOf('.') + 1) + '.' + each.getMethodName()).orElse("");
        return "it hangs: while it " + doing + " nothing was seen of it for " + Patience.LONGEST_QUIET_SECONDS + " seconds" + where
                + (begun.isEmpty() ? "" : "; begun and not ended: " + String.join(", ", begun));
    }

    /** Nothing is begun any more. */
    private void stop() {
        if (run != null) {
            run.die();
        }
        if (workload != null) {
            workload.stop();
        }
    }
}
