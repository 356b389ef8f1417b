package dev.lockstep.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.log.LegLabel;
import dev.lockstep.region.Action;
import dev.lockstep.region.Policy;
import dev.lockstep.region.RegionState;
import dev.lockstep.region.Step;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The library as a program uses it: real files, real threads. */
@Timeout(120)
class FileVolumeTest extends OnFiles {
    static final List<Policy> POLICIES = Policy.all();

    @AfterEach
    void leaveNoInterruptBehind() {
        Thread.interrupted();
    }

    @ParameterizedTest
    @FieldSource("POLICIES")
    void whatIsWrittenAnywhereIsThereAndOnAllLegsAndCleanOnceItIsClosed(Policy policy) throws IOException {
        byte[] expected = new byte[(int) LAYOUT.bytes()];
        try (FileVolume volume = create(policy)) {
            assertThat(volume.layout()).isEqualTo(LAYOUT);
            assertThat(volume.distrust()).isEmpty();
            ByteBuffer across = filled(2 * REGION + 1024, 1);
            volume.write(across, REGION - 512);
            assertThat(across.hasRemaining()).isFalse();
            Arrays.fill(expected, REGION - 512, 3 * REGION + 512, (byte) 1);
            ByteBuffer heap = ByteBuffer.wrap(new byte[3072]).position(512).limit(2048);
            Arrays.fill(heap.array(), (byte) 2);
            volume.write(heap, LAYOUT.bytes() - 1536);
            assertThat(heap.position()).isEqualTo(2048);
            Arrays.fill(expected, (int) LAYOUT.bytes() - 1536, (int) LAYOUT.bytes(), (byte) 2);
            volume.discard(2 * REGION - 1024, 2048);
            Arrays.fill(expected, 2 * REGION - 1024, 2 * REGION + 1024, (byte) 0);
            volume.flush();
            assertThat(read(volume, 0, expected.length)).isEqualTo(expected);
            ByteBuffer part = ByteBuffer.allocate(4096).position(1024).limit(2048);
            volume.read(part, REGION);
            assertThat(part.limit()).isEqualTo(2048);
            assertThat(part.get(2047)).isOne();
            assertThat(part.get(0)).isZero();
        }
        assertLegsHold(expected);
        assertAllClean(LAYOUT);
        try (FileVolume volume = open(policy)) {
            assertThat(read(volume, 0, expected.length)).isEqualTo(expected);
            assertThat(Rig.in(volume.volume(), RegionState.NOSYNC)).isEmpty();
        }
    }

