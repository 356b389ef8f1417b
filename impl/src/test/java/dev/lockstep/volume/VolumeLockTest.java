package dev.lockstep.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.region.Policy;
import dev.lockstep.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A volume has one user. */
@Timeout(120)
class VolumeLockTest {
    private static final Layout LAYOUT = new Layout(64 << 10, 4 << 10, 2, 0);

    @TempDir
    private Path folder;

    private Path log;
    private Path lock;
    private List<Path> legs;

    @BeforeEach
    void aVolume() throws IOException {
        folder = folder.toRealPath();
        log = folder.resolve("v.log");
        lock = folder.resolve("v.log.lock");
        legs = List.of(folder.resolve("leg0"), folder.resolve("leg1"));
        FileVolume.create(log, legs, LAYOUT, Policy.MAYBE_DIRTY).close();
    }

    private FileVolume open(Path name) throws IOException {
        return FileVolume.open(name, VolumeDescription.of(legs, LAYOUT), Policy.MAYBE_DIRTY);
    }

    private static void assertInUse(ThrowingCallable opening, Path name, String... words) {
        assertThatThrownBy(opening).isInstanceOf(VolumeInUseException.class).hasMessageStartingWith(name + ": is in use by ")
                .hasMessageContaining("a volume that no one else has open is expected").hasMessageNotContaining("\n")
                .satisfies(refused -> assertThat(refused.getMessage()).contains(words));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void thereIsAFileWhileItIsOpenThatSaysWhoHasIt() throws IOException {
        try (FileVolume volume = open(log)) {
            assertThat(volume.distrust()).isEmpty();
            assertThat(Files.readAllLines(lock).get(0)).isEqualTo("" + ProcessHandle.current().pid());
            assertThat(Files.readAllLines(lock)).hasSize(3);
        }
        assertThat(names()).containsExactly("leg0", "leg1", "v.log");
    }

    @Test
    void noSecondOpeningInTheSameProcessByWhateverName() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), log);
        Path relative = Path.of("").toAbsolutePath().relativize(log);
        Files.createDirectory(folder.resolve("sub"));
        Path roundabout = folder.resolve("sub/../v.log");
        try (FileVolume volume = open(log)) {
            for (Path name : List.of(log, link, relative, roundabout)) {
                assertInUse(() -> open(name), name, "this very process " + ProcessHandle.current().pid());
            }
            assertInUse(() -> FileVolume.create(log, legs, LAYOUT, Policy.MAYBE_DIRTY), log, "this very process");
            // What was refused has not ended the lock for others.
            assertThat(KernelLocks.holder(lock)).hasValue(ProcessHandle.current().pid());
            volume.flush();
        }
        open(link).close();
    }

    @Test
    void noSecondOpeningByAnotherProcessUntilTheFirstIsKilled() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), log);
        try (VolumeHolder holder = VolumeHolder.of(log, legs)) {
            for (Path name : List.of(log, link)) {
                assertInUse(() -> open(name), name, "process " + holder.pid() + " (", VolumeHolder.class.getName());
            }
            assertThat(VolumeLock.holder(link)).hasValueSatisfying(words -> assertThat(words).startsWith("process " + holder.pid()));
            // A refusal leaves the holder its lock.
            assertInUse(() -> open(log), log, "process " + holder.pid());
        }
        assertThat(lock).as("what a process that was killed has left").exists();
        assertThat(VolumeLock.holder(log)).isEmpty();
        open(log).close();
        assertThat(lock).doesNotExist();
    }

    @Test
    void aNewNameOfALogThatIsOpenIsNoWayRoundTheLock() throws Exception {
        Path renamed = folder.resolve("renamed");
        try (VolumeHolder holder = VolumeHolder.of(log, legs)) {
            Files.move(log, renamed);
            assertInUse(() -> open(renamed), renamed, "process " + holder.pid(), "by another name");
        }
        open(renamed).close();
    }

    @Test
    void aLogWithTwoNamesIsRefused() throws IOException {
        Path hard = Files.createLink(folder.resolve("hard"), log);

        for (Path name : List.of(log, hard)) {
            assertThatThrownBy(() -> open(name)).isInstanceOf(StoreException.class)
                    .hasMessageStartingWith(name + ": has 2 names in the file system (hard links); a log with one is expected");
        }
        assertThat(names()).containsExactly("hard", "leg0", "leg1", "v.log");
    }

    @Test
    void aLockFileThatWasTakenAwayIsNoWayRoundTheLock() throws Exception {
        try (VolumeHolder holder = VolumeHolder.of(log, legs)) {
            Files.delete(lock);
            assertInUse(() -> open(log), log, "process " + holder.pid());
        }
    }

    @Test
    void anOpeningThatFailsLeavesNoLock() throws IOException {
        Files.delete(legs.get(1));
        Files.createSymbolicLink(legs.get(1), legs.get(0));

        assertThatThrownBy(() -> open(log)).isInstanceOf(StoreException.class);
        assertThat(names()).containsExactly("leg0", "leg1", "v.log");
        assertThatThrownBy(() -> FileVolume.create(folder.resolve("w.log"), legs, LAYOUT, Policy.MAYBE_DIRTY))
                .isInstanceOf(StoreException.class);
        assertThat(names()).containsExactly("leg0", "leg1", "v.log");
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        Path nowhere = folder.resolve("nowhere/v.log");

        assertThatThrownBy(() -> FileVolume.create(nowhere, legs, LAYOUT, Policy.MAYBE_DIRTY)).isInstanceOf(StoreException.class)
                .hasMessage(nowhere + ": its lock " + nowhere + ".lock cannot be taken: there is no such folder; a file that can be "
                        + "made and written is expected");
    }

    @Test
    void anInterruptWaits() throws IOException {
        Thread.currentThread().interrupt();
        try (FileVolume volume = open(log)) {
            assertInUse(() -> open(log), log, "this very process");
            volume.flush();
        }
        assertThat(Thread.interrupted()).isTrue();
        assertThat(lock).doesNotExist();
    }

    /** As the file is taken away at each end, someone may lock one that is no more there. */
    @Test
    void ofManyThatTryOneHasIt() throws Exception {
        int threads = 4;
        int rounds = 200;
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger had = new AtomicInteger();
        Callable<Void> task = () -> {
            for (int round = 0; round < rounds; round++) {
                try (VolumeLock mine = VolumeLock.take(log)) {
                    mine.alsoLog();
                    assertThat(inside.incrementAndGet()).isEqualTo(1);
                    had.incrementAndGet();
                    inside.decrementAndGet();
                } catch (VolumeInUseException e) {
                    Thread.onSpinWait();
                }
            }
            return null;
        };
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Void>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                running.add(pool.submit(task));
            }
            for (Future<Void> each : running) {
                each.get();
            }
        } finally {
            pool.shutdown();
        }
        assertThat(had.get()).isPositive();
    }

    @Test
    void theLockOfADeviceIsNamedByTheDevicesNumber() {
        assertThat(DeviceNumber.major(0xFE03)).isEqualTo(254);
        assertThat(DeviceNumber.minor(0xFE03)).isEqualTo(3);
        assertThat(DeviceNumber.minor(0x100FE03)).isEqualTo(0x1003);
    }
}
