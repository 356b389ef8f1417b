package dev.lockstep.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.log.LegLabel;
import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.sut.Size;
import dev.lockstep.sut.Storing;
import dev.lockstep.validate.Ground;
import dev.lockstep.validate.RecordedChild;
import dev.lockstep.validate.RunSettings;
import dev.lockstep.validate.Seam;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done to the devices of a recorded mirror, and what is brought from them; on a machine that is none. */
class FlakeyGroundTest {
    private static final RunSettings MIRROR = new RunSettings(Policy.BOUNCE_COPY, new Size(1, 1, 2, 4), Storing.MMAP, LogFormat.DM, Seam.POOL, 1, 60);
    private static final int LEG = (int) LegLabel.legBytes(MIRROR.size().bytes());
    private static final String TAPE = "begun\tKill\tfalse\t1\t9\t<<>>\nen";

    @TempDir
    private Path folder;
    private final FakeMachine machine = new FakeMachine();

    /** A machine whose child says at once what the test has it say, and lives until it is killed, or ends by itself. */
    private static final class FakeMachine implements Machine {
        final List<String> commands = Collections.synchronizedList(new ArrayList<>());
        final CountDownLatch dead = new CountDownLatch(1);
        volatile List<String> says = List.of(RecordedChild.ENOUGH);
        volatile String canaries = "";

        @Override
        public String must(String command) {
            commands.add(command);
            if (command.contains("drop_writes")) {
                dead.countDown();
            }
            return command.contains("base64") ? "== thread1\n" + new String(Base64.getMimeEncoder().encode(TAPE.getBytes(StandardCharsets.US_ASCII)), StandardCharsets.US_ASCII) + '\n'
                    : command.contains("dd if=/dev/null") ? canaries : "";
        }

        @Override
        public Child start(Class<?> main, List<String> arguments, Consumer<String> hears) {
            commands.add(main.getSimpleName() + " in " + arguments.get(7));
            says.forEach(hears);
            if (!says.contains(RecordedChild.ENOUGH)) {
                dead.countDown();
            }
            return new Child() {
                @Override
                public String killing() {
                    return "KILL";
                }

                @Override
                public void kill(Duration deadline) {
                    dead.countDown();
                }

                @Override
                public void awaitExit(Duration deadline) throws IOException {
                    try {
                        dead.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                }
            };
        }
    }

    private FlakeyGround ground() throws IOException {
        return new FlakeyGround(new FlakeyLab(folder, machine, () -> { }), MIRROR, Files.createDirectory(folder.resolve("work")));
    }

    private static String canaries(String token) {
        StringBuilder lines = new StringBuilder();
        List.of("leg0", "leg1", "log").forEach(each -> lines.append("canary ").append(each).append(" true ").append(token).append("\ncanary ").append(each).append(" false\n"));
        return lines.toString();
    }

    private void isCutShort(Ground.Over over) {
        assertThat(over.cutShort()).contains("it fails: its process ended, and said: leg0: cannot be opened");
        assertThat(machine.commands).noneMatch(each -> each.contains("drop_writes"));
    }

    @Test
    void theMirrorIsKilledWhileItsDevicesAreSuspendedAndBeforeTheyDropWhatIsWritten() throws IOException {
        machine.canaries = canaries("recorded-work-0");
        Ground.Over over = ground().live(MIRROR, 0, 50);
        assertThat(over.cutShort()).isEmpty();
        assertThat(machine.commands).contains("RecordedChild in /dev/mapper");
        String cut = machine.commands.stream().filter(each -> each.contains("drop_writes")).findFirst().orElseThrow();
        assertThat(cut).containsSubsequence("dmsetup suspend --nolockfs leg0 leg1 log", "KILL", "dmsetup load leg0", "dmsetup load log", "dmsetup resume leg0 leg1 log", "printf recorded-work-0", "KILL");
        assertThat(over.tape().resolve("thread1")).as("a line that was cut off stays so").content().isEqualTo(TAPE);
    }

    @Test
    void aProcessThatEndsByItselfIsCutShortAndNoPowerIsCut() throws IOException {
        machine.says = List.of("leg0: cannot be opened");
        isCutShort(ground().live(MIRROR, 0, 50));
    }

    @Test
    void whatIsPutOnTheDevicesAndWhatIsLeftAreWholeFiles() throws IOException {
        machine.canaries = canaries("recorded-work-0");
        Path files = Files.createDirectory(folder.resolve("files"));
        byte[] leg = new byte[LEG];
        Arrays.fill(leg, (byte) 7);
        byte[] log = new byte[(int) LogFormat.DM.requiredLength(1)];
        Arrays.fill(log, (byte) 9);
        Files.write(files.resolve("leg0"), leg);
        Files.write(files.resolve("leg1"), leg);
        Files.write(files.resolve("log"), log);
        FlakeyGround ground = ground();
        ground.put(files);
        assertThat(machine.commands).singleElement().asString().contains("if=/dev/disk/leg0-left of=/dev/mapper/leg0 bs=4096 count=" + LEG / 4096, "of=/dev/mapper/log");
        ground.live(MIRROR, 0, 50);
        Path found = Files.createDirectory(folder.resolve("found"));
        ground.left(found);
        assertThat(found.resolve("leg1")).hasBinaryContent(leg);
        assertThat(found.resolve("log")).hasBinaryContent(log);
    }

    @Test
    void aCutWhoseCanariesSayThatItWasNoneIsNotJudged() throws IOException {
        machine.canaries = canaries("recorded-work-0").replace("leg1 false", "leg1 false recorded-work-0");
        FlakeyGround ground = ground();
        ground.live(MIRROR, 0, 50);
        assertThatThrownBy(() -> ground.left(folder)).isInstanceOf(VoidCutException.class).hasMessage("the power cut is void: on leg1 the unflushed canary has survived; ");
    }
}
