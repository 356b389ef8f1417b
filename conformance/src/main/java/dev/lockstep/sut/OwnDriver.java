package dev.lockstep.sut;

import dev.lockstep.region.Action;
import dev.lockstep.region.LegsRead;
import dev.lockstep.region.Mode;
import dev.lockstep.region.Policy;
import dev.lockstep.region.RegionMachine;
import dev.lockstep.region.RegionState;
import dev.lockstep.region.Step;
import dev.lockstep.region.Sweep;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Lockstep's own region machine as a driven mirror: of its product it has what decides, and none of what does I/O. What an adapter should
 * answer is asked of it, for any policy. Not thread-safe.
 *
 * <p>A region of the model may be played by several of the machine's, to each of which happens the same: what a table or a set does only when it
 * has many regions or writes in it then shows in a model that has few. They have to agree in all that is seen. One region is resynced at a time,
 * so that of the first of them is seen, and the others' follow it at its end; until then they are given no writes, which the first has parked.
 *
 * <p>Or a block of the model is played by several of the machine's, and a write by several that each are of a part of it. Together they are in
 * flight until the last of them has ended, and what overlaps the write waits for that.
 */
public final class OwnDriver implements Adapter {
    /** What it has to have offered before it can come to it: that it is enabled is not enough. */
    private static final Set<Action> OFFERED = EnumSet.of(Action.LOG_WRITE, Action.LOG_FLUSH_BEGIN, Action.ISSUE, Action.LEG_WRITE, Action.END_WRITE,
            Action.QUIESCE, Action.FLUSH_END, Action.CERTIFY_END, Action.SYNC_BEGIN, Action.COMPARE, Action.RESYNC_COPY, Action.RESYNC_END,
            Action.UNMOUNT_END);
    /** What is made once each time it becomes possible, and so has to be offered once: it is of a write, a region, a leg or a round. */
    private static final Set<Action> ONCE = EnumSet.of(Action.ISSUE, Action.LEG_WRITE, Action.END_WRITE, Action.QUIESCE, Action.LEG_FLUSH_END,
            Action.FLUSH_END, Action.CERTIFY_END, Action.COMPARE, Action.RESYNC_COPY, Action.RESYNC_END);

    private final Size size;
    private final Policy policy;
    private final Members members;
    /** Null before the first volume is opened, and after a kill; a machine that was unmounted is started again. */
    private RegionMachine machine;
    private final LoggedBits logged;
    private final Set<Step> offered = new HashSet<>();
    /** The block that each write is of. */
    private final int[] blockOf;
    /** Writes that the first of several regions has parked. */
    private final List<Integer> deferred = new ArrayList<>();
    /** Whether the user has asked for a flush that has not begun. */
    private boolean asked;

    /**
     * One that has no volume open.
     *
     * @param size   the volume's size
     * @param policy the policy
     */
    public OwnDriver(Size size, Policy policy) {
        this(size, policy, Members.themselves());
    }

    /**
     * One that has no volume open, and several regions for each of the model's, whose writes are all looked for in one place. It cannot play what
     * {@link #OwnDriver(Size, Policy, int)} cannot.
     *
     * @param size   the volume's size
     * @param policy the policy
     * @return that
     */
    public static OwnDriver inOnePlace(Size size, Policy policy) {
        return new OwnDriver(size, policy, Members.inOnePlace());
    }

    /**
     * One that has no volume open, and several blocks for each of the model's. Writes that overlap in the model do so in part.
     *
     * @param size   the volume's size
     * @param policy the policy
     * @return that
     */
    public static OwnDriver ofParts(Size size, Policy policy) {
        return new OwnDriver(size, policy, Members.ofParts());
    }

    /**
     * One that has no volume open, and several regions for each of the model's. What it cannot play then is an unmount while
     * a region is resynced, and the issue of a write to it.
     *
     * @param size   the volume's size
     * @param policy the policy
     * @param wide   how many regions play one
     */
    public OwnDriver(Size size, Policy policy, int wide) {
        this(size, policy, Members.of(wide));
    }

    private OwnDriver(Size size, Policy policy, Members members) {
        this.size = size;
        this.policy = policy;
        this.members = members;
        this.logged = new LoggedBits(members.regions(size.regions()));
        this.blockOf = new int[size.slots()];
    }

