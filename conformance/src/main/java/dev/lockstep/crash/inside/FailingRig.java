package dev.lockstep.crash.inside;

import java.io.IOException;

/** A rig of which one device alone can fail. */
public interface FailingRig extends Rig {
    ChildLife.Fate liveUntilDeviceFails(ChildTask task, long afterReady, int device) throws IOException;
}
