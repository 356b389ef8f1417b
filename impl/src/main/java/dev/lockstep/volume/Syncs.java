package dev.lockstep.volume;

import java.util.List;

/** The shell's part that deals with the sync() of a sweep. Thread-safe; {@link #begin} is called under the shell's lock. */
final class Syncs {
    private final Core core;

    /** Guarded by the shell's lock, as are all below. */
    private SyncHook hook = Completion::ended;
    /** The sync() that the last sweep has called, and on what. */
    private SyncCall call = new SyncCall(step -> { });
    private SyncHook called = hook;

    Syncs(Core core) {
        this.core = core;
    }

    void with(SyncHook named) {
        core.lock.lock();
        try {
            hook = named;
        } finally {
            core.lock.unlock();
        }
    }

    /** Step {@code SyncBegin}. */
    Change begin() {
        core.machine.syncBegin();
        SyncHook calledNow = hook;
        SyncCall callNow = new SyncCall(core::offer);
        call = callNow;
        called = calledNow;
        return new Change(() -> calledNow.sync(callNow), List.of());
    }

    void giveUp() {
        SyncCall given;
        SyncHook of;
        core.lock.lock();
        try {
            given = call;
            of = called;
        } finally {
            core.lock.unlock();
        }
        if (given.giveUp()) {
            of.giveUp(given);
        }
    }
}