    @Override
    public Answer tell(Event event) {
        switch (event.kind()) {
            case OPEN -> {
                if (machine == null) {
                    machine = notStarted();
                }
                IntPredicate found = region -> members.played(region) < 0 || event.bits().get(members.played(region));
                logged.found(found);
                offer(machine.restart(found));
            }
            case WRITE -> write(event.write(), event.block());
            case FLUSH -> asked = true;
            case READ -> { }
            case UNMOUNT -> offer(machine.unmountBegin());
            case LOG_FLUSHED -> offer(machine.logFlushEnd());
            case LEG_FLUSHED -> offer(machine.legFlushEnd(event.leg()));
            case SYNCED -> offer(machine.syncEnd());
            case KILL -> {
                machine = null;
                forget();
            }
            case DONE -> done(event.want(), event.equal());
        }
        return machine == null || machine.mode() == Mode.DOWN ? Answer.NOTHING : new Answer(wants(), reads());
    }

    /** What is not known of any region yet is that its legs agree: {@code Init} in Mirror.tla. */
    private RegionMachine notStarted() {
        RegionMachine made = new RegionMachine(policy, members.regions(size.regions()), size.legs(), Mirror.SOURCE, size.blocksPerRegion());
        if (made.count(RegionState.NOSYNC) != members.regions(size.regions())) {
            throw new AdapterException("every region out of sync before the log was read", "of that state are " + made.count(RegionState.NOSYNC));
        }
        return made;
    }

    /** Steps that have become possible by another. One that was possible, and is not any more, comes to nothing: it has to be offered again. */
    private void offer(List<Step> next) {
        offered.removeIf(step -> !machine.enabled(step));
        for (Step step : next) {
            if (!machine.enabled(step)) {
                throw new AdapterException("steps that are possible, after another", step + " is offered and is not");
            }
            if (!offered.add(step) && ONCE.contains(step.action())) {
                throw new AdapterException("each step offered once, when it becomes possible", step + " is offered and was offered before");
            }
        }
        if (machine.sweep() == Sweep.COMPARING) {
            requireSomeCompared();
        }
    }

    /** A sweep compares as many regions at a time as it is to, or all that are left. */
    private void requireSomeCompared() {
        long comparing = offered.stream().filter(step -> step.action() == Action.COMPARE).mapToInt(Step::first).distinct().count();
        long left = IntStream.range(0, members.regions(size.regions())).filter(this::isToBeCompared).count();
        if (comparing != Math.min(left, Sweep.COMPARED_AT_A_TIME)) {
            throw new AdapterException("of " + left + " regions that are left to be compared up to " + Sweep.COMPARED_AT_A_TIME + " at a time",
                    "comparisons of " + comparing + " are offered");
        }
    }

    private boolean isToBeCompared(int region) {
        return IntStream.range(0, size.blocksPerRegion()).anyMatch(chunk -> machine.compareTodo(region, chunk));
    }

    private void forget() {
        offered.clear();
        deferred.clear();
        asked = false;
    }

    private int region(int block) {
        return block / size.blocksPerRegion();
    }

    private int chunk(int block) {
        return block % size.blocksPerRegion();
    }

    private void write(int write, int block) {
        blockOf[write] = block;
        boolean parked = machine.resyncRegion() == members.region(region(block), 0);
        if (parked && members.wide() > 1) {
            submit(write, 0);
            deferred.add(write);
        } else {
            members.ofWrite(write).forEach(member -> submit(write, member));
        }
    }

    private void submit(int write, int member) {
        int region = members.region(region(blockOf[write]), member);
        long block = (long) region * size.blocksPerRegion() + chunk(blockOf[write]);
        offer(machine.submit(members.write(write, member), region, members.extent(write, member, block)));
    }

    /** The others are resynced as the first was, and given the writes that it has parked. */
    private void resyncOthers(int resynced) {
        for (int member : members.from(1)) {
            int region = members.region(resynced, member);
            offer(machine.resyncBegin(region));
            for (int chunk = 0; chunk < size.blocksPerRegion(); chunk++) {
                for (int leg = 0; leg < size.legs(); leg++) {
                    if (machine.copyTodo(chunk, leg)) {
                        offer(machine.resyncCopy(chunk, leg));
                    }
                }
            }
            offer(machine.resyncEnd(region));
        }
        deferred.forEach(write -> members.from(1).forEach(member -> submit(write, member)));
        deferred.clear();
    }

