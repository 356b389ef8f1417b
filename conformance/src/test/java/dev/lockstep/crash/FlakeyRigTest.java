package dev.lockstep.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.crash.inside.ChildLife;
import dev.lockstep.crash.inside.ChildTask;
import dev.lockstep.crash.inside.CrashCycle;
import dev.lockstep.crash.inside.CycleResult;
import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.volume.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlakeyRigTest {
    private static final Layout LAYOUT = new Layout(65536, 16384, 2, 0);

    @TempDir
    private Path folder;
    private final FakeMachine machine = new FakeMachine();

    /** A machine whose child is ready and at its point at once, and lives until it is killed; its canaries are as the test says. */
    private static final class FakeMachine implements Machine {
        final List<String> commands = Collections.synchronizedList(new ArrayList<>());
        volatile String canaries = "";
        volatile boolean cutFails;
        volatile CountDownLatch dead = new CountDownLatch(1);
        volatile Consumer<String> listener = line -> { };

        @Override
        public String must(String command) throws IOException {
            commands.add(command);
            if (command.contains("drop_writes")) {
                listener.accept("f 2");
                if (cutFails) {
                    throw new IOException("no such device");
                }
                dead.countDown();
            }
            if (command.contains("error_writes")) {
                listener.accept("f 2");
                listener.accept("X stopped: the leg has failed");
            }
            return command.contains("drop_caches") ? canaries : "";
        }

        @Override
        public Child start(Class<?> main, List<String> arguments, Consumer<String> hears) {
            listener = hears;
            dead = new CountDownLatch(1);
            CountDownLatch mine = dead;
            List.of("R", "F 1", "f 1", "F 2").forEach(hears);
            if (arguments.stream().anyMatch(each -> each.startsWith("point="))) {
                hears.accept("P");
            }
            return new Child() {
                @Override
                public String killing() {
                    return "KILL";
                }

                @Override
                public void kill(Duration deadline) {
                    commands.add("KILLED BY ITSELF");
                    mine.countDown();
                }

                @Override
                public void awaitExit(Duration deadline) throws IOException {
                    try {
                        mine.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                }
            };
        }
    }

    private FlakeyRig rig() throws IOException {
        return new FlakeyRig(new FlakeyLab(folder, machine, () -> { }), folder.resolve("kept"), LAYOUT, LogFormat.DM, false);
    }

    private static ChildTask task(FlakeyRig rig) {
        return new ChildTask(ChildTask.Job.RUN, Policy.BOUNCE_COPY, 1, rig.legs(), rig.log(), LAYOUT, LogFormat.DM, 1, 1, 0, 1, Optional.empty());
    }

    private static String canaries(String token) {
        return "canary leg0 true " + token + "\ncanary leg0 false\ncanary leg1 true " + token + "\ncanary leg1 false\n"
                + "canary log true " + token + "\ncanary log false\n";
    }

    @Test
    void aCutWithTheRightCanariesCountsAndAcknowledgementsAfterItDoNot() throws IOException {
        machine.canaries = canaries("canary-0");
        try (FlakeyRig rig = rig()) {
            ChildLife.Fate fate = rig.live(task(rig), 0);
            assertThat(fate.killed()).isTrue();
            assertThat(fate.counts()).isTrue();
            assertThat(fate.lines()).contains("f 1", "F 2").doesNotContain("f 2");
            assertThat(machine.commands).doesNotContain("KILLED BY ITSELF");
        }
    }

    @Test
    void aDeadFlushedCanaryMakesACutVoid() throws IOException {
        machine.canaries = canaries("canary-0").replace("leg1 true canary-0", "leg1 true");
        try (FlakeyRig rig = rig()) {
            assertThat(rig.live(task(rig), 0).voided()).isEqualTo("on leg1 the flushed canary is gone; ");
        }
    }

    @Test
    void aSurvivingUnflushedCanaryMakesACutVoidAndItIsNotJudged() throws IOException {
        machine.canaries = canaries("canary-0").replace("log false", "log false canary-0");
        try (FlakeyRig rig = rig()) {
            CycleResult result = new CrashCycle(rig, Policy.BOUNCE_COPY, LAYOUT, false, 2).run(1);
            // No device was read: there is none, and a judge would have said so.
            assertThat(result.voidCuts()).isEqualTo(1);
            assertThat(result.whyVoid()).isEqualTo("on log the unflushed canary has survived; ");
            assertThat(result.crashes()).isZero();
            assertThat(result.failures()).isEmpty();
        }
    }

    @Test
    void aCutThatFailsKillsTheChildAndIsTold() throws IOException {
        machine.cutFails = true;
        try (FlakeyRig rig = rig()) {
            assertThatThrownBy(() -> rig.live(task(rig), 0)).isInstanceOf(IOException.class).hasMessage("no such device");
            assertThat(machine.commands).contains("KILLED BY ITSELF");
        }
    }

    @Test
    void whatIsAcknowledgedAfterOneDeviceHasFailedCounts() throws IOException {
        machine.canaries = canaries("canary-0");
        try (FlakeyRig rig = rig()) {
            ChildLife.Fate fate = rig.liveUntilDeviceFails(task(rig), 0, 1);
            assertThat(fate.killed()).isTrue();
            assertThat(fate.counts()).isTrue();
            assertThat(fate.lines()).contains("f 2", "X stopped: the leg has failed");
            assertThat(machine.commands).filteredOn(each -> each.contains("error_writes")).singleElement().asString()
                    .contains("resume leg1");
        }
    }
}
