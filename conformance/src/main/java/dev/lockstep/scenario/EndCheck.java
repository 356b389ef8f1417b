package dev.lockstep.scenario;

import dev.lockstep.scenario.ForcedRun.End;
import dev.lockstep.scenario.ForcedRun.Left;
import dev.lockstep.sut.DeviceImage;
import dev.lockstep.sut.DiskImage;
import dev.lockstep.sut.Mirror;
import dev.lockstep.sut.RefusedException;
import dev.lockstep.sut.Size;
import dev.lockstep.sut.Variable;
import dev.lockstep.sut.Variables;
import dev.lockstep.trace.FunctionValue;
import dev.lockstep.trace.IntValue;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.RecordValue;
import dev.lockstep.trace.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Sees whether the harm that a property speaks of is there, on the mirror itself and not by its variables alone. For
 * NoDesync a power cut is made that keeps different legs under a clean bit, if the volatile caches allow one, and the
 * volume is opened again, for NoDesyncOwned where a file owns the block then; for ReadStability the block is read from both legs.
 */
final class EndCheck {
    private static final int SHOWN_BYTES = 16;
    private static final int BLOCK = 0;
    private static final int FIRST = 0;
    private static final int SECOND = 1;
    /** The bits of a log whose one region is clean. */
    private static final long CLEAN = 1;
    private static final Value ZERO = Value.of(0);
    private static final Label RESYNC = Label.of("ResyncBegin", ZERO);
    /** After opening, the log is written and made durable before a resync could begin. */
    private static final List<Label> LOG_SETTLES = List.of(Label.of("LogWrite"), Label.of("LogFlushBegin"), Label.of("LogFlushEnd"));

    private final Mirror mirror;
    private final List<String> story = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();

    EndCheck(Mirror mirror) {
        this.mirror = mirror;
    }

    /** Checks the end of a counterexample to a property. */
    End of(String property) throws IOException {
        Left afterSteps = look();
        switch (property) {
            case "NoDesync" -> noDesync();
            case "NoDesyncOwned" -> noDesyncOwned();
            case "ReadStability" -> readStability();
            case "ReadsAgree" -> readsAgree();
            default -> wrong.add("what a violation of " + property + " leaves cannot be looked at: NoDesync, NoDesyncOwned, "
                    + "ReadStability or ReadsAgree was expected");
        }
        return new End(afterSteps, look(), story, wrong);
    }

    private void noDesync() throws IOException {
        DiskImage killed = mirror.image();
        Optional<DiskImage> worst = worstCut(killed);
        if (worst.isEmpty()) {
            wrong.add("no power cut now can leave different legs under a clean bit: leg = " + observed("leg") + ", log = "
                    + observed("log"));
            return;
        }
        mirror.prepare(Label.of("PowerCut")).perform();
        mirror.load(worst.get());
        story.add("The power is cut. The volatile caches allow that leg 0 keeps content " + worst.get().legs().get(FIRST).now()[BLOCK]
                + ", leg 1 content " + worst.get().legs().get(SECOND).now()[BLOCK] + ", and the log a clean bit.");
        mirror.prepare(Label.of("Restart")).perform();
        require(clean(observed("log")), "the volume was opened, and its log says that the region is dirty");
        for (Label label : LOG_SETTLES) {
            if (mirror.prepare(label).enabled()) {
                mirror.prepare(label).perform();
            }
        }
        require(at(observed("state")).equals(Value.of("CLEAN")), "the volume was opened, and the region is " + at(observed("state")));
        require(!mirror.prepare(RESYNC).enabled(), "the volume was opened, and resyncs the region");
        if (wrong.isEmpty()) {
            story.add("The volume is opened: its log says clean, the region is CLEAN, and nothing is resynced.");
        }
        readBoth();
    }

    /** What is in a free block nobody reads: the file system has to find the block owned by a file. */
    private void noDesyncOwned() throws IOException {
        noDesync();
        require(at(observed("owned")).equals(Value.of("owned")), "the file system finds the block " + at(observed("owned")));
        if (wrong.isEmpty()) {
            story.add("The file system's journal says that the block is owned by a file, which reads it.");
        }
    }

