package dev.lockstep.volume;

import dev.lockstep.region.Step;
import java.io.IOException;
import java.util.List;

/**
 * What comes of a step once the machine has made it.
 *
 * @param outside what is to be done without the lock, before anything else
 * @param next    the steps that are then possible
 */
record Change(Outside outside, List<Step> next) {
    private static final Outside NOTHING = () -> { };

    /** Of a step that could not be made any more. */
    static final Change NONE = of(List.of());

    /** Something that is done on the devices, or told to someone. */
    @FunctionalInterface
    interface Outside {
        void perform() throws IOException;
    }

    /** Of a step that has no more to it than what the machine makes of it. */
    static Change of(List<Step> next) {
        return new Change(NOTHING, next);
    }

    /** This, and what came of a step that followed at once. */
    Change before(Change then) {
        if (isInside()) {
            return then;
        }
        return new Change(then.isInside() ? outside : () -> {
            outside.perform();
            then.outside.perform();
        }, then.next);
    }

    /** Whether nothing is to be done outside. */
    private boolean isInside() {
        return outside == NOTHING;
    }
}
