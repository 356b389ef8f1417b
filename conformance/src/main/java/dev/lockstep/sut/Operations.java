package dev.lockstep.sut;

import dev.lockstep.cache.CacheView;
import dev.lockstep.region.Action;
import dev.lockstep.region.LegFlush;
import dev.lockstep.region.Step;
import dev.lockstep.trace.IntValue;
import dev.lockstep.trace.Label;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/**
 * What each spec action is on the production code. Actions that the environment or a timer begins are asked for and then
 * picked from the queue; the driver's own are only picked.
 */
final class Operations {
    private final Mirror mirror;
    private final Environment environment;
    private final Acknowledgements flushes = new Acknowledgements();
    private final Acknowledgements unmounts = new Acknowledgements();

    /** Of a mirror, and of what is above it. */
    Operations(Mirror mirror, Environment environment) {
        this.mirror = mirror;
        this.environment = environment;
    }

    /**
     * {@return the operation that a label stands for}
     *
     * @throws IllegalArgumentException if it stands for none
     */
    Operation of(Label label) {
        int[] p = label.arguments().stream().mapToInt(value -> (int) ((IntValue) value).value()).toArray();
        return switch (label.action()) {
            case "Store" -> op(() -> environment.mayStore(p[0]), () -> environment.store(p[0], p[1]));
            case "MarkPageDirty" -> op(() -> mirror.isUp() && cache().changing(p[0]), () -> mirror.cache().markDirty(p[0]));
            case "MarkFirst" -> op(() -> environment.mayMarkFirst(p[0]), () -> mirror.cache().markFirst(p[0]));
            case "FreeBlock" -> op(() -> environment.mayFree(p[0]), () -> environment.free(p[0]));
            case "Allocate" -> op(() -> environment.mayAllocate(p[0]), () -> environment.owners().allocate(p[0]));
            case "Commit" -> op(() -> mirror.isUp() && !environment.owners().isCommitted(p[0]), () -> environment.owners().commit(p[0]));
            case "Read" -> op(() -> environment.mayRead(p[0], p[1]), () -> environment.read(p[0], p[1]));
            case "WriteBackClear" -> asked(() -> environment.mayWriteBack(p[1]) && cache().firstFreeSlot() == p[0],
                    () -> mirror.cache().writeBack(p[1]), Step.of(Action.WRITE_BACK_CLEAR, p[1]));
            case "CopyPage" -> ofWriteBack(Step.of(Action.COPY_PAGE, p[0]));
            case "Submit" -> ofWriteBack(Step.of(Action.SUBMIT, p[0]));
            case "DirectWrite" -> op(() -> mirror.isUp() && environment.firstFreeSlot() == p[0] && !environment.owners().isFree(p[1]),
                    () -> environment.directWrite(p[0], p[1], p[2]));
            case "ChangeMemory" -> op(() -> mirror.isUp() && environment.mayChangeMemory(p[0], p[1], p[2]),
                    () -> environment.changeMemory(p[0], p[2]));
            case "Discard" -> op(() -> mirror.isUp() && environment.firstFreeSlot() == p[0] && environment.mayDiscard(p[1]),
                    () -> environment.discard(p[0], p[1]));
            case "Issue" -> ofWrite(Action.ISSUE, p[0], 0);
            case "LegWrite" -> ofWrite(Action.LEG_WRITE, p[0], p[2],
                    () -> !devices().isGone(p[2]) && environment.blockIn(p[0]) == p[1]);
            case "EndWrite" -> endWrite(p[0]);
            case "FlushBegin" -> asked(() -> driverAllows(Step.of(Action.FLUSH_BEGIN)),
                    () -> mirror.volume().flush(flushes.asked()), Step.of(Action.FLUSH_BEGIN));
            case "CertifyBegin" -> timed(Step.of(Action.CERTIFY_BEGIN), () -> mirror.volume().certify(), () -> false);
            case "Nominate" -> timed(Step.of(Action.NOMINATE), () -> mirror.volume().sweep(), this::goesOn);
            case "Suspect" -> asked(() -> driverAllows(Step.of(Action.SUSPECT, p[0])),
                    () -> mirror.volume().suspect(p[0]), Step.of(Action.SUSPECT, p[0]));
            case "ResyncBegin" -> asked(() -> driverAllows(Step.of(Action.RESYNC_BEGIN, p[0])),
                    () -> mirror.volume().resync(p[0]), Step.of(Action.RESYNC_BEGIN, p[0]));
            case "UnmountBegin" -> asked(() -> driverAllows(Step.of(Action.UNMOUNT_BEGIN)) && cache().idle()
                            && environment.owners().allCommitted(),
                    () -> mirror.volume().unmount(unmounts.asked()), Step.of(Action.UNMOUNT_BEGIN));
            case "Quiesce" -> own(Step.of(Action.QUIESCE, p[0]));
            case "LegFlushEnd" -> own(Step.of(Action.LEG_FLUSH_END, p[0]), () -> !devices().isGone(p[0]));
            case "ResyncCopy" -> own(new Step(Action.RESYNC_COPY, p[0] % mirror.size().blocksPerRegion(), p[1]),
                    () -> mirror.resyncs(p[0]) && !devices().isGone(p[1]) && !devices().isGone(mirror.source()));
            case "ResyncEnd" -> own(Step.of(Action.RESYNC_END, p[0]));
            case "LogWrite" -> own(Step.of(Action.LOG_WRITE));
            case "LogFlushBegin" -> own(Step.of(Action.LOG_FLUSH_BEGIN));
            case "LogFlushEnd" -> own(Step.of(Action.LOG_FLUSH_END));
            case "FlushEnd" -> endRound(Action.FLUSH_END);
            case "CertifyEnd" -> endRound(Action.CERTIFY_END);
            case "SyncBegin" -> syncBegin();
            case "SyncEnd" -> asked(() -> driverAllows(Step.of(Action.SYNC_END)) && mirror.sync().over(), () -> mirror.sync().end(),
                    Step.of(Action.SYNC_END));
            case "Compare" -> own(new Step(Action.COMPARE, p[0] / mirror.size().blocksPerRegion(),
                    p[0] % mirror.size().blocksPerRegion()), mirror::allAnswer);
            case "SyncFails" -> asked(() -> driverAllows(Step.of(Action.SYNC_FAILS)), () -> mirror.sync().fail(),
                    Step.of(Action.SYNC_FAILS));
            case "LegFails" -> op(() -> mirror.isUp() && mirror.mayFail(p[0]), () -> devices().fails(p[0]));
            case "NoticeFailure" -> op(() -> devices().isGone(p[0]) && driverAllows(Step.of(Action.NOTICE_FAILURE, p[0])),
                    () -> noticeFailure(p[0]));
            case "LegFlushFails" -> op(() -> mirror.mayFail(p[0])
                            && driverAllows(Step.of(Action.LEG_FLUSH_FAILS, p[0])), () -> flushFails(p[0]));
            case "DirtyAll" -> asked(() -> driverAllows(Step.of(Action.DIRTY_ALL)), mirror::dirtyAll, Step.of(Action.DIRTY_ALL));
            case "Replace" -> op(() -> mirror.isOut(p[0]), () -> {
                throw new IllegalArgumentException("what the device has is not said");
            });
            case "RecordBegin" -> op(() -> !mirror.isDown() && offeredAndAllowed(Step.of(Action.RECORD_BEGIN)),
                    () -> devices().flushForRecord(() -> pick(Step.of(Action.RECORD_BEGIN))));
            case "RecordFailure" -> own(Step.of(Action.RECORD_FAILURE), mirror::allAnswer);
            case "LegReturns" -> op(() -> devices().isGone(p[0]) && (mirror.isDown() || (mirror.out() & 1 << p[0]) != 0), () -> {
                throw new IllegalArgumentException("what the leg's cache has kept is not said");
            });
            case "Readmit" -> op(() -> !devices().isGone(p[0]) && driverAllows(Step.of(Action.READMIT, p[0])), () -> readmit(p[0]));
            case "UnmountEnd" -> op(() -> mirror.isClosing() && offeredAndAllowed(Step.of(Action.UNMOUNT_END)), () -> {
                unmounts.end("the unmount", () -> pick(Step.of(Action.UNMOUNT_END)));
                mirror.abandon();
            });
            case "Restart" -> op(() -> mirror.isDown(), () -> {
                flushes.forget();
                unmounts.forget();
                mirror.restart();
            });
            case "Kill" -> op(() -> !mirror.isDown(), mirror::abandon);
            case "PowerCut" -> op(() -> mirror.isDown(), mirror::abandon);
            default -> throw new IllegalArgumentException(Meaning.actions().contains(label.action())
                    ? "action " + label + " of Mirror.tla is one that the mirror has no method for yet"
                    : "action " + label + " is none that the mirror knows");
        };
    }

