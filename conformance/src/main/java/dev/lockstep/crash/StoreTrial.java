package dev.lockstep.crash;

import dev.lockstep.crash.inside.StoreWhileWritten;
import dev.lockstep.guest.GuestDisk;
import dev.lockstep.guest.GuestProgram;
import dev.lockstep.guest.RunningGuest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A store into a page while the mirror writes it, then a power cut, then the same disks in a new guest: do the legs differ,
 * does the log say clean, and does the kernel's mirror see anything of it?
 */
final class StoreTrial extends KernelTrial {

    /** How the page is written. */
    enum How {
        /** A mapping of the target and msync. */
        MMAP,
        /** O_DIRECT, the store made when leg 0 has the page. */
        DIRECT,
        /** O_DIRECT, no delay under leg 1, stores all the time. */
        RACE
    }

    /** What is written to. */
    enum Target {
        /** The mirror's device itself. */
        DEVICE,
        /** A file of an ext4 file system on it. */
        EXT4
    }

    private static final int PAGE = 4096;
    private static final int REGION = 64 << 10;
    private static final int DEVICE_REGIONS = 128;
    /** 64 MiB: ext4 makes itself a journal on that, as it does on any disk of today. */
    private static final int EXT4_REGIONS = 1024;
    private static final int DELAY_MILLIS = 500;
    /**
     * The mail's "about 30 seconds" between two rounds of pdflush. A kernel of today wakes up every 5 seconds, and on a busy
     * machine that would be before the last round is over: the pages of the first would be written a second time, and equal.
     */
    private static final int PDFLUSH_CENTISECONDS = 3000;
    private static final Duration DEADLINE = Duration.ofSeconds(180);
    private static final Pattern ROUND = Pattern.compile("round (\\d+) store (\\d+) ms (.*)");
    private static final Pattern POSITION = Pattern.compile("position (\\d+) (\\d+)");

    private final How how;
    private final Target target;
    private final boolean stableWrites;
    private final int cuts;
    private final int rounds;

    StoreTrial(String name, How how, Target target, boolean stableWrites, int cuts, int rounds) {
        super(name);
        this.how = how;
        this.target = target;
        this.stableWrites = stableWrites;
        this.cuts = cuts;
        this.rounds = rounds;
    }

    /** Stable pages are a promise to file systems: an mmap of the device itself does not have them. */
    private boolean legsStayEqual() {
        return stableWrites && target == Target.EXT4;
    }

    @Override
    void carryOut(KernelLab lab) throws IOException {
        for (int cut = 0; cut < cuts; cut++) {
            MirrorFiles files = new MirrorFiles("m" + cut, lab.folder(),
                    target == Target.EXT4 ? EXT4_REGIONS : DEVICE_REGIONS, REGION).create();
            if (target == Target.EXT4) {
                GuestDisk.makeExt4(files.leg(0));
                Files.copy(files.leg(0), files.leg(1), StandardCopyOption.REPLACE_EXISTING);
            }
            List<String> told = storeAndCut(lab, files);
            SortedSet<Integer> desynced = files.desynced();
            judgePages(files, told, judgeStores(told));
            cut(!desynced.isEmpty());
            if (legsStayEqual()) {
                expectEqual(desynced, Set.of(), "regions that differ under a clean bit");
            }
            lookAgain(lab, files);
        }
    }

    private List<String> storeAndCut(KernelLab lab, MirrorFiles files) throws IOException {
        try (RunningGuest guest = lab.boot(files)) {
            guest.must("echo " + PDFLUSH_CENTISECONDS + " >/proc/sys/vm/dirty_writeback_centisecs");
            KernelMirror mirror = KernelMirror.attachSlow(guest, files);
            if (stableWrites) {
                mirror.stableWrites();
            }
            String written = mirror.device();
            if (target == Target.EXT4) {
                guest.must("mkdir /mnt && mount -t ext4 " + written + " /mnt");
                written = "/mnt/pages";
            }
            if (how != How.RACE) {
                mirror.delay(DELAY_MILLIS);
            }
            GuestProgram program = guest.startJava(StoreWhileWritten.class, List.of(
                    how.name().toLowerCase(Locale.ROOT), written, files.legDisk(0).device(),
                    files.legDisk(1).device(), files.logDisk().device(), Integer.toString(REGION),
                    Integer.toString(rounds)), line -> { });
            program.awaitLine("clean", DEADLINE);
            guest.powerOff();
            return program.output();
        }
    }

