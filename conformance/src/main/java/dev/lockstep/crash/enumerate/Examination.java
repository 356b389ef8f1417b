package dev.lockstep.crash.enumerate;

import dev.lockstep.crash.inside.Judge;
import dev.lockstep.crash.inside.Judgement;
import dev.lockstep.crash.inside.Stamp;
import dev.lockstep.log.LogImage;
import dev.lockstep.log.Superblock;
import dev.lockstep.volume.Layout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Looks at every crash state of one workload: each is judged, recovered, and cut off again at every point of the recovery; what
 * that leaves is judged and recovered too. What has the same bytes is recovered once. Not thread-safe.
 *
 * <p>A second crash is judged by the contents' numbers, which says no less than the bytes: of each block the source has to hold
 * what it held before the recovery, as the user has written nothing since, and no legs may differ under a clean bit that did not
 * before. What the log and the labels say of the legs is judged in every state ({@link Standings}), and
 * in some after a first crash what the labels say alone ({@link LostLog}). (Under a policy that desyncs, what the first crash could have left is no fault of the recovery: a kill hides it, or a hardened
 * log of which the first crash has kept a mark in one copy only, which the second then takes away.)
 */
final class Examination {
    private final Setting setting;
    private final Limits limits;
    private final boolean mayDesync;
    private final String name;
    private final Tally tally;
    private final Findings findings;
    private final Map<Integer, Judge> judges = new HashMap<>();
    private final Recovery recovery;
    private final LostLog lostLog;
    private final long seed;
    private final Journal journal;
    private final Map<Seen, Judgement> judgements = new HashMap<>();
    private final Set<DiskState> cutAgain = new HashSet<>();
    private final Set<DiskState> recovered = new HashSet<>();

    private record Seen(DiskState.Key bytes, int promise) {
    }

    /** A state, and how it came about. */
    private record Crash(Point point, boolean kill, DiskState state) {
        String words() {
            return (kill ? "a kill" : "a power cut") + " after event " + point.events();
        }
    }

    /**
     * Of one workload.
     *
     * @param setting   the volume's
     * @param limits    how much is looked at
     * @param mayDesync whether a desync is no finding
     * @param name      the workload's, for messages
     * @param seed      decides what is sampled, and in which order recovery takes its steps
     * @param journal   what the workload's devices did
     * @param tally     counts
     * @param findings  are told
     */
    Examination(Setting setting, Limits limits, boolean mayDesync, String name, long seed, Journal journal, Tally tally,
                Findings findings) {
        this.setting = setting;
        this.limits = limits;
        this.mayDesync = mayDesync;
        this.name = name;
        this.seed = seed;
        this.journal = journal;
        this.tally = tally;
        this.findings = findings;
        this.recovery = new Recovery(setting, seed);
        this.lostLog = new LostLog(setting);
    }

    /** Looks at them. */
    void run() {
        Random random = new Random(seed);
        for (Point point : journal.points()) {
            if (findings.count() >= limits.enough()) {
                return;
            }
            tally.points++;
            CrashStates.afterCut(point).forEach(limits.all(), limits.some(), random,
                    state -> first(new Crash(point, false, state)));
            CrashStates.afterKill(point).forEach(limits.all(), limits.some(), random,
                    state -> first(new Crash(point, true, state)));
        }
    }

    private void first(Crash crash) {
        tally.states++;
        Promise promise = crash.kill ? crash.point.afterKill() : crash.point.afterCut();
        Seen seen = new Seen(crash.state.bytes(), promise.number());
        Judgement judgement = judgements.get(seen);
        if (judgement == null) {
            tally.distinct++;
            judgement = judge(crash, promise);
            judgements.put(seen, judgement);
        }
        tally.desyncs += judgement.desyncs().isEmpty() ? 0 : 1;
        tally.lostAcknowledged += judgement.lost().isEmpty() ? 0 : 1;
        tally.resyncBytes += dirtyBytes(crash.state);
        if (cutAgain.add(crash.state)) {
            recover(crash);
        }
    }

