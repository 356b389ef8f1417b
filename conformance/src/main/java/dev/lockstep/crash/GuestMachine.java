package dev.lockstep.crash;

import dev.lockstep.guest.GuestProgram;
import dev.lockstep.guest.RunningGuest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * A guest as the machine of a rig.
 *
 * @param guest the guest, which the caller closes
 */
record GuestMachine(RunningGuest guest) implements Machine {

    @Override
    public String must(String command) throws IOException {
        return guest.must(command);
    }

    @Override
    public Child start(Class<?> main, List<String> arguments, Consumer<String> listener) throws IOException {
        return new InGuest(guest.startJava(main, arguments, listener));
    }

    /** A child in the guest. */
    private record InGuest(GuestProgram program) implements Child {
        @Override
        public String killing() {
            return "{ " + program.killing() + " 2>/dev/null || true; }";
        }

        @Override
        public void kill(Duration deadline) throws IOException {
            program.kill(deadline);
        }

        @Override
        public void awaitExit(Duration deadline) throws IOException {
            program.awaitExit(deadline);
        }
    }
}
