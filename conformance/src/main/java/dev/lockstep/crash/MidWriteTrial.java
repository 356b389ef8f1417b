package dev.lockstep.crash;

import dev.lockstep.crash.inside.WriteUnderWay;
import dev.lockstep.guest.GuestProgram;
import dev.lockstep.guest.RunningGuest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The control: a power cut in the middle of writes whose memory nobody changes. The log has to say dirty, and the kernel's
 * mirror to resync exactly what it says. Were this not so, the other experiments would show nothing about pages.
 */
final class MidWriteTrial extends KernelTrial {
    private static final int REGION = 64 << 10;
    private static final int REGIONS = 128;
    private static final int WRITES = 3;
    /** Longer than any guest of this experiment lives. */
    private static final int DELAY_MILLIS = 600_000;
    private static final Duration DEADLINE = Duration.ofSeconds(180);

    private final int cuts;

    MidWriteTrial(String name, int cuts) {
        super(name);
        this.cuts = cuts;
    }

    @Override
    void carryOut(KernelLab lab) throws IOException {
        Random random = new Random(lab.seed());
        for (int cut = 0; cut < cuts; cut++) {
            MirrorFiles files = new MirrorFiles("c" + cut, lab.folder(), REGIONS, REGION).create();
            SortedSet<Integer> written = choose(random, REGIONS, WRITES);
            cutInTheMiddle(lab, files, written);
            cut(!files.desynced().isEmpty());
            count("regionsBeingWritten", written.size());
            expectEqual(files.dirty(), written, "regions that the log calls dirty after the cut");
            expectEqual(files.differing(), written, "regions in which the legs differ after the cut");
            recover(lab, files, written);
        }
    }

    /** Chooses some of so many. */
    static SortedSet<Integer> choose(Random random, int of, int some) {
        SortedSet<Integer> chosen = new TreeSet<>();
        while (chosen.size() < some) {
            chosen.add(random.nextInt(of));
        }
        return chosen;
    }

    /** Leaves a mirror with writes under way to those regions, of which leg 0 has all and leg 1 nothing. */
    static void cutInTheMiddle(KernelLab lab, MirrorFiles files, SortedSet<Integer> written) throws IOException {
        try (RunningGuest guest = lab.boot(files)) {
            KernelMirror mirror = KernelMirror.attachSlow(guest, files);
            mirror.delay(DELAY_MILLIS);
            List<String> arguments = new ArrayList<>(List.of(mirror.device(), files.legDisk(0).device(),
                    files.logDisk().device(), Integer.toString(REGION)));
            written.forEach(region -> arguments.add(Integer.toString(region)));
            GuestProgram program = guest.startJava(WriteUnderWay.class, arguments, line -> { });
            program.awaitLine("under way", DEADLINE);
            guest.powerOff();
        }
    }

    private void recover(KernelLab lab, MirrorFiles files, SortedSet<Integer> written) throws IOException {
        long expected = (long) written.size() * REGION;
        try (RunningGuest guest = lab.boot(files)) {
            KernelMirror mirror = KernelMirror.attach(guest, files, DmTable.FirstLog.FOUND);
            mirror.awaitInSync();
            resynced(mirror.bytesWritten(1));
            expectEqual(mirror.bytesWritten(1), expected, "bytes resynced after the cut");
            expectEqual(mirror.bytesWritten(0), 0L, "bytes written to the source");
            mirror.detach();
            guest.powerOff();
        }
        expectEqual(files.differing(), Set.of(), "regions in which the legs differ after the resync");
        expectEqual(files.dirty(), Set.of(), "regions that the log calls dirty after the resync");
        for (int region : written) {
            byte[] bytes = files.bytes(1, (long) region * REGION, REGION);
            for (byte each : bytes) {
                if (each != 'W') {
                    expect(false, "region " + region + " does not hold what leg 0 held; expected the source's bytes");
                    break;
                }
            }
        }
    }
}
