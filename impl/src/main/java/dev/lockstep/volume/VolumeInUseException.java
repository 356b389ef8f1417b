package dev.lockstep.volume;

import dev.lockstep.store.StoreException;

/** Someone has the volume open. The message is one sentence that names the log and who it is. */
public final class VolumeInUseException extends StoreException {
    private static final long serialVersionUID = 1L;

    VolumeInUseException(String log, String holder) {
        super(log + ": is in use by " + holder + "; a volume that no one else has open is expected");
    }
}
