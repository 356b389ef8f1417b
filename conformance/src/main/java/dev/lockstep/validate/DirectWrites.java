package dev.lockstep.validate;

import dev.lockstep.sut.Size;
import dev.lockstep.trace.Value;
import dev.lockstep.volume.Completion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;

/** The part of a workload that writes past the page cache, and now and then changes the memory underway, or discards a block. Used by one thread. */
final class DirectWrites {
    private static final int CHANGED_IN = 3;
    private static final int DISCARDED_IN = 6;

    private final MirrorRun run;
    private final Recorder recorder;
    private final SplittableRandom random;
    private final int blocks;
    private final boolean discardsOnly;
    /** Memory that no write in flight has. */
    private final ArrayBlockingQueue<ByteBuffer> free;

    DirectWrites(MirrorRun run, Recorder recorder, RunSettings settings, SplittableRandom random) {
        this.run = run;
        this.recorder = recorder;
        this.random = random;
        this.blocks = settings.size().blocks();
        this.discardsOnly = !settings.writesDirectly();
        this.free = new ArrayBlockingQueue<>(settings.directSlots());
        for (int i = 0; i < settings.directSlots(); i++) {
            free.add(ByteBuffer.allocateDirect(Size.BLOCK_BYTES));
        }
    }

    /** Begins a write or a discard, once there is memory for one more. */
    void write() throws IOException, InterruptedException {
        ByteBuffer memory = free.take();
        int block = random.nextInt(blocks);
        int discard = discardsOnly || random.nextInt(DISCARDED_IN) == 0 ? run.writes().nextDiscard(block) : 0;
        if (discard != 0) {
            run.ask(() -> discard(discard, block, memory));
        } else if (discardsOnly) {
            free.add(memory);
        } else {
            write(block, memory);
        }
    }

    /** The memory is none of the discard's, and free again when it has ended: there are no more in flight than slots. */
    private void discard(int number, int block, ByteBuffer memory) throws IOException {
        Frame frame = new Frame(recorder, "Discard", Value.of(number), Value.of(block));
        recorder.enter(frame);
        try {
            run.volume().discard((long) block * Size.BLOCK_BYTES, Size.BLOCK_BYTES, telling(memory, () -> {
                run.writes().discardEnded();
                ended(number, memory);
            }));
        } finally {
            recorder.enter(null);
        }
        frame.done("Discard", true, Value.of(number), Value.of(block));
    }

    private void write(int block, ByteBuffer memory) throws IOException {
        int value = random.nextInt(Contents.VALUES);
        int number = run.writes().next();
        memory.clear().put(Contents.block(block, value, number)).flip();
        run.ask(() -> submit(number, block, value, memory));
        if (random.nextInt(CHANGED_IN) == 0) {
            change(memory, number, block);
        }
    }

    private void submit(int number, int block, int value, ByteBuffer memory) throws IOException {
        Frame frame = new Frame(recorder, "DirectWrite", Value.of(number), Value.of(block), Value.of(value));
        recorder.enter(frame);
        try {
            run.volume().submit(memory, (long) block * Size.BLOCK_BYTES, telling(memory, () -> ended(number, memory)));
        } finally {
            recorder.enter(null);
        }
        frame.done("DirectWrite", true, Value.of(number), Value.of(block), Value.of(value));
    }

    /** The memory may be another's no sooner than this thread takes it again. */
    private void change(ByteBuffer memory, int number, int block) {
        int value = random.nextInt(Contents.VALUES);
        Value[] told = {Value.of(number), Value.of(block), Value.of(value)};
        Frame frame = new Frame(recorder, "ChangeMemory", told);
        Contents.change(memory, value);
        frame.done("ChangeMemory", true, told);
    }

    /** A mirror that has stopped fails what it had yet to do, and refuses what comes: whoever waits for memory is to come to that. */
    private Completion telling(ByteBuffer memory, Runnable ended) {
        return new Completion() {
            @Override
            public void ended() {
                ended.run();
            }

            @Override
            public void failed(IOException cause) {
                free.add(memory);
            }
        };
    }

    private void ended(int number, ByteBuffer memory) {
        Frame frame = recorder.frame();
        if (frame != null) {
            frame.tells();
        }
        long begin = recorder.now();
        recorder.add("WriteTold", begin, recorder.now(), Value.of(number));
        free.add(memory);
    }
}
