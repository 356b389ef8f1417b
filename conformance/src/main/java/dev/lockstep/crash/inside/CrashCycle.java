package dev.lockstep.crash.inside;

import dev.lockstep.log.LogContents;
import dev.lockstep.region.Policy;
import dev.lockstep.store.Access;
import dev.lockstep.store.FileLeg;
import dev.lockstep.volume.Layout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * One cycle of crashes on one volume: a child works until it dies; what it left is judged; others work on, or recover, and die in
 * their turn; the last recovery is left to end, and has to converge: no bit dirty, all legs equal, and the blocks as the crash left
 * them on the source. A desync ends the cycle. Used by one thread.
 */
public final class CrashCycle {
    private static final int OPERATIONS = 400;
    private static final int OPERATIONS_UNTIL_CUT = 20_000;
    private static final int FEW_OPERATIONS = 25;
    private static final int SLOWEST_MICROS = 1200;
    private static final int LATEST_IN_RUN = 110_000;
    private static final int LATEST_BEFORE_CUT = 600_000;
    private static final int LATEST_IN_RECOVERY = 9_000;
    private static final int UNTIL_POINT = 4;
    private static final int THREE = 3;
    private static final int ORDINALS = 24;

    private final Rig rig;
    private final Policy policy;
    private final Layout layout;
    private final boolean mayDesync;
    private final long seed;
    private final SplittableRandom random;
    private final Recording recording;
    private final Judge judge;
    private final List<String> failures = new ArrayList<>();
    private final List<String> story = new ArrayList<>();
    private Optional<CrashExample> example = Optional.empty();
    private int crashes;
    private int inRecovery;
    private int atPoints;
    private int desyncs;
    private int lost;
    private long resyncBytes;
    private int mixtures;
    private int voidCuts;
    private String whyVoid = "";
    private int failedDevices;

    /**
     * A cycle on a new volume.
     *
     * @param rig       the volume's files or devices: legs of zeros, and a log in which all is clean
     * @param policy    the policy
     * @param layout    how the volume is divided
     * @param mayDesync whether the specification says that the legs may differ under this policy
     * @param seed      what the choices come from; a race is not repeated by it, but tried again
     */
    public CrashCycle(Rig rig, Policy policy, Layout layout, boolean mayDesync, long seed) {
        this.rig = rig;
        this.policy = policy;
        this.layout = layout;
        this.mayDesync = mayDesync;
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.recording = new Recording((int) (layout.bytes() / Stamp.BLOCK), OpenVolume.PAGE / Stamp.BLOCK);
        this.judge = new Judge(layout);
    }

    /**
     * Makes it.
     *
     * @param rounds how many children die
     * @return what came of it
     * @throws IOException if the rig fails
     */
    public CycleResult run(int rounds) throws IOException {
        for (int round = 0; round < rounds && goesOn(); round++) {
            // Where a child is dear, most of them do what a desync needs: work.
            boolean works = round == 0 || random.nextInt(THREE) < (rig.cutsPower() ? 2 : 1);
            crash(works ? ChildTask.Job.RUN : ChildTask.Job.RECOVER);
        }
        if (goesOn() && rig instanceof FailingRig failing) {
            deviceFails(failing);
        }
        if (goesOn()) {
            lastRecovery();
        }
        return new CycleResult(crashes, inRecovery, atPoints, desyncs, lost, resyncBytes, recording.acknowledged(), mixtures, voidCuts,
                whyVoid, failedDevices, List.copyOf(failures), example);
    }

    private boolean goesOn() {
        return failures.isEmpty() && desyncs == 0 && voidCuts == 0;
    }

    private void crash(ChildTask.Job job) throws IOException {
        boolean works = job == ChildTask.Job.RUN;
        int latest = works ? latestInRun() : LATEST_IN_RECOVERY;
        Optional<Point> point = random.nextBoolean() ? Optional.of(point(works)) : Optional.empty();
        // Not every child comes to its point.
        long after = point.isPresent() ? (long) latest * UNTIL_POINT : random.nextInt(latest);
        ChildLife.Fate fate = child(job, point, after * rig.slowness());
        if (isVoid(fate)) {
            return;
        }
        if (fate.killed()) {
            crashes++;
            inRecovery += works ? 0 : 1;
            atPoints += fate.atPoint() ? 1 : 0;
        }
        Judgement judgement = judgeNow(fate, fate.killed() && rig.cutsPower());
        resyncBytes += (long) judgement.dirtyRegions() * layout.regionBytes();
    }

