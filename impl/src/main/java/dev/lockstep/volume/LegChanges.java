package dev.lockstep.volume;

import dev.lockstep.store.FileLeg;
import java.io.IOException;
import java.nio.file.Path;

/** What changes the legs of a {@link FileVolume} while it is in use: {@link FileVolume} says what each method promises. Thread-safe. */
final class LegChanges {
    private final VolumeFiles files;
    private final Opening opening;
    private final Volume volume;
    private final Requests requests;

    LegChanges(VolumeFiles files, Opening opening, Volume volume, Requests requests) {
        this.files = files;
        this.opening = opening;
        this.volume = volume;
        this.requests = requests;
    }

    boolean readmit(int leg) throws IOException {
        return requests.perform(() -> {
            FileLeg opened = opening.reopen(files, leg);
            boolean taken = false;
            try {
                taken = volume.readmit(leg, opened);
                return taken;
            } finally {
                if (!taken) {
                    opened.close();
                } else {
                    files.keep(opened);
                }
            }
        });
    }

    void replace(int leg, Path file) throws IOException {
        requests.requireOutside();
        requests.perform(() -> {
            FileLeg opened = opening.replacement(files, leg, file);
            boolean[] out = new boolean[1];
            // What follows is done in this thread: that it is out of use is recorded then.
            requests.here(() -> out[0] = volume.putOut(leg, new IOException("it is to be replaced by " + file)));
            if (!out[0]) {
                opened.close();
                throw new IOException("leg " + leg + " cannot be put out of use: it is the last, or has what is out of sync on the others");
            }
            opening.replaced(files, leg, opened, file);
            requests.awaitInside(ended -> volume.rebuild(leg, opened, ended));
            return null;
        });
    }
}
