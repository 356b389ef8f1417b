package dev.lockstep.bench;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The threads that write, each with memory of its own. For one caller. */
final class Crew implements Closeable {
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "lockstep-bench");
        thread.setDaemon(true);
        return thread;
    });
    private final List<ByteBuffer> memories = new ArrayList<>();

    /** When a thread began and ended; the clock has no beginning, so only differences say anything. */
    private record Span(long begun, long ended) {
    }

    /** Has a target take writes at these places, and returns how long that took from the first's begin to the last's end, in nanoseconds. */
    long run(Target target, Load load, long[] positions) throws IOException {
        CyclicBarrier start = new CyclicBarrier(load.inFlight());
        List<Future<Span>> working = new ArrayList<>();
        for (int number = 0; number < load.inFlight(); number++) {
            ByteBuffer memory = memory(number, load.block());
            int first = number;
            working.add(threads.submit(() -> {
                start.await();
                long begun = System.nanoTime();
                write(target, load, positions, first, memory);
                return new Span(begun, System.nanoTime());
            }));
        }
        try {
            Span whole = working.get(0).get();
            for (Future<Span> each : working) {
                Span span = each.get();
                whole = new Span(whole.begun - span.begun > 0 ? span.begun : whole.begun, span.ended - whole.ended > 0 ? span.ended : whole.ended);
            }
            return whole.ended - whole.begun;
        } catch (ExecutionException e) {
            throw new IOException(target.name() + " failed: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("a measurement was cut short", e);
        }
    }

    private static void write(Target target, Load load, long[] positions, int first, ByteBuffer memory) throws IOException {
        int done = 0;
        for (int i = first; i < positions.length; i += load.inFlight()) {
            target.write(memory.duplicate(), positions[i]);
            done++;
            if (load.flushEvery() > 0 && done % load.flushEvery() == 0) {
                target.flush();
            }
        }
    }

    private ByteBuffer memory(int number, int bytes) {
        if (number == memories.size()) {
            memories.add(ByteBuffer.allocateDirect(bytes));
        } else if (memories.get(number).capacity() < bytes) {
            memories.set(number, ByteBuffer.allocateDirect(bytes));
        }
        return memories.get(number).clear().limit(bytes);
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