    /** Where a child is dear it lives longer: most of a short life goes by before anything has ended. */
    private int latestInRun() {
        return rig.cutsPower() ? LATEST_BEFORE_CUT : LATEST_IN_RUN;
    }

    private boolean isVoid(ChildLife.Fate fate) {
        if (!fate.counts()) {
            voidCuts++;
            whyVoid = fate.voided();
            story.add("void: " + fate.voided());
        }
        return !fate.counts();
    }

    /**
     * One device alone fails in the midst of work. What a flush was acknowledged for has to be there when the device works again, also
     * if it was acknowledged after the device had failed; what was not flushed may be lost with its page cache, as by a power cut.
     */
    private void deviceFails(FailingRig failing) throws IOException {
        int device = random.nextInt(layout.legs() + 1);
        long after = (long) random.nextInt(latestInRun()) * rig.slowness();
        ChildLife.Fate fate = failing.liveUntilDeviceFails(task(ChildTask.Job.RUN, Optional.empty()), after, device);
        String name = device == layout.legs() ? "the log" : "leg " + device;
        heard("work until " + name + " fails after " + after + " us", fate, fate.killed());
        if (isVoid(fate)) {
            return;
        }
        failedDevices += fate.killed() ? 1 : 0;
        judgeNow(fate, fate.killed());
    }

    private Point point(boolean works) {
        int device = random.nextInt(layout.legs() + 1);
        Point.Kind kind = Point.Kind.values()[random.nextInt(Point.Kind.values().length)];
        Point.Place place = Point.Place.values()[random.nextInt(kind == Point.Kind.WRITE ? THREE : 2) * (kind == Point.Kind.WRITE ? 1 : 2)];
        return new Point(device, kind, random.nextInt(works ? ORDINALS * THREE : ORDINALS), place);
    }

    private void lastRecovery() throws IOException {
        ChildLife.Fate fate = child(ChildTask.Job.RECOVER, Optional.empty(), ChildLife.NEVER);
        Judgement judgement = judgeNow(fate, false);
        if (fate.killed() || !fate.lines().contains("U")) {
            fail("the recovery that was left alone did not come to its end; it told " + last(fate.lines()));
        } else if (judgement.dirtyRegions() > 0) {
            fail(judgement.dirtyRegions() + " regions are dirty after a recovery that has ended");
        }
    }

    private ChildLife.Fate child(ChildTask.Job job, Optional<Point> point, long afterReady) throws IOException {
        ChildLife.Fate fate = rig.live(task(job, point), afterReady);
        heard(job + point.map(where -> " to point " + where).orElse(" for " + afterReady + " us"), fate, false);
        return fate;
    }

    private ChildTask task(ChildTask.Job job, Optional<Point> point) {
        // A cut is long in coming: a child that is not to end before it needs more to do.
        int most = rig.cutsPower() ? OPERATIONS_UNTIL_CUT : OPERATIONS;
        int operations = random.nextInt(THREE) == 0 && !rig.cutsPower() ? FEW_OPERATIONS : most;
        return new ChildTask(job, policy, random.nextLong(), rig.legs(), rig.log(), layout, rig.format(), operations,
                recording.lastContent() + 1, random.nextInt(SLOWEST_MICROS) * rig.slowness(), rig.slowness(), point);
    }

    /** Takes what a child told; under the failure of a device it also tells that it cannot go on. */
    private void heard(String what, ChildLife.Fate fate, boolean mayStop) throws IOException {
        story.add("== " + what + (fate.killed() ? ", killed" : ", ended"));
        story.addAll(fate.lines());
        take(mayStop ? fate.lines().stream().filter(line -> !Teller.tellsOfStop(line)).toList() : fate.lines());
        recording.childDied();
        if (fate.late()) {
            fail("a child did not come to its end; it told " + last(fate.lines()));
        } else if (!fate.killed() && !fate.lines().contains("U")) {
            fail("a child died by itself; it told " + last(fate.lines()));
        } else if (!recording.wrong().isEmpty()) {
            fail("while the mirror ran: " + recording.wrong().get(0));
        }
    }

