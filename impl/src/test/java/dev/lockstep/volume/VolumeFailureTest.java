package dev.lockstep.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.LogImage;
import dev.lockstep.region.Action;
import dev.lockstep.region.Policy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A device that fails, at every place where it can, of a volume that has no place to record it: nothing is acknowledged after it, and
 * everyone is told, once. What the other devices have can still be read.
 */
@Timeout(60)
class VolumeFailureTest {
    private static final Layout LAYOUT = new Layout(4 * (8 << 10), 8 << 10, 2, 0);
    private static final int LOG = 2;

    private final List<Told> told = new ArrayList<>();
    private int writes;

    private static Rig rig(Policy policy) throws IOException {
        Rig rig = Rig.inMemory(policy, LAYOUT);
        rig.leg(1).write(ByteBuffer.allocate(512).putInt(0, 2008), 0);
        LogImage image = LogImage.allClean(4);
        image.markDirty(0);
        DirtyRegionLog.create(rig.log(), image);
        return rig;
    }

    @ParameterizedTest
    @CsvSource({"0, READ", "0, WRITE", "0, FLUSH", "1, WRITE", "1, FLUSH", "2, WRITE", "2, FLUSH"})
    void theFirstFailureStopsTheVolume(int device, Faults.Kind kind) throws IOException {
        int failing = 0;
        Faults faults;
        do {
            failing++;
            Policy policy = Policy.all().get(failing % Policy.all().size());
            String when = kind + " " + failing + " of device " + device + " under " + policy.name();
            faults = Faults.io(kind, failing);
            Rig rig = rig(policy);
            use(rig.with(device, faults::around), faults, new Random(failing), when);
            rig.recover();
        } while (faults.broken());
        assertThat(failing).as("how often it was used").isGreaterThan(2);
    }

    private void use(Rig rig, Faults faults, Random random, String when) throws IOException {
        QueueSteps steps = new QueueSteps();
        told.clear();
        writes = 0;
        Volume volume = rig.open(steps);
        IOException refused = null;
        for (int i = 0; i < 30 && refused == null; i++) {
            refused = ask(volume, i, faults);
            for (int run = random.nextInt(10); run > 0 && !steps.offered().isEmpty(); run--) {
                steps.run(steps.offered().get(random.nextInt(steps.offered().size())));
            }
        }
        steps.run(random);
        if (refused == null) {
            volume.resync(0);
            steps.run(random);
            refused = ask(volume, -1, faults);
            steps.run(random);
        }
        assertThat(told).as("told once: " + when).allMatch(each -> each.times() == 1);
        if (faults.broken()) {
            assertStopped(volume, steps, when);
        } else {
            assertThat(refused).as(when).isNull();
            assertThat(told).as(when).allMatch(Told::hasEnded);
        }
    }

    private static void assertStopped(Volume volume, QueueSteps steps, String when) {
        Told never = new Told();
        for (Throwable thrown : new Throwable[] {
                catchThrowable(() -> volume.submit(ByteBuffer.allocate(512), 0, never)),
                catchThrowable(() -> volume.flush(never)),
                catchThrowable(() -> volume.unmount(never))}) {
            assertThat(thrown).as(when).isInstanceOf(IOException.class).hasMessageStartingWith("the volume has stopped: ")
                    .hasMessageContaining(" failed");
        }
        Throwable read = catchThrowable(() -> volume.read(ByteBuffer.allocate(512), 0));
        if (read != null && !read.getMessage().equals("the volume is unmounted")) {
            assertThat(read).as(when).hasMessage("leg0: READ failed");
            assertThat(when).startsWith("READ ");
        }
        volume.certify();
        volume.sweep();
        assertThat(steps.offered()).as(when).isEmpty();
        assertThat(never.times()).as(when).isZero();
    }

