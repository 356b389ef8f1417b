package dev.lockstep.validate;

import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.store.Leg;
import dev.lockstep.sut.Size;
import dev.lockstep.trace.Value;
import dev.lockstep.volume.Steps;
import dev.lockstep.volume.Volume;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes down what a mirror does that someone else opens and uses, on a seam and on devices of his own: what is recorded of it is what {@link Recording}
 * has of one that runs free. Beside that it takes down what power cuts were found to leave, at any instant of its life. For one thread.
 */
public final class Witness {
    private final Size size;
    private final Recorder recorder = new Recorder();
    private final Writes writes;
    private RecordingSteps steps;

    /** What a user does; it may throw. */
    @FunctionalInterface
    public interface Act {
        /**
         * Does it.
         *
         * @throws IOException if the mirror fails
         */
        void perform() throws IOException;
    }

    /**
     * Of a mirror that does nothing yet.
     *
     * @param size       the volume's size: a block of the specification is a page, of which one sector is ever changed, and has to tell
     * @param cacheSlots how many writes of pages there can be at a time
     * @param reading    how that sector is read
     */
    public Witness(Size size, int cacheSlots, Reading reading) {
        this.size = size;
        this.writes = new Writes(size.blocks(), cacheSlots, reading);
    }

    /**
     * The devices hold this when the mirror is opened for the first time, all of it durable.
     *
     * @param legs of each leg the contents of its blocks
     * @param log  the bits, region by region; true is clean
     */
    public void holding(List<List<Integer>> legs, List<Boolean> log) {
        long begin = recorder.now();
        recorder.add("Files", begin, recorder.now(), Value.tuple(legs.stream().map(each -> Value.tuple(each.stream().map(Value::of).toList())).toList()), bits(log));
    }

    /**
     * {@return devices on which it is seen what is done}
     *
     * @param devices the legs, then the log
     */
    public List<Leg> devices(List<? extends Leg> devices) {
        List<Leg> seen = new ArrayList<>();
        for (int leg = 0; leg < devices.size() - 1; leg++) {
            seen.add(new RecordingLeg(devices.get(leg), devices.get(leg), leg, size, recorder, writes));
        }
        seen.add(new RecordingLogLeg(devices.get(devices.size() - 1), recorder));
        return seen;
    }

    /**
     * {@return the seam of the mirror that is about to be opened}
     *
     * @param seam what runs the steps
     */
    public Steps seam(Steps seam) {
        steps = new RecordingSteps(seam, recorder, writes, size, () -> false, () -> false);
        return steps;
    }

    /**
     * The mirror is opened.
     *
     * @param opening opens it
     * @throws IOException if that is refused
     */
    public void opens(Act opening) throws IOException {
        does("Restart", opening);
    }

    /**
     * It is open, and none of its steps has been run.
     *
     * @param volume it
     * @param log    its log
     */
    public void opened(Volume volume, DirtyRegionLog log) {
        steps.of(log);
        steps.of(volume);
    }

    /** Its process has died. */
    public void killed() {
        long begin = recorder.now();
        recorder.add("Kill", begin, recorder.now());
    }

    /** Someone is told of what the step that is being run is the end of. */
    public void tells() {
        Frame frame = recorder.frame();
        if (frame != null) {
            frame.tells();
        }
    }

    /** The step that is being run asks for something that it is the beginning of. */
    public void asks() {
        Frame frame = recorder.frame();
        if (frame != null) {
            frame.asks();
        }
    }

    /**
     * A page is stored into.
     *
     * @param page    the page
     * @param content the content that it has after that
     * @param store   stores
     * @throws IOException if the page cannot be read
     */
    public void stores(int page, int content, Act store) throws IOException {
        does("Store", store, Value.of(page), Value.of(content));
    }

    /**
     * A page that was stored into is marked page-dirty.
     *
     * @param page the page
     * @param mark marks it
     * @throws IOException never, unless it does
     */
    public void marks(int page, Act mark) throws IOException {
        does("MarkPageDirty", mark, Value.of(page));
    }

    /**
     * A write past the page cache begins, of a block that nothing else writes meanwhile.
     *
     * @param block   the block
     * @param content its content
     * @param submit  begins it
     * @return the write's number
     * @throws IOException if it is refused
     */
    public int writes(int block, int content, Act submit) throws IOException {
        int number = writes.direct(block);
        does("DirectWrite", submit, Value.of(number), Value.of(block), Value.of(content));
        return number;
    }

    /**
     * The user is told that such a write has ended.
     *
     * @param block its block
     */
    public void writeTold(int block) {
        toldOf("WriteTold", writes.ofBlock(block));
    }

    /** {@return the number of a flush that is about to be asked for} */
    public int nextFlush() {
        return writes.next();
    }

    /**
     * A flush is asked for.
     *
     * @param number its number
     * @param ask    asks for it
     * @throws IOException if it is refused
     */
    public void flushes(int number, Act ask) throws IOException {
        does("FlushAsked", ask, Value.of(number));
    }

    /**
     * The user is told that a flush has ended.
     *
     * @param number its number
     */
    public void flushTold(int number) {
        toldOf("FlushTold", number);
    }

    private void toldOf(String what, int number) {
        tells();
        long begin = recorder.now();
        recorder.add(what, begin, recorder.now(), Value.of(number));
    }

    /** In the midst of a step something may be done, too: a step's frame goes on after that. */
    private void does(String what, Act act, Value... arguments) throws IOException {
        Frame frame = new Frame(recorder, what, arguments);
        Frame before = recorder.enter(frame);
        try {
            act.perform();
        } finally {
            recorder.enter(before);
        }
        frame.done(what, true, arguments);
    }

    /** {@return how much was seen by now; as long as that stays the same nothing has been done} */
    public int seen() {
        return recorder.count();
    }

    /**
     * Power cuts at this instant were found to leave this. A cut leaves of each block of each device some content, whatever it leaves of the others: so
     * it says as much of all that they leave to say of each block what they leave of it.
     *
     * @param legs     of each block of each leg the contents
     * @param log      of the log the bits, region by region; true is clean
     * @param outcomes how many outcomes there are of all devices together, each counted once
     */
    public void cutLeaves(List<List<Set<Integer>>> legs, Set<List<Boolean>> log, int outcomes) {
        long begin = recorder.now();
        recorder.add(CutFound.NAME, begin, recorder.now(),
                Value.tuple(legs.stream().map(leg -> Value.tuple(leg.stream().map(Witness::contents).toList())).toList()),
                Value.set(log.stream().map(Witness::bits).toList()), Value.of(outcomes));
    }

    private static Value contents(Set<Integer> contents) {
        return Value.set(contents.stream().map(Value::of).toList());
    }

    private static Value bits(List<Boolean> bits) {
        return Value.tuple(bits.stream().map(Value::of).toList());
    }

    /**
     * {@return what was seen}
     *
     * @param settings the mirror
     * @param cutShort how it was cut short, one sentence: it fails; empty if it was not
     */
    public Recording recording(RunSettings settings, Optional<String> cutShort) {
        return Recording.of(settings, cutShort.isPresent() ? recorder.eventsAndBegun() : recorder.events(), cutShort);
    }
}
