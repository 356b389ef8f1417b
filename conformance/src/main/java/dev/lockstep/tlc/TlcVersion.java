package dev.lockstep.tlc;

import tlc2.TLCGlobals;

/** Which TLC it is that comes with Lockstep. */
public final class TlcVersion {
    private TlcVersion() {
    }

    /** Returns how it calls itself, in the words of {@link ModelResult#tlcVersion}. */
    public static String bundled() {
        return "TLC2 " + TLCGlobals.versionOfTLC;
    }
}