    @ParameterizedTest
    @FieldSource("POLICIES")
    void writesOfManyThreadsThatOverlapLeaveEqualLegs(Policy policy) throws Exception {
        AtomicReference<Throwable> problem = new AtomicReference<>();
        try (FileVolume volume = create(policy)) {
            List<Thread> threads = IntStream.range(0, 8).mapToObj(number -> new Thread(() -> {
                Random random = new Random(number);
                try {
                    for (int i = 0; i < 200; i++) {
                        int sectors = 1 + random.nextInt(48);
                        long position = random.nextInt((int) LAYOUT.bytes() / 512 - sectors + 1) * 512L;
                        switch (random.nextInt(8)) {
                            case 0 -> volume.discard(position, sectors * 512L);
                            case 1 -> volume.read(ByteBuffer.allocateDirect(sectors * 512), position);
                            case 2 -> volume.sweep();
                            case 3 -> volume.certify();
                            default -> volume.write(filled(sectors * 512, 1 + random.nextInt(100)), position);
                        }
                        if (i % 50 == 0) {
                            volume.flush();
                        }
                    }
                } catch (IOException | RuntimeException e) {
                    problem.compareAndSet(null, e);
                }
            })).toList();
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(problem.get()).isNull();
        assertLegsHold(data(legs.get(0)));
        assertAllClean(LAYOUT);
    }

    @Test
    void manyWritesOfOneThreadAreInFlightAndEachIsToldOnce() throws IOException {
        List<Told> told = new ArrayList<>();
        byte[] expected = new byte[(int) LAYOUT.bytes()];
        Random random = new Random(5);
        try (FileVolume volume = create(Policy.MAYBE_DIRTY)) {
            for (int i = 0; i < 500; i++) {
                int sectors = 1 + random.nextInt(40);
                int position = random.nextInt((int) LAYOUT.bytes() / 512 - sectors + 1) * 512;
                told.add(new Told());
                ByteBuffer from = filled(sectors * 512, i);
                volume.submit(from, position, told.get(i));
                assertThat(from.remaining()).isEqualTo(sectors * 512);
                Arrays.fill(expected, position, position + sectors * 512, (byte) i);
            }
            Told discarded = new Told();
            volume.discard(512, REGION, discarded);
            Arrays.fill(expected, 512, 512 + REGION, (byte) 0);
            told.add(discarded);
            told.add(new Told());
            volume.flush(told.get(told.size() - 1));
        }
        assertThat(told).as("closing waits for all").allMatch(Told::hasEnded);
        assertLegsHold(expected);
        assertAllClean(LAYOUT);
    }

    @Test
    void whatWasCopiedIsWrittenAndWhatDoesNotFitIsRefused() throws IOException {
        byte[] expected = new byte[(int) LAYOUT.bytes()];
        Arrays.fill(expected, 512, 1024, (byte) 1);
        Told told = new Told();
        try (FileVolume volume = create(Policy.BOUNCE_COPY)) {
            ByteBuffer memory = filled(512, 1);
            Copied copied = volume.copy(memory);
            memory.put(0, (byte) 2);
            assertThatThrownBy(() -> volume.submit(copied, 1, told)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> volume.submit(copied, LAYOUT.bytes(), told)).isInstanceOf(IndexOutOfBoundsException.class);
            volume.submit(copied, 512, told);
            assertThatThrownBy(() -> volume.submit(copied, 512, told)).isInstanceOf(IllegalStateException.class);
        }
        assertThat(told.hasEnded()).as("closing waits for it").isTrue();
        assertLegsHold(expected);
    }

    /** Ever so many writes that wait for each other need no deep stack. */
    @Test
    void thousandsOfWritesOfOneSectorQueueUp() throws IOException {
        AtomicInteger ended = new AtomicInteger();
        try (FileVolume volume = create(Policy.BOUNCE_COPY)) {
            for (int i = 0; i < 3_000; i++) {
                volume.submit(filled(512, i), 0, Completion.of(ended::incrementAndGet));
            }
        }
        assertThat(ended).hasValue(3_000);
        assertThat(Files.readAllBytes(legs.get(2))[0]).isEqualTo((byte) 2_999);
        assertLegsHold(data(legs.get(0)));
    }

    @Test
    void aCompletionMayAskForMoreAndMayNotWait() throws IOException {
        ConcurrentLinkedQueue<Throwable> refused = new ConcurrentLinkedQueue<>();
        Told second = new Told();
        try (FileVolume volume = create(Policy.ORIGINAL)) {
            volume.submit(filled(512, 1), 0, Completion.of(() -> {
                for (Asking waiting : List.<Asking>of(() -> volume.write(filled(512, 2), 0), volume::flush, volume::close,
                        () -> volume.discard(0, 512))) {
                    try {
                        waiting.ask();
                    } catch (IOException | IllegalStateException e) {
                        refused.add(e);
                    }
                }
                Asking.ask(() -> volume.submit(filled(512, 3), 0, second));
            }));
            volume.write(filled(512, 4), 1024);
            volume.flush();
            second.await();
        }
        assertThat(refused).hasSize(4).allMatch(e -> e instanceof IllegalStateException
                && e.getMessage().startsWith("a completion may not wait for a volume"));
        assertThat(Files.readAllBytes(legs.get(0))[0]).isEqualTo((byte) 3);
    }

    /** Real interrupts, in every call and while it waits for other threads. */
    @Test
    void anInterruptFailsNothingAndStaysPending() throws Exception {
        Thread.currentThread().interrupt();
        FileVolume volume = create(Policy.BOUNCE_COPY);
        volume.close();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        FileVolume reopened = open(Policy.COMPARE_LEGS);
        assertThat(Thread.interrupted()).isTrue();
        int noticedEach = 200;
        AtomicReference<Throwable> problem = new AtomicReference<>();
        List<Thread> victims = IntStream.range(0, 3).mapToObj(number -> new Thread(() -> {
            Random random = new Random(number);
            int noticed = 0;
            try {
                while (noticed < noticedEach) {
                    // All in one place, so that they wait for each other, too.
                    reopened.write(filled(4096, random.nextInt()), 0);
                    reopened.discard(random.nextInt(8) * 512L, 512);
                    reopened.read(ByteBuffer.allocate(1024), 0);
                    if (random.nextInt(16) == 0) {
                        reopened.flush();
                        reopened.sweep();
                        reopened.certify();
                    }
                    noticed += Thread.interrupted() ? 1 : 0;
                }
            } catch (IOException | RuntimeException e) {
                problem.compareAndSet(null, e);
            }
        })).toList();
        victims.forEach(Thread::start);
        while (victims.stream().anyMatch(Thread::isAlive)) {
            victims.forEach(Thread::interrupt);
            Thread.onSpinWait();
        }
        assertThat(problem.get()).isNull();
        reopened.flush();
        Thread.currentThread().interrupt();
        reopened.close();
        assertThat(Thread.interrupted()).isTrue();
        assertLegsHold(data(legs.get(0)));
        assertAllClean(LAYOUT);
    }

    @Test
    void closingWaitsForWhatIsUnderWayAndThenEverythingIsRefused() throws Exception {
        FileVolume volume = create(Policy.ORIGINAL);
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        volume.submit(filled(512, 1), 0, Completion.of(() -> {
            told.countDown();
            awaitQuietly(go);
        }));
        told.await();
        AtomicReference<IOException> problem = new AtomicReference<>();
        Thread closing = new Thread(() -> {
            try {
                volume.close();
            } catch (IOException e) {
                problem.set(e);
            }
        });
        closing.start();
        while (closing.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThatThrownBy(() -> volume.write(filled(512, 1), 0)).isInstanceOf(IOException.class).hasMessage("the volume is closed");
        go.countDown();
        closing.join();
        assertThat(problem.get()).isNull();
        for (Asking late : List.<Asking>of(() -> volume.read(filled(512, 1), 0), () -> volume.discard(0, 512), volume::flush,
                () -> volume.submit(filled(512, 1), 0, new Told()))) {
            assertThatThrownBy(late::ask).isInstanceOf(IOException.class).hasMessage("the volume is closed");
        }
        volume.sweep();
        volume.certify();
        volume.resync(0);
        volume.close();
        assertAllClean(LAYOUT);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void onlyWholeSectorsOfTheVolumeAreTakenAndTheRestTouchesNothing() throws IOException {
        try (FileVolume volume = create(Policy.BOUNCE_COPY)) {
            long bytes = LAYOUT.bytes();
            for (long[] wrong : new long[][] {{-512, 512}, {0, 0}, {0, 511}, {1, 512}, {bytes, 512}, {bytes - 512, 1024}, {0, bytes + 512},
                    {Long.MAX_VALUE / 512 * 512, 512}}) {
                String message = wrong[1] + " bytes at " + wrong[0] + " are not whole sectors of 512 bytes in a volume of " + bytes;
                ByteBuffer buffer = ByteBuffer.allocate((int) wrong[1]);
                for (Asking refused : List.<Asking>of(() -> volume.read(buffer, wrong[0]), () -> volume.write(buffer, wrong[0]),
                        () -> volume.discard(wrong[0], wrong[1]), () -> volume.submit(buffer, wrong[0], new Told()))) {
                    assertThatThrownBy(refused::ask).isInstanceOf(IndexOutOfBoundsException.class).hasMessage(message);
                }
                assertThat(buffer.remaining()).isEqualTo((int) wrong[1]);
            }
            assertThatThrownBy(() -> volume.discard(0, -512)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> volume.resync(5)).isInstanceOf(IndexOutOfBoundsException.class);
            boolean clean = volume.volume().inspect(driver -> driver.bit(0));
            assertThat(clean).isTrue();
        }
    }

    @Test
    void aSweepCallsTheHook() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        try (FileVolume volume = create(Policy.MAYBE_DIRTY)) {
            Told returned = new Told();
            volume.syncWith(ended -> {
                calls.incrementAndGet();
                ended.ended();
                returned.ended();
            });
            volume.write(filled(512, 1), 0);
            volume.sweep();
            returned.await();
        }
        assertThat(calls).hasValue(1);
    }

    /** The volume stops underway in a write of several regions: its end is told once, and the volume can be closed. */
    @Test
    void aVolumeThatHasStoppedSaysSoAndIsClosedAllTheSame() throws IOException {
        FileVolume volume = create(Policy.ORIGINAL);
        volume.write(filled(512, 1), 0);
        // What a completion must not do stops the volume, as a failed leg does.
        volume.volume().submit(ByteBuffer.allocate(512), 0, Completion.of(() -> {
            throw new IllegalArgumentException("a completion that throws");
        }));
        Told told = new Told();
        try {
            volume.submit(filled(4 * REGION, 2), 0, told);
            assertThatThrownBy(told::await).isInstanceOf(IOException.class);
        } catch (IOException e) {
            assertThat(told.times()).isZero();
        }
        assertThatThrownBy(() -> volume.write(filled(512, 1), 0)).isInstanceOf(IOException.class)
                .hasMessageStartingWith("the volume has stopped: " + new Step(Action.LEG_WRITE, 0, 2) + " was cut short");
        assertThatThrownBy(volume::close).isInstanceOf(Exception.class);
        volume.close();
        assertThat(Files.readAllBytes(legs.get(0))).hasSize((int) LegLabel.legBytes(LAYOUT.bytes()));
    }
}