    /** What follows from what was done is offered; that was done is offered no more. */
    private void done(Want want, boolean equal) {
        List<Step> left = new ArrayList<>(members.of(step(want)));
        while (!left.isEmpty()) {
            // Comparisons are offered a few at a time.
            Step step = left.stream().filter(each -> left.size() == 1 || possible(each)).findFirst().orElse(left.get(0));
            left.remove(step);
            offered.remove(step);
            offer(made(step, equal));
            if (want.kind() == Want.Kind.END_WRITE && !left.isEmpty()) {
                requireWaiting(want.write());
            }
        }
        switch (want.kind()) {
            case FLUSH_LEGS -> asked = false;
            case END_RESYNC -> resyncOthers(want.region());
            case CLOSE -> forget();
            default -> { }
        }
    }

    /** Part of a write has ended, and not all of it. */
    private void requireWaiting(int ending) {
        for (int write = 0; write < size.slots() && members.parts() > 1; write++) {
            if (write != ending && blockOf[write] == blockOf[ending] && members.of(Step.of(Action.ISSUE, write)).stream().anyMatch(machine::enabled)) {
                throw new AdapterException("write " + write + " to wait for all of write " + ending + ", which it overlaps", "it would be issued");
            }
        }
    }

    private Step step(Want want) {
        return switch (want.kind()) {
            case LOG_WRITE -> Step.of(Action.LOG_WRITE);
            case LOG_FLUSH -> Step.of(Action.LOG_FLUSH_BEGIN);
            case ISSUE -> Step.of(Action.ISSUE, want.write());
            case LEG_WRITE -> new Step(Action.LEG_WRITE, want.write(), want.leg());
            case END_WRITE -> Step.of(Action.END_WRITE, want.write());
            case QUIESCE -> Step.of(Action.QUIESCE, want.region());
            case FLUSH_LEGS -> Step.of(asked ? Action.FLUSH_BEGIN : Action.CERTIFY_BEGIN);
            case END_FLUSH -> Step.of(Action.FLUSH_END);
            case MARK_CLEAN -> Step.of(Action.CERTIFY_END);
            case NOMINATE -> Step.of(Action.NOMINATE);
            case SYNC -> Step.of(Action.SYNC_BEGIN);
            case COMPARE -> new Step(Action.COMPARE, region(want.block()), chunk(want.block()));
            case RESYNC -> Step.of(Action.RESYNC_BEGIN, want.region());
            case COPY_BLOCK -> new Step(Action.RESYNC_COPY, chunk(want.block()), want.leg());
            case END_RESYNC -> Step.of(Action.RESYNC_END, want.region());
            case CLOSE -> Step.of(Action.UNMOUNT_END);
        };
    }

    private List<Step> made(Step step, boolean equal) {
        int first = step.first();
        return switch (step.action()) {
            case LOG_WRITE -> {
                logged.write(machine.logWrite(), machine);
                yield List.of(Step.of(Action.LOG_FLUSH_BEGIN));
            }
            case LOG_FLUSH_BEGIN -> machine.logFlushBegin();
            case ISSUE -> machine.issue(first);
            case LEG_WRITE -> machine.legWrite(first, step.second());
            case END_WRITE -> machine.endWrite(first);
            case QUIESCE -> machine.quiesce(first);
            case FLUSH_BEGIN -> machine.flushBegin();
            case CERTIFY_BEGIN -> machine.certifyBegin();
            case FLUSH_END -> machine.flushEnd();
            case CERTIFY_END -> machine.certifyEnd();
            case NOMINATE -> machine.nominate();
            case SYNC_BEGIN -> {
                machine.syncBegin();
                yield List.of();
            }
            case COMPARE -> machine.compare(first, step.second(), equal);
            case RESYNC_BEGIN -> machine.resyncBegin(first);
            case RESYNC_COPY -> machine.resyncCopy(first, step.second());
            case RESYNC_END -> machine.resyncEnd(first);
            case UNMOUNT_END -> {
                machine.unmountEnd();
                yield List.of();
            }
            default -> throw new IllegalArgumentException(step + " is not wanted");
        };
    }

