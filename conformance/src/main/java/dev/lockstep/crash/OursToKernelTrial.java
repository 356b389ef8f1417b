package dev.lockstep.crash;

import dev.lockstep.guest.RunningGuest;
import dev.lockstep.region.Policy;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Legs and log that our mirror left in a crash are attached by the kernel's: it has to resync exactly the regions that are
 * dirty. A copy of which every clean region was spoiled on leg 1 tells "exactly": there the differences have to stay. A
 * second such copy, whose log was voided, tells that they would not stay if the kernel resynced more: there it has to resync
 * everything.
 */
final class OursToKernelTrial extends KernelTrial {
    private static final int REGION = 64 << 10;
    private static final int REGIONS = 128;

    private final Policy policy;

    OursToKernelTrial(String name, Policy policy) {
        super(name);
        this.policy = policy;
    }

    @Override
    void carryOut(KernelLab lab) throws IOException {
        MirrorFiles files = new MirrorFiles("ours", lab.folder(), REGIONS, REGION).create();
        SortedSet<Integer> dirty = leave(files, new Random(lab.seed()));
        cut(!files.desynced().isEmpty());
        expectEqual(files.dirty(), dirty, "regions that our log calls dirty");
        MirrorFiles spoiled = files.copy("spoiled");
        SortedSet<Integer> clean = spoiled.allBut(dirty);
        for (int region : clean) {
            spoiled.spoil(region);
        }
        MirrorFiles voided = spoiled.copy("voided");
        Files.write(voided.log(), new byte[Leg.SECTOR], StandardOpenOption.WRITE);
        byte[] source = Files.readAllBytes(files.leg(0));
        try (RunningGuest guest = lab.boot(files, spoiled, voided)) {
            resynced(attach(guest, files, dirty.size()));
            attach(guest, spoiled, dirty.size());
            attach(guest, voided, REGIONS);
            guest.powerOff();
        }
        count("regions", REGIONS);
        count("dirtyRegions", dirty.size());
        expectEqual(files.differing(), Set.of(), "regions that differ after the kernel's resync");
        expectEqual(files.dirty(), Set.of(), "regions that the log calls dirty after the kernel's resync");
        expect(Arrays.equals(Files.readAllBytes(files.leg(0)), source), "the kernel's resync has changed the source");
        expectEqual(spoiled.differing(), clean, "regions that differ after the kernel's resync of the spoiled copy");
        expectEqual(voided.differing(), Set.of(), "regions that differ after the kernel's resync of the copy without a log");
    }

    private long attach(RunningGuest guest, MirrorFiles files, int dirty) throws IOException {
        KernelMirror mirror = KernelMirror.attach(guest, files, DmTable.FirstLog.FOUND);
        mirror.awaitInSync();
        guest.must("sleep 1");
        long written = mirror.bytesWritten(1);
        expectEqual(written, (long) dirty * REGION, files.name() + ", bytes that the kernel resynced");
        expectEqual(mirror.bytesWritten(0), 0L, files.name() + ", bytes that the kernel wrote to the source");
        mirror.detach();
        return written;
    }

    /** Has our mirror work and die; returns the regions that have to be dirty then. */
    private SortedSet<Integer> leave(MirrorFiles files, Random random) throws IOException {
        byte[] before = new byte[REGIONS * REGION];
        random.nextBytes(before);
        files.put(0, 0, before);
        files.put(1, 0, before);
        OurMirror.createLog(files);
        SortedSet<Integer> clean = MidWriteTrial.choose(random, REGIONS, 9);
        SortedSet<Integer> halfWritten = MidWriteTrial.choose(random, REGIONS, 5);
        SortedSet<Integer> written = MidWriteTrial.choose(random, REGIONS, 6);
        written.removeAll(halfWritten);
        try (OurMirror mirror = OurMirror.open(files, policy)) {
            expectEqual(mirror.distrust(), Optional.empty(), "why our log is distrusted");
            mirror.writeAndCertify(clean, 'c');
            mirror.write(written, 'd');
            mirror.writeButForLeg(halfWritten, 'e', 1);
        }
        SortedSet<Integer> dirty = new TreeSet<>(written);
        dirty.addAll(halfWritten);
        expectEqual(files.differing(), halfWritten, "regions that differ when our mirror has died");
        // The drained ones are equal; a difference shows whether they are resynced, and from which leg.
        for (int region : written) {
            files.spoil(region);
        }
        return dirty;
    }
}