    /** A round's flush of a leg fails; or that before a record, which nobody waits for longer than that. */
    private void flushFails(int leg) {
        if (mirror.volume().inspect(driver -> driver.legFlush(leg)) == LegFlush.BUSY) {
            devices().opened(leg).failFlush();
            pick(Step.of(Action.LEG_FLUSH_END, leg));
        } else {
            mirror.volume().putOut(leg, new IOException("a flush of leg " + leg + " has failed"));
        }
        devices().opened(leg).cutFlushOff();
        devices().cutRecordFlushesOff();
    }

    /**
     * Has a leg fail, or a flush of it, when it has just been recorded that it is in use, which the driver does not know then: the leg fails at
     * its part of the record.
     */
    void putOutRecorded(int leg) {
        devices().failRecordedLeg(leg, () -> pick(Step.of(Action.RECORD_FAILURE)));
        devices().opened(leg).cutFlushOff();
        devices().cutRecordFlushesOff();
    }

    /**
     * Has the driver notice that a leg does not answer: by something that it would ask of the leg next, if there is such a thing;
     * else it is told.
     */
    private void noticeFailure(int leg) {
        Step asked = mirror.steps().waiting().stream().filter(step -> asksOf(step, leg) && driverAllows(step))
                .findFirst().orElse(null);
        if (asked != null) {
            mirror.steps().run(asked);
        } else {
            mirror.volume().putOut(leg, new IOException("leg " + leg + " does not answer"));
        }
        devices().opened(leg).cutFlushOff();
        devices().cutRecordFlushesOff();
    }

