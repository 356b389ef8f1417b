package dev.lockstep.cli;

import dev.lockstep.volume.FileVolume;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code volume readmit}. */
@Command(name = "readmit", sortOptions = false,
        description = "Takes a leg back into use that was out, and is back; and resyncs what it may lack.")
final class VolumeReadmit extends VolumeUser {
    @Option(names = "--number", required = true, paramLabel = "LEG", description = "Which leg, counted from 0.")
    private int number;

    VolumeReadmit(Console console) {
        super(console);
    }

    @Override
    boolean takesDistrustedLog() {
        // What this is for may be why it is distrusted: a leg that was put back.
        return true;
    }

    @Override
    void check(FoundVolume found) {
        found.requireLabels("taken back");
        found.requireLeg("--number", number);
        found.requireAnother(number);
        VolumeState.LegFile leg = found.legs().get(number);
        if (leg.state().equals(VolumeState.IN_USE) || leg.state().equals(VolumeState.MISSING)) {
            throw new UserMistake("leg " + number + ", " + leg.file() + ", is " + leg.state() + ": a leg that is there and out of use was "
                    + "expected");
        }
    }

    @Override
    Did use(FileVolume open, FoundVolume found, Progress progress) throws IOException {
        if (!open.readmit(number)) {
            throw new IOException("leg " + number + " cannot be taken back now: something is under way");
        }
        VolumeResync.Done done = VolumeResync.resync(open, 0, progress);
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("number", number);
        keys.putAll(done.keys());
        return new Did(Ending.AS_EXPECTED, keys, "leg " + number + ", " + found.files().legs().get(number) + ", is in use again\n"
                + done.text(open, ""));
    }
}
