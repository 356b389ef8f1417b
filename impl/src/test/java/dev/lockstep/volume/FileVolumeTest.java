package dev.lockstep.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.log.LegLabel;
import dev.lockstep.log.LogContents;
import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Action;
import dev.lockstep.region.Policy;
import dev.lockstep.region.RegionState;
import dev.lockstep.region.Step;
import dev.lockstep.store.Access;
import dev.lockstep.store.FileLeg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The library as a program uses it: real files, real threads. */
@Timeout(120)
class FileVolumeTest {
    static final List<Policy> POLICIES = Policy.all();
    private static final int REGION = 16 << 10;
    /** The last region is short. */
    private static final Layout LAYOUT = new Layout(4 * REGION + 1536, REGION, 3, 1);

    @TempDir
    private Path folder;
    private Path log;
    private List<Path> legs;

    @BeforeEach
    void name() {
        log = folder.resolve("log");
        legs = legs(LAYOUT.legs());
    }

    @AfterEach
    void leaveNoInterruptBehind() {
        Thread.interrupted();
    }

    private List<Path> legs(int count) {
        return IntStream.range(0, count).mapToObj(leg -> folder.resolve("leg" + leg)).toList();
    }

    private FileVolume create(Policy policy) throws IOException {
        return FileVolume.create(log, legs, LAYOUT, policy);
    }

    private FileVolume open(Policy policy) throws IOException {
        return FileVolume.open(log, VolumeDescription.of(legs, LAYOUT), policy);
    }

