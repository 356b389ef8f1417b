package dev.lockstep.tlc.inside;

import tlc2.util.IStateWriter;

/** Hears of the steps that TLC takes, and writes no file. */
abstract class StepHearer implements IStateWriter {
    @Override
    public final void close() {
        // Nothing is open.
    }

    @Override
    public final String getDumpFileName() {
        return "";
    }

    @Override
    public final boolean isNoop() {
        return false;
    }

    @Override
    public final boolean isDot() {
        return false;
    }

    @Override
    public final void snapshot() {
        // There is nothing to keep.
    }
}
