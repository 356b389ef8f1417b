package dev.lockstep.volume;

import dev.lockstep.region.Action;
import dev.lockstep.region.LogUpdate;
import dev.lockstep.region.Step;
import java.io.IOException;
import java.util.List;

/** The shell's part that deals with the log. The log is one: without it the volume stops. */
final class LogSteps {
    private final Core core;

    LogSteps(Core core) {
        this.core = core;
    }

    /** Step {@code LogWrite}, under the shell's lock. */
    Change write() {
        LogUpdate update = core.machine.logWrite();
        return new Change(() -> {
            try {
                core.devices.writeLog(update);
            } catch (IOException e) {
                tell(e);
                throw e;
            }
        }, List.of(Step.of(Action.LOG_FLUSH_BEGIN)));
    }

    /** The I/O that {@code LogFlushEnd} is the end of. A flush of the log that has failed promises nothing, and no other is tried. */
    void awaitFlush() throws IOException {
        try {
            core.devices.awaitLogFlush();
        } catch (IOException e) {
            core.lock.lock();
            try {
                if (core.possible(Step.of(Action.LOG_FLUSH_FAILS))) {
                    core.machine.logFlushFails();
                }
            } finally {
                core.lock.unlock();
            }
            tell(e);
            throw e;
        }
    }

    private void tell(IOException e) {
        core.tell(VolumeEvent.of(VolumeEvent.Kind.LOG_FAILED, "the log has failed: " + e.getMessage()));
    }
}
