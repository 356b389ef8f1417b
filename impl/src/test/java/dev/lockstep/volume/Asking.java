package dev.lockstep.volume;

import java.io.IOException;

/** Something that is asked of a volume where nothing can fail. */
interface Asking {
    void ask() throws IOException;

    static void ask(Asking asking) {
        try {
            asking.ask();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
