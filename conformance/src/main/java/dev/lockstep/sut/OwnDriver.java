package dev.lockstep.sut;

import dev.lockstep.region.Action;
import dev.lockstep.region.Extent;
import dev.lockstep.region.LegsRead;
import dev.lockstep.region.Policy;
import dev.lockstep.region.RegionMachine;
import dev.lockstep.region.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Lockstep's own region machine as a driven mirror: of its product it has what decides, and none of what does I/O. What an adapter should
 * answer is asked of it, for any policy. Not thread-safe.
 */
public final class OwnDriver implements Adapter {
    private final Size size;
    private final Policy policy;
    /** Null while no volume is open. */
    private RegionMachine machine;
    /** The block that each write is of. */
    private final int[] blockOf;
    /** Whether the user has asked for a flush that has not begun. */
    private boolean asked;

    /**
     * One that has no volume open.
     *
     * @param size   the volume's size
     * @param policy the policy
     */
    public OwnDriver(Size size, Policy policy) {
        this.size = size;
        this.policy = policy;
        this.blockOf = new int[size.slots()];
    }

    @Override
    public Answer tell(Event event) {
        switch (event.kind()) {
            case OPEN -> {
                machine = new RegionMachine(policy, size.regions(), size.legs(), Mirror.SOURCE, size.blocksPerRegion());
                machine.restart(event.bits()::get);
            }
            case WRITE -> {
                blockOf[event.write()] = event.block();
                machine.submit(event.write(), region(event.block()), new Extent(event.block(), event.block() + 1L));
            }
            case FLUSH -> asked = true;
            case READ -> { }
            case UNMOUNT -> machine.unmountBegin();
            case LOG_FLUSHED -> machine.logFlushEnd();
            case LEG_FLUSHED -> machine.legFlushEnd(event.leg());
            case SYNCED -> machine.syncEnd();
            case KILL -> forget();
            case DONE -> done(event.want(), event.equal());
        }
        return machine == null ? Answer.NOTHING : new Answer(wants(), reads());
    }

    private void forget() {
        machine = null;
        asked = false;
    }

    private int region(int block) {
        return block / size.blocksPerRegion();
    }

    private int chunk(int block) {
        return block % size.blocksPerRegion();
    }

    private void done(Want want, boolean equal) {
        switch (want.kind()) {
            case LOG_WRITE -> machine.logWrite();
            case LOG_FLUSH -> machine.logFlushBegin();
            case ISSUE -> machine.issue(want.write());
            case LEG_WRITE -> machine.legWrite(want.write(), want.leg());
            case END_WRITE -> machine.endWrite(want.write());
            case QUIESCE -> machine.quiesce(want.region());
            case FLUSH_LEGS -> {
                if (asked) {
                    machine.flushBegin();
                } else {
                    machine.certifyBegin();
                }
                asked = false;
            }
            case END_FLUSH -> machine.flushEnd();
            case MARK_CLEAN -> machine.certifyEnd();
            case NOMINATE -> machine.nominate();
            case SYNC -> machine.syncBegin();
            case COMPARE -> machine.compare(region(want.block()), chunk(want.block()), equal);
            case RESYNC -> machine.resyncBegin(want.region());
            case COPY_BLOCK -> machine.resyncCopy(chunk(want.block()), want.leg());
            case END_RESYNC -> machine.resyncEnd(want.region());
            case CLOSE -> {
                machine.unmountEnd();
                forget();
            }
        }
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
        for (int region = 0; region < size.regions(); region++) {
            addIf(Step.of(Action.QUIESCE, region), Want.of(Want.Kind.QUIESCE, region), wants);
            addIf(Step.of(Action.RESYNC_BEGIN, region), Want.of(Want.Kind.RESYNC, region), wants);
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

    private void ofBlock(int block, Set<Want> wants) {
        addIf(new Step(Action.COMPARE, region(block), chunk(block)), Want.of(Want.Kind.COMPARE, block), wants);
        for (int leg = 0; leg < size.legs() && machine.resyncRegion() == region(block); leg++) {
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
        if (machine.enabled(step)) {
            wants.add(want);
        }
    }

    private List<Boolean> bits() {
        List<Boolean> bits = new ArrayList<>();
        for (int region = 0; region < size.regions(); region++) {
            bits.add(machine.bit(region));
        }
        return bits;
    }

    private List<Set<Integer>> reads() {
        List<Set<Integer>> reads = new ArrayList<>();
        for (int region = 0; region < size.regions(); region++) {
            Set<Integer> legs = new HashSet<>();
            for (int leg = 0; leg < size.legs(); leg++) {
                if (machine.mayRead(region, leg)) {
                    legs.add(leg);
                }
            }
            reads.add(legs);
        }
        return reads;
    }

    @Override
    public String end() {
        forget();
        return "it says nothing";
    }
}
