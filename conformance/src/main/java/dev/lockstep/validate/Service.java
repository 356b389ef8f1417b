package dev.lockstep.validate;

import dev.lockstep.region.RegionState;
import dev.lockstep.sut.Size;
import dev.lockstep.trace.Value;
import dev.lockstep.volume.Completion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.function.IntFunction;

/** The part of a workload that asks for all that is not a write, reads, and looks at the driver. Used by one thread. */
final class Service {
    private static final int KINDS = 20;
    private static final int MOST_FLUSHES = 3;

    private final MirrorRun run;
    private final Recorder recorder;
    private final SplittableRandom random;
    private final Size size;
    private final boolean fails;
    private final Lock alone;
    private final AtomicInteger flushes = new AtomicInteger();

    Service(MirrorRun run, Recorder recorder, RunSettings settings, SplittableRandom random, Lock alone) {
        this.run = run;
        this.recorder = recorder;
        this.random = random;
        this.size = settings.size();
        this.fails = settings.fails();
        this.alone = alone;
    }

    /** Does one of the things that it does. */
    void serve() throws IOException {
        if (fails && run.failures().logFails()) {
            // Whatever waits for the log now waits for ever.
            look();
            return;
        }
        if (fails) {
            run.failures().goOn(run, random, alone);
        }
        int region = random.nextInt(size.regions());
        switch (random.nextInt(KINDS)) {
            case 0, 1, 2 -> run.ask(run.volume()::certify);
            case 3, 4, 5 -> run.ask(run.volume()::sweep);
            case 6, 7, 8 -> resync(region);
            case 9, 10, 11, 12, 13 -> run.ask(this::flush);
            case 14 -> suspect(region);
            case 15 -> read(random.nextInt(size.blocks()), random.nextInt(size.legs()));
            case 16, 17 -> look();
            default -> run.cache().writeBack(random.nextInt(size.blocks()));
        }
    }

    private void suspect(int region) throws IOException {
        if (random.nextInt(3) == 0 && run.failures().maySuspect()) {
            run.ask(() -> run.volume().suspect(region));
        }
    }

    private void resync(int region) throws IOException {
        if (run.volume().inspect(driver -> driver.state(region)) == RegionState.NOSYNC) {
            run.ask(() -> run.volume().resync(region));
        }
    }

    /** What is told may come before what is asked for has returned. */
    private void flush() throws IOException {
        if (flushes.get() == MOST_FLUSHES) {
            return;
        }
        flushes.incrementAndGet();
        Value number = Value.of(run.writes().next());
        Frame frame = new Frame(recorder, "FlushAsked", number);
        recorder.enter(frame);
        try {
            run.volume().flush(Completion.of(() -> flushed(number)));
        } finally {
            recorder.enter(null);
        }
        frame.done("FlushAsked", true, number);
    }

    private void flushed(Value number) {
        Frame frame = recorder.frame();
        if (frame != null) {
            frame.tells();
        }
        long begin = recorder.now();
        recorder.add("FlushTold", begin, recorder.now(), number);
        flushes.decrementAndGet();
    }

    private void read(int block, int leg) throws IOException {
        if (!run.volume().<Boolean>inspect(driver -> driver.mayRead(block / size.blocksPerRegion(), leg))) {
            return;
        }
        ByteBuffer into = ByteBuffer.allocateDirect(Size.BLOCK_BYTES);
        Frame frame = new Frame(recorder, "");
        recorder.enter(frame);
        try {
            run.volume().read(into, (long) block * Size.BLOCK_BYTES, leg);
        } catch (IOException e) {
            if (!run.failures().begun()) {
                throw e;
            }
            // The leg has failed, and the mirror has noticed.
            return;
        } catch (IllegalArgumentException e) {
            // The region has been written since it was asked for, and that leg may not serve it any more.
            return;
        } finally {
            recorder.enter(null);
        }
        frame.done("Read", true, Value.of(block), Value.of(leg), Value.of(Contents.value(into.flip())));
    }

    /** Looks at all the driver's variables that are of one instant. */
    private void look() {
        long begin = recorder.now();
        Value[] seen = run.volume().inspect(driver -> new Value[] {
            word(driver.mode()),
            each(size.regions(), region -> word(driver.state(region), false)),
            each(size.regions(), region -> Value.of(driver.bit(region))),
            each(size.regions(), region -> Value.of(driver.durablyDirty(region))),
            each(size.regions(), region -> Value.of(driver.chosen(region))),
            each(size.legs(), leg -> word(driver.legFlush(leg))),
            word(driver.logIo()),
            word(driver.sweep()),
            RecordingSteps.out(size.legs(), driver.out()),
            Value.of(driver.source())});
        recorder.add("Look", begin, recorder.now(), seen);
    }

    private static Value each(int count, IntFunction<Value> value) {
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(value.apply(i));
        }
        return Value.tuple(values);
    }

    private static Value word(Enum<?> constant) {
        return word(constant, true);
    }

    /** As Mirror.tla writes it: the states of regions as the mail does, all else in small letters. */
    private static Value word(Enum<?> constant, boolean small) {
        return Value.of(small ? constant.name().toLowerCase(Locale.ROOT) : constant.name());
    }
}
