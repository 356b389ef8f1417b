package dev.lockstep.crash;

import java.io.IOException;

/** A power cut says nothing, as its canaries do not say that it was one. */
final class VoidCutException extends IOException {
    private static final long serialVersionUID = 1L;

    VoidCutException(String why) {
        super("the power cut is void: " + why);
    }
}
