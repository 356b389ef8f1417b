package dev.lockstep.sut;

import dev.lockstep.trace.IntValue;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * One thing that a driven mirror wants: an I/O that the rig is to do for it, an answer to its user, or a turn of its own work. Nothing of it
 * happens before the rig says so.
 *
 * @param kind   what it wants
 * @param write  the write that it is about, by the number that its user has given it; 0 where there is none
 * @param block  the block; 0 where there is none
 * @param leg    the leg that is written; 0 where there is none
 * @param region the region; 0 where there is none
 * @param from   what a leg is to be written from: {@code page} or {@code copy}; empty where that is no question
 * @param bits   the log's bits, one a region, true is clean; empty where it is not about the log
 */
public record Want(Kind kind, int write, int block, int leg, int region, String from, List<Boolean> bits) {
    /** From the page itself, as it is when the leg is written. */
    public static final String PAGE = "page";
    /** From what the page held when the write was submitted. */
    public static final String COPY = "copy";

    /** What a want says beside its name. */
    public enum Field {
        /** A write's number. */
        WRITE,
        /** A block of the volume. */
        BLOCK,
        /** A leg. */
        LEG,
        /** A region. */
        REGION,
        /** What a leg is written from. */
        FROM,
        /** The log's bits. */
        BITS;

        /** {@return its key in the line protocol} */
        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What can be wanted. Each stands for an action of Mirror.tla. */
    public enum Kind {
        /** The bits are to be written to the log. */
        LOG_WRITE("log-write", "LogWrite", Field.BITS),
        /** A flush of the log is to begin. */
        LOG_FLUSH("log-flush", "LogFlushBegin"),
        /** The log lets a write go to its legs. */
        ISSUE("issue", "Issue", Field.WRITE),
        /** A leg is to be written. */
        LEG_WRITE("leg-write", "LegWrite", Field.WRITE, Field.BLOCK, Field.LEG, Field.FROM),
        /** The user is to hear that a write has ended. */
        END_WRITE("end-write", "EndWrite", Field.WRITE),
        /** The mirror is to see that a region has drained. */
        QUIESCE("quiesce", "Quiesce", Field.REGION),
        /** A flush of every leg is to begin: for the user who has just asked for one, else to mark regions clean. */
        FLUSH_LEGS("flush-legs", "CertifyBegin"),
        /** The legs' flush is over, and marks nothing; whoever asked for it is to hear that. */
        END_FLUSH("end-flush", "FlushEnd"),
        /** The legs' flush is over, and regions are to be taken for clean. */
        MARK_CLEAN("mark-clean", "CertifyEnd"),
        /** A sweep is to begin. */
        NOMINATE("nominate", "Nominate"),
        /** sync() is to be called, or idea 3's pass to begin. */
        SYNC("sync", "SyncBegin"),
        /** A block is to be read from every leg and compared. */
        COMPARE("compare", "Compare", Field.BLOCK),
        /** A region's resync is to begin. */
        RESYNC("resync", "ResyncBegin", Field.REGION),
        /** A block is to be copied from the source to a leg. */
        COPY_BLOCK("copy", "ResyncCopy", Field.BLOCK, Field.LEG),
        /** A region's resync is to end. */
        END_RESYNC("end-resync", "ResyncEnd", Field.REGION),
        /** The volume is closed: all that can be marked clean is, durably. */
        CLOSE("close", "UnmountEnd");

        private final String written;
        private final String action;
        private final List<Field> fields;

        Kind(String written, String action, Field... fields) {
            this.written = written;
            this.action = action;
            this.fields = List.of(fields);
        }

        /** {@return its name in the line protocol} */
        public String written() {
            return written;
        }

        /** {@return the action of Mirror.tla that happens when the rig does it} */
        public String action() {
            return action;
        }

        /** {@return what it says beside its name, in this order} */
        public List<Field> fields() {
            return fields;
        }
    }

    /** Keeps a copy of the bits. */
    public Want {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(from);
        bits = List.copyOf(bits);
    }

    /**
     * {@return a want of numbers alone}
     *
     * @param kind    what is wanted
     * @param numbers the numbers of its fields that are numbers, in their order
     */
    public static Want of(Kind kind, int... numbers) {
        return of(kind, "", List.of(), numbers);
    }

    /**
     * {@return a want that a leg be written}
     *
     * @param write the write
     * @param block the block
     * @param leg   the leg
     * @param from  from what
     */
    public static Want legWrite(int write, int block, int leg, String from) {
        return of(Kind.LEG_WRITE, from, List.of(), write, block, leg);
    }

    /**
     * {@return a want that the log be written}
     *
     * @param bits its bits, true is clean
     */
    public static Want logWrite(List<Boolean> bits) {
        return of(Kind.LOG_WRITE, "", bits);
    }

    static Want of(Kind kind, String from, List<Boolean> bits, int... numbers) {
        int[] of = new int[Field.values().length];
        int next = 0;
        for (Field field : kind.fields()) {
            if (field.ordinal() <= Field.REGION.ordinal()) {
                of[field.ordinal()] = numbers[next++];
            }
        }
        return new Want(kind, of[Field.WRITE.ordinal()], of[Field.BLOCK.ordinal()], of[Field.LEG.ordinal()], of[Field.REGION.ordinal()],
                from, bits);
    }

    /** The number that a field has. */
    int number(Field field) {
        return switch (field) {
            case WRITE -> write;
            case BLOCK -> block;
            case LEG -> leg;
            case REGION -> region;
            case FROM, BITS -> throw new IllegalArgumentException(field + " is no number");
        };
    }

    /** {@return the action of Mirror.tla, with its parameters, that happens when the rig does it} */
    public Label label() {
        int[] numbers = kind.fields().stream().filter(field -> field.ordinal() <= Field.REGION.ordinal()).mapToInt(this::number).toArray();
        return Label.of(kind.action(), Arrays.stream(numbers).mapToObj(IntValue::new).toArray(Value[]::new));
    }

    /** As it stands in the line protocol. */
    @Override
    public String toString() {
        return WireText.of(this);
    }
}