    private Judgement judge(Crash crash, Promise promise) {
        Standing standing = setting.standing(crash.state);
        Judgement judgement;
        try {
            List<SimulatedLeg> devices = setting.devices(crash.state, new Journal());
            judgement = judge(standing.membership().source()).judge(standing.readable().stream().map(devices::get).toList(),
                    setting.log(crash.state), promise::of);
            lostLog.wrong(crash.state, standing, promise).ifPresent(wrong -> found(crash, wrong));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        standing.wrong().ifPresent(wrong -> found(crash, wrong));
        setting.distrust(crash.state).ifPresent(why -> found(crash, "the log cannot be trusted: " + why));
        if (promise.legsChanged() && !setting.change().orElseThrow().isMade(standing)) {
            found(crash, "the legs were changed, which was acknowledged, and are as they were before");
        }
        if (!judgement.lost().isEmpty()) {
            found(crash, "something acknowledged is lost: " + judgement.lost().get(0));
        }
        if (!judgement.desyncs().isEmpty() && !mayDesync) {
            found(crash, "the legs differ: " + judgement.desyncs().get(0));
        }
        return judgement;
    }

    private Judge judge(int source) {
        Layout layout = setting.layout();
        return judges.computeIfAbsent(source, leg -> new Judge(new Layout(layout.bytes(), layout.regionBytes(), Superblock.SLOTS, leg)));
    }

    private long dirtyBytes(DiskState state) {
        long bytes = 0;
        for (int region = 0; region < setting.layout().regions(); region++) {
            if (!setting.log(state).isClean(region)) {
                bytes += Math.min(setting.layout().regionBytes(),
                        setting.layout().bytes() - (long) region * setting.layout().regionBytes());
            }
        }
        return bytes;
    }

    private void recover(Crash crash) {
        if (setting.standing(crash.state).wrong().isPresent()) {
            return;
        }
        boolean again = !setting.labels() || Math.floorMod(crash.state.hashCode(), limits.oneIn()) == 0;
        Recovery.Result result = recovery.run(crash.state, 0, again);
        recovered.add(crash.state);
        tally.recoveries++;
        result.wrong().ifPresent(wrong -> found(crash, wrong));
        BitSet before = setting.desyncs(crash.state);
        Random random = new Random(seed ^ crash.state.hashCode());
        CrashStates lastCut = null;
        CrashStates lastKill = null;
        for (Point point : result.journal().points()) {
            // Recovery is told nothing, so a point that leaves what the last one left has been looked at.
            CrashStates cut = CrashStates.afterCut(point);
            if (!cut.same(lastCut)) {
                cut.forEach(limits.allAgain(), limits.someAgain(), random,
                        state -> second(crash, before, result.journal(), new Crash(point, false, state)));
            }
            CrashStates kill = CrashStates.afterKill(point);
            if (!kill.same(lastKill)) {
                kill.forEach(limits.allAgain(), limits.someAgain(), random,
                        state -> second(crash, before, result.journal(), new Crash(point, true, state)));
            }
            lastCut = cut;
            lastKill = kill;
        }
    }

    private void second(Crash crash, BitSet before, Journal ofRecovery, Crash again) {
        tally.secondCrashStates++;
        setting.distrust(again.state).ifPresent(why -> found(crash, again, ofRecovery, "the log cannot be trusted: " + why));
        Optional<String> wrong = setting.standing(again.state).wrong();
        if (wrong.isPresent()) {
            found(crash, again, ofRecovery, wrong.get());
            return;
        }
        int lost = lostBlock(crash.state, before, again);
        if (lost >= 0) {
            tally.lostAcknowledged++;
            found(crash, again, ofRecovery, "block " + lost + " on the source does not hold what it held before the recovery");
        }
        BitSet desyncs = setting.desyncs(again.state);
        if (!desyncs.isEmpty()) {
            tally.desyncs++;
            desyncs.andNot(before);
            // A kill may hide a desync that a power cut brings to light again: the mark that hides it was not durable.
            if (!desyncs.isEmpty() && !(mayDesync && (crash.state.isVolatile() || couldHaveBeen(crash, again, desyncs)))) {
                found(crash, again, ofRecovery, "the legs differ in block " + desyncs.nextSetBit(0)
                        + " under a bit that says clean, and did not before the recovery");
            }
        }
        if (recovered.add(again.state)) {
            tally.recoveries++;
            recovery.run(again.state, 1, false).wrong().ifPresent(why -> found(crash, again, ofRecovery, why));
        }
    }

    /** Whether the first crash could have left these blocks so: beside these legs, the log without what no flush had covered. */
    private boolean couldHaveBeen(Crash crash, Crash again, BitSet desyncs) {
        for (int leg = 0; leg < setting.legDevices(); leg++) {
            if (!Arrays.equals(crash.state.now(leg), 0, setting.blocks(), again.state.now(leg), 0, setting.blocks())) {
                return false;
            }
        }
        int[][] may = crash.point.devices().get(setting.logDevice()).may();
        LogImage flushed = setting.log(Arrays.stream(may).mapToInt(contents -> contents[0]).toArray());
        return desyncs.stream().allMatch(block -> flushed.isClean(setting.layout().region((long) block * Stamp.BLOCK)));
    }

    /** A block of the source that recovery has changed, or -1. After a kill, what was volatile may be lost by a power cut. */
    private int lostBlock(DiskState before, BitSet desyncs, Crash again) {
        Standing was = setting.standing(before);
        Standing is = setting.standing(again.state);
        if (is.source() != was.source()) {
            return lostBlockOfOther(before, desyncs, was, is, again.state.now(is.source()));
        }
        for (int block = 0; block < setting.blocks(); block++) {
            int content = again.state.now(is.source())[block];
            boolean may = again.kill ? content == before.now(is.source())[block] : before.mayLeave(is.source(), block, content);
            if (!may) {
                return block;
            }
        }
        return -1;
    }

    /**
     * The same where a change of the legs has brought another source. It has what the first one was seen to hold, or where they differed
     * what it held itself. Or that change was not durable yet when it was seen: then nothing that the leg which is the source again had missed
     * was acknowledged, and it has what a first crash could have left on it.
     */
    private int lostBlockOfOther(DiskState before, BitSet desyncs, Standing was, Standing is, int[] contents) {
        boolean takenBack = is.generation() <= was.generation();
        for (int block = 0; block < setting.blocks(); block++) {
            boolean may = takenBack ? before.mayLeave(is.source(), block, contents[block])
                    : desyncs.get(block) || contents[block] == before.now(was.source())[block] || before.mayLeave(was.source(), block, contents[block]);
            if (!may) {
                return block;
            }
        }
        return -1;
    }

    private void found(Crash crash, Crash again, Journal ofRecovery, String what) {
        findings.add(name + ", " + crash.words() + ", then " + again.words() + " of the recovery: " + what, setting.pool(),
                again.state, () -> {
                    List<String> history = history(crash);
                    history.add("then recovery, cut off by " + again.words() + " of these:");
                    history.addAll(ofRecovery.lines(again.point));
                    return history;
                });
    }

    private void found(Crash crash, String what) {
        findings.add(name + ", " + crash.words() + ": " + what, setting.pool(), crash.state, () -> history(crash));
    }

    private List<String> history(Crash crash) {
        List<String> history = new ArrayList<>();
        history.add(setting.policy() + ", " + setting.layout() + ", blocks of " + Stamp.BLOCK + " bytes");
        history.addAll(journal.lines(crash.point));
        history.add("");
        return history;
    }
}
