package dev.lockstep.mutants;

import java.io.IOException;

/** This Java has no compiler, so no mutant can be planted here. */
public final class NoCompilerException extends IOException {
    private static final long serialVersionUID = 1L;

    NoCompilerException() {
        super("this Java has no compiler; a JDK, not a JRE, is expected");
    }
}