    private static ByteBuffer filled(int length, int with) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) with);
        return ByteBuffer.allocateDirect(length).put(bytes).flip();
    }

    private static byte[] read(FileVolume volume, long position, int length) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(length);
        volume.read(into, position);
        assertThat(into.hasRemaining()).isFalse();
        return into.array();
    }

    /** Made for dm-mirror: no labels, and a log that says nothing of its volume. */
    private FileVolume createForDm(Policy policy) throws IOException {
        return FileVolume.create(log, legs, LAYOUT, policy, LogFormat.DM, false);
    }

    /** The bytes of a leg without its label. */
    private static byte[] data(Path leg, Layout layout) throws IOException {
        return Arrays.copyOf(Files.readAllBytes(leg), (int) layout.bytes());
    }

    private static byte[] data(Path leg) throws IOException {
        return data(leg, LAYOUT);
    }

    private void assertLegsHold(byte[] expected) throws IOException {
        for (Path leg : legs) {
            assertThat(Arrays.copyOf(Files.readAllBytes(leg), expected.length)).as(leg.toString()).isEqualTo(expected);
        }
    }

    private void assertAllClean(Layout layout) throws IOException {
        try (FileLeg file = FileLeg.open(log, Access.READ_ONLY)) {
            LogContents found = LogContents.read(file, layout.regions());
            assertThat(found.distrust()).isEmpty();
            assertThat(found.image().dirtyCount()).isZero();
        }
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

    @ParameterizedTest
    @ValueSource(ints = {2, 9})
    void twoToNineLegsOfAnyLengthThatIsWholeSectors(int count) throws IOException {
        legs = legs(count);
        for (long bytes : new long[] {512, 4096 + 512, (1 << 20) + 512}) {
            Layout layout = Layout.of(bytes, count);
            try (FileVolume volume = FileVolume.create(log, legs, layout, Policy.COMPARE_LEGS)) {
                volume.write(filled(512, 7), bytes - 512);
                assertThat(read(volume, bytes - 512, 512)).containsOnly(7);
            }
            assertLegsHold(data(legs.get(count - 1), layout));
            try (FileVolume volume = FileVolume.open(log, VolumeDescription.of(legs), Policy.NEVER_CLEAN)) {
                assertThat(volume.layout()).as("found from the legs alone").isEqualTo(layout);
                assertThat(volume.distrust()).isEmpty();
            }
            removeAll();
        }
    }

    private void removeAll() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void legsOfDifferentLengthsAreRefusedUnlessTheVolumesLengthIsKnown() throws IOException {
        createForDm(Policy.ORIGINAL).close();
        Files.write(legs.get(2), new byte[512], StandardOpenOption.APPEND);
        byte[] logBefore = Files.readAllBytes(log);
        assertThatThrownBy(() -> FileVolume.open(log, new VolumeDescription(legs, OptionalLong.empty(), OptionalInt.of(REGION), 1),
                Policy.ORIGINAL)).isInstanceOf(IOException.class)
                .hasMessage(legs.get(0) + ": is " + LAYOUT.bytes() + " bytes long; expected " + (LAYOUT.bytes() + 512) + ", as "
                        + legs.get(2) + " is");
        assertThatThrownBy(() -> FileVolume.open(log, VolumeDescription.of(legs,
                new Layout(LAYOUT.bytes() + 512, REGION, 3, 0)), Policy.ORIGINAL)).isInstanceOf(IOException.class)
                .hasMessage("leg " + legs.get(0) + " has " + LAYOUT.bytes() + " bytes; at least " + (LAYOUT.bytes() + 512)
                        + " are expected");
        assertThat(Files.readAllBytes(log)).isEqualTo(logBefore);
        try (FileVolume volume = open(Policy.ORIGINAL)) {
            volume.write(filled((int) LAYOUT.bytes(), 3), 0);
        }
        assertThat(Files.readAllBytes(legs.get(2))).hasSize((int) LAYOUT.bytes() + 512).endsWith(new byte[512]);
        assertThat(Arrays.copyOf(Files.readAllBytes(legs.get(2)), (int) LAYOUT.bytes())).containsOnly(3);
    }

    @Test
    void aLogThatDoesNotFitMakesEveryRegionOutOfSyncAndThatIsSaid() throws IOException {
        createForDm(Policy.ORIGINAL).close();
        Files.write(legs.get(0), new byte[] {1}, StandardOpenOption.WRITE);
        Files.write(log, new byte[512], StandardOpenOption.WRITE);
        try (FileVolume volume = open(Policy.ORIGINAL)) {
            assertThat(volume.distrust().orElseThrow()).startsWith(log + ": begins with the number 0x00000000");
            assertThat(Rig.in(volume.volume(), RegionState.NOSYNC)).hasSize(LAYOUT.regions());
            assertThat(read(volume, 0, 512)).as("from the source, leg 1").containsOnly(0);
            for (int region = 0; region < LAYOUT.regions(); region++) {
                volume.resync(region);
                int asked = region;
                while (volume.volume().inspect(driver -> driver.state(asked)) != RegionState.CLEAN) {
                    Thread.onSpinWait();
                }
            }
        }
        assertLegsHold(new byte[(int) LAYOUT.bytes()]);
        assertAllClean(LAYOUT);
    }

    @Test
    void whatCannotBeMadeLeavesNothingAndWhatIsThereUntouched() throws IOException {
        Files.write(legs.get(2), new byte[] {1, 2, 3});
        assertThatThrownBy(() -> create(Policy.ORIGINAL)).isInstanceOf(IOException.class)
                .hasMessage(legs.get(2) + ": cannot be created: it exists already");
        assertThat(Files.readAllBytes(legs.get(2))).containsExactly(1, 2, 3);
        assertThat(folder.toFile().list()).containsExactly("leg2");
        assertThatThrownBy(() -> FileVolume.create(log, legs(2), LAYOUT, Policy.ORIGINAL)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 legs are given; 3 are expected");
        List<Path> twice = List.of(folder.resolve("a"), folder.resolve("b"), folder.resolve("x/../a"));
        assertThatThrownBy(() -> FileVolume.create(log, twice, LAYOUT, Policy.ORIGINAL)).isInstanceOf(IOException.class)
                .hasMessage(twice.get(0) + " and " + twice.get(2) + " are the same file; a file of its own is expected for the log and "
                        + "for each leg");
        assertThat(folder.toFile().list()).containsExactly("leg2");
    }

    @Test
    void oneFileUnderTwoNamesIsRefused() throws IOException {
        createForDm(Policy.ORIGINAL).close();
        Path link = Files.createSymbolicLink(folder.resolve("link"), legs.get(0));
        VolumeDescription twice = VolumeDescription.of(List.of(legs.get(0), legs.get(1), link), LAYOUT);
        assertThatThrownBy(() -> FileVolume.open(log, twice, Policy.ORIGINAL)).isInstanceOf(IOException.class)
                .hasMessageContaining("are the same file");
        VolumeDescription missing = VolumeDescription.of(List.of(legs.get(0), folder.resolve("none")), new Layout(512, 4096, 2, 0));
        assertThatThrownBy(() -> FileVolume.open(log, missing, Policy.ORIGINAL)).isInstanceOf(IOException.class)
                .hasMessage(folder.resolve("none") + ": cannot be opened for reading and writing: no such file or folder");
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
