package dev.lockstep.sut;

import dev.lockstep.region.Mode;
import dev.lockstep.trace.IntValue;
import dev.lockstep.trace.Label;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What each spec action is on a driven mirror: something that its user or its devices do, of which it is told; or something that it wants,
 * which is done for it.
 */
final class DrivenOperations {
    private static final Map<String, Want.Kind> WANTED = Arrays.stream(Want.Kind.values())
            .collect(Collectors.toMap(Want.Kind::action, Function.identity()));
    private static final Label FLUSH_LEGS = Want.of(Want.Kind.FLUSH_LEGS).label();
    /** What happens to no driven mirror. */
    private static final Set<String> NEVER = Set.of("MarkFirst", "FreeBlock", "Allocate", "Commit", "RecordBegin", "RecordFailure", "DirtyAll", "NoticeFailure",
            "Readmit", "ChangeMemory", "Discard", "Suspect", "SyncFails", "LegFails", "LegFlushFails", "LegReturns", "Replace");

    private final DrivenMirror mirror;
    private final RigPages pages;
    /** Whether the flushes of a round were begun and the mirror has not ended it. */
    private boolean round;

    DrivenOperations(DrivenMirror mirror) {
        this.mirror = mirror;
        this.pages = mirror.pages();
    }

    SystemUnderTest.Prepared of(Label label) {
        if (WANTED.containsKey(label.action())) {
            return op(() -> mirror.wants().get(label) != null, () -> done(label));
        }
        int[] p = label.arguments().stream().mapToInt(value -> (int) ((IntValue) value).value()).toArray();
        return switch (label.action()) {
            case "Store" -> op(() -> isUp() && mirror.surroundings().storing() != Storing.NONE && pages.mayStore(p[0]), () -> pages.store(p[0], p[1]));
            case "MarkPageDirty" -> op(() -> isUp() && pages.changing(p[0]), () -> pages.mark(p[0]));
            case "WriteBackClear" -> op(() -> isUp() && pages.mayWriteBack(p[0], p[1]), () -> pages.writeBack(p[0], p[1]));
            case "CopyPage" -> op(() -> isUp() && pages.mayCopy(p[0]), () -> pages.copyPage(p[0]));
            case "Submit" -> op(() -> isUp() && pages.maySubmit(p[0]), () -> submit(p[0]));
            case "DirectWrite" -> op(() -> isUp() && pages.firstFree() == p[0], () -> {
                pages.direct(p[0], p[1], p[2]);
                submit(p[0]);
            });
            case "Read" -> op(() -> isUp() && mirror.wants().mayRead(p[0] / mirror.size().blocksPerRegion(), p[1]), () -> read(p[0], p[1]));
            case "LogFlushEnd" -> op(() -> isOpen() && mirror.open().logIsFlushed(), () -> {
                mirror.open().endLogFlush();
                mirror.tell(Event.of(Event.Kind.LOG_FLUSHED));
            });
            case "LegFlushEnd" -> op(() -> isOpen() && mirror.open().isFlushed(p[0]), () -> {
                mirror.open().endFlush(p[0]);
                mirror.tell(Event.legFlushed(p[0]));
            });
            case "FlushBegin" -> op(() -> isUp() && !round, this::flush);
            case "SyncEnd" -> op(() -> isUp() && pages.mayEndSync(), () -> {
                pages.endSync();
                mirror.tell(Event.of(Event.Kind.SYNCED));
            });
            case "UnmountBegin" -> op(() -> isUp() && pages.clean() && pages.idle(), mirror::unmount);
            case "Restart" -> op(mirror::isDown, () -> {
                round = false;
                mirror.restart();
            });
            case "Kill" -> op(this::isOpen, mirror::abandon);
            case "PowerCut" -> op(mirror::isDown, mirror::abandon);
            default -> never(label);
        };
    }

    private static SystemUnderTest.Prepared never(Label label) {
        if (!NEVER.contains(label.action())) {
            throw new IllegalArgumentException("action " + label + " is none that a driven mirror is told of");
        }
        return op(() -> false, () -> {
            throw new RefusedException(label + " happens to no driven mirror");
        });
    }

    private boolean isUp() {
        return mirror.mode() == Mode.UP;
    }

    private boolean isOpen() {
        return mirror.mode() != Mode.DOWN;
    }

    private void submit(int slot) {
        int block = pages.submit(slot);
        mirror.tell(Event.write(slot, block));
    }

    private void read(int block, int leg) throws IOException {
        int returned = mirror.devices().number(leg, block, mirror.open().read(leg, block));
        int held = mirror.devices().now(leg, block);
        if (returned != held) {
            throw new RefusedException("the read returned content " + returned + " of block " + block + ", and leg " + leg
                    + " holds content " + held);
        }
        mirror.tell(Event.read(block, leg));
    }

    /** A user's flush begins as it is asked for: the mirror has to want that at once. */
    private void flush() throws IOException {
        mirror.tell(Event.of(Event.Kind.FLUSH));
        done(FLUSH_LEGS);
    }

    /** What the mirror wants is done, and it is told. */
    private void done(Label label) throws IOException {
        Want want = mirror.wants().get(label);
        if (want == null) {
            throw new RefusedException("it is not wanted; the mirror wants " + mirror.wants().texts());
        }
        Event event = perform(want);
        if (want.kind() == Want.Kind.CLOSE) {
            mirror.closed(event);
        } else {
            mirror.tell(event);
        }
    }

    private Event perform(Want want) throws IOException {
        DrivenDevices open = mirror.open();
        switch (want.kind()) {
            case LOG_WRITE -> open.writeLog(want.bits());
            case LOG_FLUSH -> open.beginLogFlush();
            case LEG_WRITE -> open.write(want.leg(), want.block(), memory(want));
            case END_WRITE -> pages.end(want.write());
            case FLUSH_LEGS -> {
                open.beginFlushes();
                round = true;
            }
            case END_FLUSH, MARK_CLEAN -> round = false;
            case SYNC -> pages.beginSync();
            case COPY_BLOCK -> open.write(want.leg(), want.block(), open.read(Mirror.SOURCE, want.block()));
            case COMPARE -> {
                return Event.compared(want, open.equal(want.block()));
            }
            // A turn of its own: no device has to do with it.
            case ISSUE, QUIESCE, NOMINATE, RESYNC, END_RESYNC, CLOSE -> { }
        }
        return Event.done(want);
    }

    private ByteBuffer memory(Want want) {
        if (!pages.isSubmitted(want.write()) || pages.blockOf(want.write()) != want.block()) {
            throw new RefusedException(want + " is of no write that the mirror was given");
        }
        return want.from().equals(Want.COPY) ? pages.copy(want.write()) : pages.memory(want.write());
    }

    private static Operation op(BooleanSupplier enabled, Operation.Doing doing) {
        return Operation.of(enabled, doing);
    }
}
