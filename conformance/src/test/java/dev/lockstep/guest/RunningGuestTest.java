package dev.lockstep.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The host's side, against a shell that speaks as the guest's init does. The real guest is for the tier. */
@Timeout(120)
class RunningGuestTest {
    /** Commands run one after the other here, and {@code die} ends it. */
    private static final String INIT = """
            echo 'kernel: hello' >console
            echo '0 ready 6.1-test'
            while read -r id encoded; do
                command=$(echo "$encoded" | base64 -d)
                if [ "$command" = die ]; then echo 'kernel: panic' >>console; exit 1; fi
                sh -c "$command" </dev/null 2>&1 | while IFS= read -r line; do echo "$id out $line"; done
                sh -c "$command" </dev/null >/dev/null 2>&1
                echo "$id exit $?"
            done
            """;
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofSeconds(60);

    private static RunningGuest guest(String init) throws IOException {
        GuestFolder folder = GuestFolder.make();
        folder.start(List.of("sh", "-c", init));
        return new RunningGuest(folder);
    }

    private static RunningGuest ready() throws IOException {
        RunningGuest guest = guest(INIT);
        guest.awaitReady(LONG);
        return guest;
    }

    @Test
    void aCommandHasAnExitCodeAndAnOutput() throws IOException {
        try (RunningGuest guest = ready()) {
            assertThat(guest.kernelRelease()).isEqualTo("6.1-test");
            assertThat(guest.bootTime()).isPositive();
            assertThat(guest.run("echo one; echo 'two  three'; exit 3"))
                    .isEqualTo(new CommandResult(3, List.of("one", "two  three")));
            assertThat(guest.must("echo four")).isEqualTo("four");
            assertThatThrownBy(() -> guest.must("echo five; exit 6")).isInstanceOf(GuestException.class)
                    .hasMessageContaining("exit code 6: five").hasMessageContaining("console: kernel: hello");
        }
    }

    @Test
    void linesAreStreamedAndCanBeWaitedFor() throws IOException {
        try (RunningGuest guest = ready()) {
            List<String> heard = Collections.synchronizedList(new ArrayList<>());
            GuestProgram program = guest.start("echo first; echo 'second line'", heard::add);
            assertThat(program.awaitLine("second", LONG)).isEqualTo("second line");
            assertThat(program.awaitLine("fir", LONG)).isEqualTo("first");
            assertThat(program.awaitExit(LONG).exitCode()).isZero();
            assertThat(heard).containsExactly("first", "second line");
            assertThatThrownBy(() -> program.awaitLine("third", LONG)).isInstanceOf(GuestException.class)
                    .hasMessageContaining("ended without the line that was waited for, third").hasMessageContaining("second line");
        }
    }

    @Test
    void noWaitIsForEver() throws IOException {
        try (RunningGuest guest = ready()) {
            GuestProgram program = guest.start("exec sleep 600", line -> { });
            assertThatThrownBy(() -> program.awaitLine("x", SHORT)).isInstanceOf(GuestException.class)
                    .hasMessageContaining("did not print within 200 ms the line that was waited for");
            assertThatThrownBy(() -> program.awaitExit(SHORT)).isInstanceOf(GuestException.class)
                    .hasMessageContaining("did not end within 200 ms").hasMessageContaining("kernel: hello");
        }
    }

    @Test
    void aGuestThatDiesIsToldToWhoeverWaits() throws IOException {
        try (RunningGuest guest = ready()) {
            GuestProgram program = guest.start("die", line -> { });
            assertThatThrownBy(() -> program.awaitExit(LONG)).isInstanceOf(GuestException.class)
                    .hasMessageContaining("the guest ended while").hasMessageContaining("console: kernel: panic");
            assertThatThrownBy(() -> guest.run("echo x")).isInstanceOf(GuestException.class);
        }
    }

    @Test
    void aGuestThatDoesNotComeUpIsTold() throws IOException {
        try (RunningGuest guest = guest("echo 'kernel: stuck' >console; exec sleep 600")) {
            assertThatThrownBy(() -> guest.awaitReady(Duration.ofSeconds(2))).isInstanceOf(GuestException.class)
                    .hasMessageContaining("did not come up within 2 seconds").hasMessageContaining("kernel: stuck");
        }
        try (RunningGuest guest = guest("echo 'qemu: no such option' >&2; exit 1")) {
            assertThatThrownBy(() -> guest.awaitReady(LONG)).isInstanceOf(GuestException.class)
                    .hasMessageContaining("ended before it had come up").hasMessageContaining("qemu: no such option");
        }
        try (RunningGuest guest = guest("echo 'what is this'; exec sleep 600")) {
            assertThatThrownBy(() -> guest.awaitReady(LONG)).isInstanceOf(GuestException.class)
                    .hasMessageContaining("ended before it had come up: the guest sent a line that it should not: what is this");
        }
    }

    @Test
    void closingLeavesNothing() throws IOException {
        GuestFolder folder = GuestFolder.make();
        folder.start(List.of("sleep", "600"));
        Process process = folder.process();
        Path path = folder.path();
        assertThat(path).isDirectory();
        folder.close();
        assertThat(process.isAlive()).isFalse();
        assertThat(path).doesNotExist();
        folder.close();
        assertThatThrownBy(() -> folder.start(List.of("sleep", "600"))).isInstanceOf(IllegalStateException.class);
    }

    /** A process that has a guest, and is not going to close it. */
    static final class Keeper {
        private Keeper() {
        }

        public static void main(String... arguments) throws IOException, InterruptedException {
            GuestFolder folder = GuestFolder.make();
            folder.start(List.of("sleep", "600"));
            System.out.println(folder.process().pid());
            System.out.flush();
            Thread.currentThread().join();
        }
    }

    @Test
    void theGuestGoesWithAProcessThatIsToldToEnd(@TempDir Path temporary) throws IOException, InterruptedException {
        Process keeper = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), "-Djava.io.tmpdir=" + temporary, Keeper.class.getName()).start();
        try {
            ProcessHandle qemu = ProcessHandle.of(Long.parseLong(keeper.inputReader().readLine())).orElseThrow();
            assertThat(new File(temporary.toString()).list()).hasSize(1);
            keeper.destroy();
            assertThat(keeper.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(qemu.isAlive()).isFalse();
            assertThat(temporary).isEmptyDirectory();
        } finally {
            keeper.destroyForcibly();
        }
    }
}