    /** Looks at what the program told of its stores, and returns the rounds in which the store was made when it should. */
    private Set<Integer> judgeStores(List<String> told) {
        Set<Integer> inTime = new TreeSet<>();
        int seen = 0;
        for (String line : told) {
            Matcher matcher = ROUND.matcher(line);
            if (!matcher.matches()) {
                continue;
            }
            int round = Integer.parseInt(matcher.group(1));
            long millis = Long.parseLong(matcher.group(2));
            String when = matcher.group(3);
            seen++;
            count("rounds", 1);
            count(how == How.RACE ? "raceMillis" : "storeMillis", millis);
            if (when.equals(legsStayEqual() ? "after" : "during")) {
                inTime.add(round);
            } else {
                expect(!legsStayEqual() || when.equals("too late"), "round " + round + ", the store took " + millis
                        + " ms and did not wait for the write of leg 1; expected it to");
            }
        }
        count("roundsInTime", inTime.size());
        expectEqual(seen, rounds, "rounds");
        // A machine that is busy with other things may be late for some.
        expect(2 * inTime.size() >= rounds, "the store was made in time in " + inTime.size() + " of " + rounds
                + " rounds; expected at least half");
        return inTime;
    }

    private void judgePages(MirrorFiles files, List<String> told, Set<Integer> inTime) throws IOException {
        SortedSet<Integer> dirty = files.dirty();
        int differing = 0;
        int again = 0;
        for (String line : told) {
            Matcher matcher = POSITION.matcher(line);
            if (!matcher.matches()) {
                continue;
            }
            int round = Integer.parseInt(matcher.group(1));
            long position = Long.parseLong(matcher.group(2));
            byte[] zero = files.bytes(0, position, PAGE);
            byte[] one = files.bytes(1, position, PAGE);
            boolean differs = !Arrays.equals(zero, one);
            boolean clean = !dirty.contains((int) (position / REGION));
            // The kernel may have come round to writing the page a second time, which makes the legs equal again.
            boolean writtenAgain = how == How.MMAP && !legsStayEqual() && all(zero, 'B') && all(one, 'B');
            differing += differs && clean ? 1 : 0;
            again += writtenAgain ? 1 : 0;
            lost(holdsWhatWasStored(zero) && holdsWhatWasStored(one) ? 0 : 1);
            // A file system may have begun another write to the region since it was seen to be clean.
            expect(clean || target == Target.EXT4, "round " + round + ", the region's bit on disk is dirty; expected clean");
            if (how != How.RACE && !writtenAgain && inTime.contains(round)) {
                expectEqual(differs, !legsStayEqual(), "round " + round + ", whether the legs' pages differ (leg 0 begins with "
                        + (char) zero[0] + ", leg 1 with " + (char) one[0] + ")");
            }
        }
        count("pagesThatDifferUnderACleanBit", differing);
        count("pagesWrittenAgain", again);
        expect(legsStayEqual() || differing > 0, "in none of " + rounds + " rounds did the legs get different bytes under a clean bit");
    }

    private static boolean all(byte[] page, char content) {
        for (byte each : page) {
            if (each != content) {
                return false;
            }
        }
        return true;
    }

    /** Of what was written and acknowledged, and what was stored later, each byte may be either. */
    private static boolean holdsWhatWasStored(byte[] page) {
        for (byte each : page) {
            if (each != 'A' && each != 'B') {
                return false;
            }
        }
        return true;
    }

    /** After the cut, the kernel's mirror takes its log's word, and resyncs what the log calls dirty and nothing else. */
    private void lookAgain(KernelLab lab, MirrorFiles files) throws IOException {
        SortedSet<Integer> dirty = files.dirty();
        SortedSet<Integer> expected = files.desynced();
        try (RunningGuest guest = lab.boot(files)) {
            KernelMirror mirror = KernelMirror.attach(guest, files, DmTable.FirstLog.FOUND);
            MirrorStatus status = mirror.status();
            if (dirty.isEmpty()) {
                expect(status.allInSync(), "after the cut the kernel says " + status + "; expected every region in sync");
            }
            count("inSyncAfterReboot", status.inSync());
            mirror.awaitInSync();
            // It would have begun by now.
            guest.must("sleep 1");
            resynced(mirror.bytesWritten(1));
            expectEqual(mirror.bytesWritten(1), (long) dirty.size() * REGION, "bytes resynced after the cut");
            mirror.detach();
            guest.powerOff();
        }
        expectEqual(files.differing(), expected, "regions that differ after the reboot");
    }
}