    /** Asks for something that will be told of; a refusal is the answer then. */
    private IOException ask(Volume volume, int number, Faults faults) {
        Told asked = new Told(() -> assertThat(faults.broken()).as("acknowledged after a failure").isFalse());
        try {
            if (number < 0) {
                volume.unmount(asked);
            } else if (number % 5 == 1) {
                volume.flush(asked);
            } else if (number % 5 == 4) {
                volume.certify();
                volume.sweep();
                volume.resync(0);
                return null;
            } else {
                writes++;
                volume.submit(ByteBuffer.allocateDirect(512).putInt(0, writes), writes * 1024L, asked);
            }
            told.add(asked);
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    @Test
    void whoeverWaitsIsToldTheFirstFailure() throws IOException {
        Faults faults = Faults.io(Faults.Kind.WRITE, 1);
        Rig rig = rig(Policy.ORIGINAL).with(1, faults::around);
        QueueSteps steps = new QueueSteps();
        Volume volume = rig.open(steps);
        steps.run();
        Told served = new Told();
        Told asked = new Told();
        Told fails = new Told();
        Told waits = new Told();
        Told ended = new Told();
        volume.submit(ByteBuffer.allocate(512), 0, ended);
        steps.run();
        volume.flush(served);
        steps.run(Action.FLUSH_BEGIN);
        volume.flush(asked);
        volume.submit(ByteBuffer.allocate(512), 9000, fails);
        volume.submit(ByteBuffer.allocate(512), 20_000, waits);
        steps.runAllBut(Action.LEG_FLUSH_END);
        assertThat(ended.hasEnded()).as("a write to the source alone").isTrue();
        for (Told each : List.of(served, asked, fails, waits)) {
            assertThat(each.hasFailed()).isTrue();
            assertThat(each.cause()).hasMessageStartingWith("leg1: WRITE failed; and the volume has no place to record");
        }
        steps.run();
        assertThat(List.of(served, asked, fails, waits)).allMatch(each -> each.times() == 1);
    }

    @Test
    void anUnmountThatCannotEndIsToldSo() throws IOException {
        // The log is flushed after opening, for the write, and for the unmount.
        Faults faults = Faults.io(Faults.Kind.FLUSH, 3);
        Rig rig = rig(Policy.NEVER_CLEAN);
        QueueSteps steps = new QueueSteps();
        Volume volume = rig.with(LOG, faults::around).open(steps);
        steps.run();
        volume.submit(ByteBuffer.allocate(512), 9000, new Told());
        steps.run();
        Told unmounted = new Told();
        volume.unmount(unmounted);
        steps.run();
        assertThat(unmounted.hasFailed()).isTrue();
        assertThat(unmounted.cause()).hasMessage("log: FLUSH failed");
        rig.recover();
    }

    @Test
    void aDeviceThatThrowsWhatItMustNotStopsTheVolumeToo() throws IOException {
        Faults faults = new Faults(Faults.Kind.WRITE, 1, what -> {
            throw new IllegalStateException("a bug in " + what);
        });
        Rig rig = rig(Policy.ORIGINAL).with(1, faults::around);
        QueueSteps steps = new QueueSteps();
        Volume volume = rig.open(steps);
        Told fails = new Told();
        Told flushed = new Told();
        volume.submit(ByteBuffer.allocate(512), 9000, fails);
        steps.runAllBut(Action.LEG_WRITE);
        volume.flush(flushed);
        assertThatThrownBy(steps::run).isInstanceOf(IllegalStateException.class).hasMessage("a bug in leg1: WRITE");
        assertThat(fails.hasFailed()).isTrue();
        assertThat(fails.cause()).hasMessage("LegWrite(0, 1) was cut short: "
                + "java.lang.IllegalStateException: a bug in leg1: WRITE");
        assertThat(flushed.hasFailed()).isTrue();
        steps.run();
        assertThat(List.of(fails, flushed)).allMatch(each -> each.times() == 1);
    }

    @Test
    void onManyThreadsToo() throws IOException {
        for (int failing = 1; failing <= 40; failing++) {
            Faults faults = Faults.io(failing % 2 == 0 ? Faults.Kind.WRITE : Faults.Kind.FLUSH, 1 + failing / 2);
            Rig rig = rig(Policy.all().get(failing % Policy.all().size()));
            List<Told> asked = new ArrayList<>();
            try (ThreadSteps steps = new ThreadSteps(4)) {
                Volume volume = rig.with(faults::around).open(steps);
                steps.await();
                useFreely(volume, steps, asked);
            }
            assertThat(asked).as("failing " + failing).allMatch(each -> each.times() == 1);
            assertThat(asked.stream().anyMatch(Told::hasFailed)).as("failing " + failing).isEqualTo(faults.broken());
            rig.recover();
        }
    }

    private static void useFreely(Volume volume, ThreadSteps steps, List<Told> asked) {
        Told next = new Told();
        try {
            for (int write = 0; write < 24; write++) {
                next = new Told();
                volume.submit(ByteBuffer.allocateDirect(512).putInt(0, write), write * 1024L, next);
                asked.add(next);
                volume.certify();
                if (write % 4 == 0) {
                    next = new Told();
                    volume.flush(next);
                    asked.add(next);
                }
            }
            steps.await();
            next = new Told();
            volume.unmount(next);
            asked.add(next);
        } catch (IOException e) {
            // One that is refused because the volume has stopped is told by the exception, and so counts as told.
            next.failed(e);
            asked.add(next);
        }
    }
}