    private void readStability() throws IOException {
        RecordValue slot = (RecordValue) at(observed("slot"));
        require(!slot.fields().get("phase").equals(Value.of("issued")), "a write to the block is under way: it may be read as it "
                + "was before or will be after");
        if (wrong.isEmpty()) {
            story.add("No write to the block is under way, and nothing has crashed.");
        }
        readBoth();
    }

    /** The block was read from a leg that has failed since: what the leg in its place returns is what the last step read. */
    private void readsAgree() throws IOException {
        int source = (int) ((IntValue) observed("source")).value();
        Mirror.Prepared read = mirror.prepare(Label.of("Read", ZERO, Value.of(source)));
        require(!observed("out").equals(Value.set()), "no leg is out of use");
        require(read.enabled(), "the block may not be read from leg " + source);
        if (read.enabled()) {
            read.perform();
        }
        require(!look().legsEqual(), "the legs are equal");
        if (wrong.isEmpty()) {
            story.add("No write to the block is under way, and nothing has crashed. The leg that served a read before is out of use.");
            story.add("The block is read from leg " + source + ", the source now: two different contents, with no write in between.");
        }
    }

    /** Reads the block from both legs through the volume, which checks that this is what the leg's file holds. */
    private void readBoth() throws IOException {
        for (int leg : new int[] {FIRST, SECOND}) {
            Mirror.Prepared read = mirror.prepare(Label.of("Read", ZERO, Value.of(leg)));
            try {
                require(read.enabled(), "the block may not be read from leg " + leg);
                if (read.enabled()) {
                    read.perform();
                }
            } catch (RefusedException e) {
                wrong.add(e.getMessage());
            }
        }
        require(!look().legsEqual(), "the legs are equal");
        if (wrong.isEmpty()) {
            story.add("The block is read through the volume, once from each leg: two different contents.");
        }
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            wrong.add(otherwise);
        }
    }

    /** What a power cut would leave that keeps different legs under a clean bit; none if the volatile caches allow none. */
    private Optional<DiskImage> worstCut(DiskImage killed) throws IOException {
        for (int first : kept(killed, FIRST)) {
            for (int second : kept(killed, SECOND)) {
                if (first != second && mayBeClean(killed)) {
                    return Optional.of(killed.with(List.of(only(first), only(second)), killed.log().cut(CLEAN)));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean mayBeClean(DiskImage killed) {
        return (killed.log().may() >>> CLEAN & 1) != 0;
    }

    /** The contents of a leg of which a power cut may keep any: first what it holds now. */
    private static List<Integer> kept(DiskImage killed, int device) {
        DeviceImage image = killed.legs().get(device);
        List<Integer> contents = new ArrayList<>(List.of(image.now()[BLOCK]));
        for (long left = image.may()[BLOCK]; left != 0; left &= left - 1) {
            int content = Long.numberOfTrailingZeros(left);
            if (content != image.now()[BLOCK]) {
                contents.add(content);
            }
        }
        return contents;
    }

    private static DeviceImage only(int content) {
        return new DeviceImage(new int[] {content}, new long[] {1L << content});
    }

    private Left look() throws IOException {
        byte[] first = mirror.bytes(FIRST, BLOCK);
        byte[] second = mirror.bytes(SECOND, BLOCK);
        int differing = Arrays.mismatch(first, second);
        int offset = Math.max(0, differing) / SHOWN_BYTES * SHOWN_BYTES;
        HexFormat hex = HexFormat.of();
        return new Left(List.of(hex.formatHex(first, offset, offset + SHOWN_BYTES), hex.formatHex(second, offset, offset + SHOWN_BYTES)),
                offset, differing, clean(observed("log")) ? "clean" : "dirty");
    }

    private Value observed(String name) throws IOException {
        return variable(name).decode(variable(name).observe(mirror));
    }

    private static Variable variable(String name) {
        return Variables.of(Size.SMALLEST).stream().filter(variable -> variable.name().equals(name)).findFirst().orElseThrow();
    }

    private static boolean clean(Value log) {
        return at(((RecordValue) log).fields().get("now")).equals(Value.of(true));
    }

    /** What a function has for the one block, region or slot that there is. */
    private static Value at(Value function) {
        return ((FunctionValue) function).entries().get(ZERO);
    }
}