    private Set<Want> wants() {
        Set<Want> wants = new HashSet<>();
        addIf(Step.of(Action.LOG_WRITE), Want.logWrite(bits()), wants);
        addIf(Step.of(Action.LOG_FLUSH_BEGIN), Want.of(Want.Kind.LOG_FLUSH), wants);
        addIf(Step.of(asked ? Action.FLUSH_BEGIN : Action.CERTIFY_BEGIN), Want.of(Want.Kind.FLUSH_LEGS), wants);
        addIf(Step.of(Action.FLUSH_END), Want.of(Want.Kind.END_FLUSH), wants);
        addIf(Step.of(Action.CERTIFY_END), Want.of(Want.Kind.MARK_CLEAN), wants);
        addIf(Step.of(Action.NOMINATE), Want.of(Want.Kind.NOMINATE), wants);
        addIf(Step.of(Action.SYNC_BEGIN), Want.of(Want.Kind.SYNC), wants);
        addIf(Step.of(Action.UNMOUNT_END), Want.of(Want.Kind.CLOSE), wants);
        Set<Integer> listed = outOfSync();
        for (int region = 0; region < size.regions(); region++) {
            addIf(Step.of(Action.QUIESCE, region), Want.of(Want.Kind.QUIESCE, region), wants);
            if (listed.contains(members.region(region, 0))) {
                addIf(Step.of(Action.RESYNC_BEGIN, region), Want.of(Want.Kind.RESYNC, region), wants);
            }
            addIf(Step.of(Action.RESYNC_END, region), Want.of(Want.Kind.END_RESYNC, region), wants);
        }
        for (int block = 0; block < size.blocks(); block++) {
            ofBlock(block, wants);
        }
        for (int write = 0; write < size.slots(); write++) {
            ofWrite(write, wants);
        }
        return wants;
    }

    /** Where a resync finds its regions. */
    private Set<Integer> outOfSync() {
        Set<Integer> listed = new HashSet<>();
        for (int region = machine.nextOutOfSync(0); region >= 0; region = machine.nextOutOfSync(region + 1)) {
            listed.add(region);
            if (machine.state(region) != RegionState.NOSYNC) {
                throw new AdapterException("only regions out of sync among those that are to be resynced", "region " + region + " is among them");
            }
        }
        return listed;
    }

    private void ofBlock(int block, Set<Want> wants) {
        addIf(new Step(Action.COMPARE, region(block), chunk(block)), Want.of(Want.Kind.COMPARE, block), wants);
        for (int leg = 0; leg < size.legs() && machine.resyncRegion() == members.region(region(block), 0); leg++) {
            addIf(new Step(Action.RESYNC_COPY, chunk(block), leg), Want.of(Want.Kind.COPY_BLOCK, block, leg), wants);
        }
    }

    private void ofWrite(int write, Set<Want> wants) {
        addIf(Step.of(Action.ISSUE, write), Want.of(Want.Kind.ISSUE, write), wants);
        addIf(Step.of(Action.END_WRITE, write), Want.of(Want.Kind.END_WRITE, write), wants);
        for (int leg = 0; leg < size.legs(); leg++) {
            addIf(new Step(Action.LEG_WRITE, write, leg), Want.legWrite(write, blockOf[write], leg, from()), wants);
        }
    }

    private String from() {
        return policy.legsRead() == LegsRead.COPIED ? Want.COPY : Want.PAGE;
    }

    private void addIf(Step step, Want want, Set<Want> wants) {
        List<Step> all = members.of(step);
        boolean fewAtATime = step.action() == Action.COMPARE;
        if (Members.agreed(step, all.stream().map(each -> fewAtATime ? machine.enabled(each) : possible(each)).toList()) && all.stream().anyMatch(this::possible)) {
            wants.add(want);
        }
    }

    private boolean possible(Step step) {
        return machine.enabled(step) && (offered.contains(step) || !hasToBeOffered(step));
    }

    /** Rounds and sweeps are begun by whoever times them, until the volume is being closed; but a sweep comes to its round by itself. */
    private boolean hasToBeOffered(Step step) {
        return OFFERED.contains(step.action()) || step.action() == Action.CERTIFY_BEGIN && sweepOver() || machine.mode() == Mode.CLOSING
                && (step.action() == Action.CERTIFY_BEGIN || step.action() == Action.NOMINATE && offered.stream().noneMatch(machine::enabled));
    }

    private boolean sweepOver() {
        return machine.sweep() == Sweep.SYNCED || machine.sweep() == Sweep.COMPARING && IntStream.range(0, members.regions(size.regions())).noneMatch(this::isToBeCompared);
    }

    private List<Boolean> bits() {
        return IntStream.range(0, size.regions()).mapToObj(region -> ofAll("bit", region, machine::bit)).toList();
    }

    private boolean ofAll(String what, int region, IntPredicate said) {
        return members.agreed(what, member -> said.test(members.region(region, member)));
    }

    private List<Set<Integer>> reads() {
        return IntStream.range(0, size.regions()).mapToObj(region -> IntStream.range(0, size.legs())
                .filter(leg -> ofAll("reads", region, each -> machine.mayRead(each, leg))).boxed().collect(Collectors.toSet())).toList();
    }

    @Override
    public String end() {
        machine = null;
        forget();
        return "it says nothing";
    }
}
