package dev.lockstep.sut;

import java.io.IOException;

/** A spec action with its parameters, as the production code carries it out. */
interface Operation {

    /**
     * Carries it out.
     *
     * @throws IOException       if the mirror fails
     * @throws RefusedException  if the mirror does not do that now
     */
    void perform() throws IOException;

    /** Whether the mirror would do it now. */
    boolean enabled();
}
