package dev.lockstep.cli;

import dev.lockstep.volume.FileVolume;
import dev.lockstep.volume.Resyncer;
import dev.lockstep.volume.TaskProgress;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code volume resync}. */
@Command(name = "resync", sortOptions = false,
        description = "Makes the legs equal where they are out of sync, region by region, from the source leg. If it is ended early, "
                + "the next one goes on where it was.")
final class VolumeResync extends VolumeUser {
    @Option(names = "--throttle", paramLabel = "BYTES",
            description = "How much it may read and write a second, each leg counted (default: as much as can be).")
    private Optional<String> throttle = Optional.empty();

    @Option(names = "--new-log",
            description = "Go on though the log cannot be trusted: all regions are resynced from the source leg, and the log's file is "
                    + "made the log of this volume, whatever was in it.")
    private boolean newLog;

    VolumeResync(Console console) {
        super(console);
    }

    @Override
    boolean takesDistrustedLog() {
        return newLog;
    }

    @Override
    void check(FoundVolume found) {
        Throttle.of(throttle);
    }

    @Override
    Did use(FileVolume open, FoundVolume found, Progress progress) throws IOException {
        Done done = resync(open, Throttle.of(throttle), progress);
        return new Did(Ending.AS_EXPECTED, done.keys(), done.text(open, " from leg " + open.layout().source()));
    }

    /** What a resync that has come to its end has done. */
    record Done(TaskProgress far) {
        Map<String, Object> keys() {
            Map<String, Object> keys = new LinkedHashMap<>();
            keys.put("regionsResynced", far.regionsDone());
            keys.put("bytesResynced", far.bytesDone());
            keys.put("regionsLeft", far.regionsLeft());
            return keys;
        }

        String text(FileVolume open, String from) {
            return far.regionsDone() == 0 ? "nothing was out of sync\n" : "resynced " + far.regionsDone() + " of " + open.layout().regions()
                    + " regions" + from + ": " + ByteCount.text(far.bytesDone()) + "\n";
        }
    }

    /** Resyncs all that is out of sync. */
    static Done resync(FileVolume open, long bytesPerSecond, Progress progress) throws IOException {
        Resyncer resync = new Resyncer(open, bytesPerSecond, System::nanoTime, far -> progress.show("resync: "
                + far.regionsDone() + " regions done, " + far.regionsLeft() + " left, " + ByteCount.text(far.bytesLeft())));
        resync.start();
        resync.await();
        return new Done(resync.progress());
    }
}
