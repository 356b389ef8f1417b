package dev.lockstep.bench;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;

/** The threads that write, each with memory of its own. For one caller. */
final class Crew implements Closeable {
    /** The threads' counts are as many places from each other, or what one changes would be taken from the next one's cache. */
    private static final int APART = 16;

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "lockstep-bench");
        thread.setDaemon(true);
        return thread;
    });
    private final List<ByteBuffer> memories = new ArrayList<>();

    /** When a thread began and ended; the clock has no beginning, so only differences say anything. */
    private record Span(long begun, long ended) {
    }

    /** What threads did beside each other: how many writes, in how many nanoseconds. */
    record Work(long writes, long nanos) {
        Work and(Work other) {
            return new Work(writes + other.writes, nanos + other.nanos);
        }
    }

    /** What one thread does once all are there. */
    @FunctionalInterface
    private interface Duty {
        void perform(int number, ByteBuffer memory) throws IOException;
    }

    /** Has a target take a write at each of these places, once; the time is from the first thread's begin to the last one's end. */
    Work once(Target target, Load load, long[] positions) throws IOException {
        List<Future<Span>> working = begin(load, (number, memory) -> {
            int done = 0;
            for (int i = number; i < positions.length; i += load.inFlight()) {
                target.write(memory.duplicate(), positions[i]);
                done++;
                if (load.flushEvery() > 0 && done % load.flushEvery() == 0) {
                    target.flush();
                }
            }
        });
        Span whole = await(target, working);
        return new Work(positions.length, whole.ended - whole.begun);
    }

    /**
     * What was seen of threads that write without an end.
     *
     * @param seen what was done in the time that counts
     * @param all  how many writes were made, before and after that included
     */
    record Steady(Work seen, long all) {
    }

    /**
     * Has a target take writes at these places over and over, and looks at it while all threads are at it. So the time counts neither
     * while the threads come nor while some have ended and others have not, when fewer writes are in flight than the load says.
     *
     * @param before how long they write before it counts, in nanoseconds: the target's files come back into the processor's caches
     * @param nanos  how long it counts, about
     */
    Steady steadily(Target target, Load load, long[] positions, long before, long nanos) throws IOException {
        AtomicLongArray done = new AtomicLongArray(load.inFlight() * APART);
        AtomicBoolean enough = new AtomicBoolean();
        CountDownLatch underWay = new CountDownLatch(load.inFlight());
        List<Future<Span>> working = begin(load, (number, memory) -> {
            underWay.countDown();
            int at = number % positions.length;
            for (long writes = 1; !enough.get(); writes++) {
                target.write(memory.duplicate(), positions[at]);
                done.lazySet(number * APART, writes);
                at = (at + load.inFlight()) % positions.length;
            }
        });
        Work seen;
        try {
            underWay.await();
            TimeUnit.NANOSECONDS.sleep(before);
            long begun = System.nanoTime();
            long first = sum(done);
            TimeUnit.NANOSECONDS.sleep(nanos);
            long ended = System.nanoTime();
            seen = new Work(sum(done) - first, ended - begun);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("a measurement was cut short", e);
        } finally {
            enough.set(true);
        }
        await(target, working);
        return new Steady(seen, sum(done));
    }

    private static long sum(AtomicLongArray done) {
        long sum = 0;
        for (int i = 0; i < done.length(); i += APART) {
            sum += done.get(i);
        }
        return sum;
    }

    private List<Future<Span>> begin(Load load, Duty duty) {
        CyclicBarrier start = new CyclicBarrier(load.inFlight());
        List<Future<Span>> working = new ArrayList<>();
        for (int i = 0; i < load.inFlight(); i++) {
            int number = i;
            ByteBuffer memory = memory(number, load.block());
            working.add(threads.submit(() -> {
                start.await();
                long begun = System.nanoTime();
                duty.perform(number, memory);
                return new Span(begun, System.nanoTime());
            }));
        }
        return working;
    }

    private static Span await(Target target, List<Future<Span>> working) throws IOException {
        try {
            Span whole = working.get(0).get();
            for (Future<Span> each : working) {
                Span span = each.get();
                whole = new Span(whole.begun - span.begun > 0 ? span.begun : whole.begun, span.ended - whole.ended > 0 ? span.ended : whole.ended);
            }
            return whole;
        } catch (ExecutionException e) {
            throw new IOException(target.name() + " failed: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("a measurement was cut short", e);
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
