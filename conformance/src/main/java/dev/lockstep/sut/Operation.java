package dev.lockstep.sut;

import java.io.IOException;
import java.util.function.BooleanSupplier;

/** A spec action with its parameters, as a system under test carries it out. */
interface Operation extends SystemUnderTest.Prepared {

    /** Something that may fail on a device. */
    interface Doing {
        void perform() throws IOException;
    }

    /**
     * An operation.
     *
     * @param enabled whether the system would do it now
     * @param doing   does it
     */
    static Operation of(BooleanSupplier enabled, Doing doing) {
        return new Operation() {
            @Override
            public void perform() throws IOException {
                doing.perform();
            }

            @Override
            public boolean enabled() {
                return enabled.getAsBoolean();
            }
        };
    }
}