    private void take(List<String> lines) {
        for (String line : lines) {
            try {
                recording.take(line);
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                // What a JVM prints when it cannot go on; its exit tells the rest.
                story.add("(not understood) " + line);
            }
        }
    }

    private static String last(List<String> lines) {
        return lines.isEmpty() ? "nothing" : "\"" + lines.get(lines.size() - 1) + "\" last";
    }

    private Judgement judgeNow(ChildLife.Fate fate, boolean cut) throws IOException {
        List<FileLeg> left = new ArrayList<>();
        try {
            for (Path path : rig.left()) {
                left.add(FileLeg.open(path, Access.READ_ONLY));
            }
            LogContents log = LogContents.read(left.get(layout.legs()), layout.regions());
            Judgement judgement = judge.judge(left.subList(0, layout.legs()), log.image(),
                    cut ? recording::afterCut : recording::afterKill);
            say(judgement, log);
            if (!judgement.desyncs().isEmpty()) {
                example = Optional.of(depict(judgement.desyncs().get(0), left, fate));
            }
            settle(left.get(layout.source()));
            return judgement;
        } finally {
            for (FileLeg each : left) {
                each.close();
            }
        }
    }

    private void say(Judgement judgement, LogContents log) throws IOException {
        mixtures += judgement.mixtures();
        log.distrust().ifPresent(sentence -> story.add("the log is distrusted: " + sentence));
        if (log.distrust().isPresent()) {
            fail("the log is distrusted after a crash: " + log.distrust().get());
        }
        if (!judgement.lost().isEmpty()) {
            lost++;
            fail(judgement.lost().get(0) + (judgement.lost().size() > 1 ? "; so are " + (judgement.lost().size() - 1) + " more" : ""));
        }
        if (!judgement.desyncs().isEmpty()) {
            desyncs++;
            String sentence = "desync: " + judgement.desyncs().get(0);
            if (!mayDesync) {
                fail(sentence);
            }
        }
    }

    private void fail(String sentence) throws IOException {
        failures.add(sentence + "; " + rig.keep(policy.name(), sentence + "\n" + String.join("\n", story) + "\n"));
    }

    /** What a picture of a desync is drawn from. */
    private CrashExample depict(BadBlock bad, List<FileLeg> left, ChildLife.Fate fate) throws IOException {
        CrashExample.LegBytes source = bytes(bad.block(), layout.source(), left);
        List<CrashExample.LegBytes> legs = new ArrayList<>(List.of(source));
        for (int leg = 0; leg < layout.legs() && legs.size() == 1; leg++) {
            CrashExample.LegBytes other = bytes(bad.block(), leg, left);
            if (!other.bytes().equals(source.bytes())) {
                legs.add(other);
            }
        }
        ToldSpans told = new ToldSpans(bad.block(), OpenVolume.PAGE / Stamp.BLOCK, fate.lines().subList(0, fate.alive()));
        List<CrashExample.Span> spans = told.telling();
        List<CrashExample.Span> few = ToldSpans.few(spans);
        return new CrashExample(rig.cutsPower() ? CrashExample.POWER_CUT : CrashExample.KILL, seed, bad.block(), bad.region(), legs,
                told.end(), few, spans.size() - few.size());
    }

    private static CrashExample.LegBytes bytes(long block, int leg, List<FileLeg> left) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Stamp.BLOCK);
        left.get(leg).read(bytes, block * Stamp.BLOCK);
        bytes.flip();
        return new CrashExample.LegBytes(leg, Stamp.read(block, bytes, 0), HexFormat.of().formatHex(bytes.array()));
    }

    /** From now on a block holds what was found on its source: that is what a recovery keeps. */
    private void settle(FileLeg source) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(OpenVolume.PAGE);
        for (long at = 0; at < layout.bytes(); at += OpenVolume.PAGE) {
            source.read(bytes.clear().limit((int) Math.min(OpenVolume.PAGE, layout.bytes() - at)), at);
            bytes.flip();
            for (int i = 0; i < bytes.limit(); i += Stamp.BLOCK) {
                long block = (at + i) / Stamp.BLOCK;
                Set<Long> contents = new HashSet<>();
                contents.add(Stamp.read(block, bytes, i));
                recording.found((int) block, contents);
            }
        }
    }
}