    private static boolean asksOf(Step step, int leg) {
        return switch (step.action()) {
            case LEG_WRITE, RESYNC_COPY -> step.second() == leg;
            case LEG_FLUSH_END -> step.first() == leg;
            default -> false;
        };
    }

    private void readmit(int leg) throws IOException {
        if (!mirror.volume().readmit(leg, devices().opened(leg))) {
            throw new RefusedException("leg " + leg + " is not readmitted");
        }
    }

    private Devices devices() {
        return mirror.devices();
    }

    /** A step of a page that is under write-back, and not submitted yet. */
    private Operation ofWriteBack(Step step) {
        return op(() -> mirror.isUp() && cache().pageIn(step.first()) >= 0 && cache().writeOf(step.first()) < 0
                && mirror.steps().isOffered(step), () -> pick(step));
    }

    private Operation ofWrite(Action action, int slot, int leg) {
        return ofWrite(action, slot, leg, () -> true);
    }

    private Operation ofWrite(Action action, int slot, int leg, BooleanSupplier also) {
        return op(() -> !mirror.isDown() && also.getAsBoolean() && environment.writeOf(slot) >= 0
                        && offeredAndAllowed(new Step(action, environment.writeOf(slot), leg)),
                () -> pick(new Step(action, environment.writeOf(slot), leg)));
    }

    /** To a file system the block then has its file's data. */
    private Operation endWrite(int slot) {
        Operation ofWrite = ofWrite(Action.END_WRITE, slot, 0);
        return op(ofWrite::enabled, () -> {
            int block = environment.blockIn(slot);
            ofWrite.perform();
            environment.owners().written(block);
        });
    }

    /** Whoever has asked for a flush is told when the round that serves it has ended. */
    private Operation endRound(Action action) {
        Operation own = own(Step.of(action));
        return op(own::enabled, () -> flushes.end("a flush", own::perform));
    }

    /** A sync() has the file system write its journal, too. */
    private Operation syncBegin() {
        Operation own = own(Step.of(Action.SYNC_BEGIN));
        return op(own::enabled, () -> {
            own.perform();
            environment.owners().commitAll();
        });
    }

    /** One of the driver's own: it has offered it, and would do it. */
    private Operation own(Step step) {
        return own(step, () -> true);
    }

    private Operation own(Step step, BooleanSupplier also) {
        return op(() -> !mirror.isDown() && also.getAsBoolean() && offeredAndAllowed(step), () -> pick(step));
    }

    private Operation asked(BooleanSupplier enabled, Operation.Doing ask, Step step) {
        return op(enabled, () -> {
            ask.perform();
            pick(step);
        });
    }

    /**
     * One that a timer asks for, as long as the volume is in use. One that is being closed comes to it by itself.
     *
     * @param later whether a volume that is being closed may come to it later
     */
    private Operation timed(Step step, Operation.Doing ask, BooleanSupplier later) {
        return op(() -> driverAllows(step) && (!mirror.isClosing() || mirror.steps().isOffered(step) || later.getAsBoolean()), () -> {
            if (!mirror.isClosing() || !mirror.steps().isOffered(step)) {
                ask.perform();
            }
            pick(step);
        });
    }

    /** Whether the driver would do something that it has offered. */
    private boolean goesOn() {
        return mirror.steps().waiting().stream().anyMatch(this::driverAllows);
    }

    private CacheView cache() {
        return mirror.cacheView();
    }

    private boolean driverAllows(Step step) {
        return !mirror.isDown() && mirror.volume().inspect(driver -> driver.enabled(step));
    }

    private boolean offeredAndAllowed(Step step) {
        return mirror.steps().isOffered(step) && driverAllows(step);
    }

    private void pick(Step step) {
        if (!mirror.steps().run(step)) {
            throw new RefusedException(step + " is not offered; the mirror offers " + mirror.steps().waiting());
        }
    }

    private static Operation op(BooleanSupplier enabled, Operation.Doing doing) {
        return Operation.of(enabled, doing);
    }
}
