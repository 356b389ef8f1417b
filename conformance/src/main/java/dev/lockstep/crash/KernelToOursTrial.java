package dev.lockstep.crash;

import dev.lockstep.region.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;

/**
 * Legs and log that the kernel's mirror left in a power cut are opened by ours, under every policy: it has to resync exactly
 * the regions that are dirty. A copy of which every clean region was spoiled on leg 1 tells "exactly".
 */
final class KernelToOursTrial extends KernelTrial {
    private static final int REGION = 64 << 10;
    private static final int REGIONS = 128;
    private static final int WRITES = 7;

    KernelToOursTrial(String name) {
        super(name);
    }

    @Override
    void carryOut(KernelLab lab) throws IOException {
        SortedSet<Integer> written = MidWriteTrial.choose(new Random(lab.seed()), REGIONS, WRITES);
        MirrorFiles files = new MirrorFiles("kernel", lab.folder(), REGIONS, REGION).create();
        MidWriteTrial.cutInTheMiddle(lab, files, written);
        cut(!files.desynced().isEmpty());
        expectEqual(files.differing(), written, "regions that differ after the cut");
        count("regions", REGIONS);
        count("dirtyRegions", written.size());
        resynced((long) written.size() * REGION);
        byte[] source = Files.readAllBytes(files.leg(0));
        for (Policy policy : Policy.all()) {
            String copyName = "p" + Policy.all().indexOf(policy);
            MirrorFiles copy = files.copy(copyName);
            recover(copy, policy, written, Set.of());
            expect(Arrays.equals(Files.readAllBytes(copy.leg(0)), source), policy.name() + " has changed the source");
            MirrorFiles spoiled = files.copy(copyName + "-spoiled");
            SortedSet<Integer> clean = spoiled.allBut(written);
            for (int region : clean) {
                spoiled.spoil(region);
            }
            recover(spoiled, policy, written, clean);
            count("policies", 1);
        }
    }

    private void recover(MirrorFiles files, Policy policy, SortedSet<Integer> dirty, Set<Integer> differAfter)
            throws IOException {
        String who = policy.name() + " on " + files.name();
        try (OurMirror mirror = OurMirror.open(files, policy)) {
            expectEqual(mirror.distrust(), Optional.empty(), who + ", why the kernel's log is distrusted");
            expectEqual(mirror.outOfSync(), dirty, who + ", regions out of sync when opened");
            mirror.recoverAndUnmount();
        }
        expectEqual(files.differing(), differAfter, who + ", regions that differ after the resync");
        expectEqual(files.dirty(), Set.of(), who + ", regions that the log calls dirty after the unmount");
    }
}
