package dev.lockstep.guest;

import java.io.IOException;

/** A part that the guest is made of is not on this machine. The sentence names the Debian package that brings it. */
public final class MissingPackageException extends IOException {
    private static final long serialVersionUID = 1;

    private final String debianPackage;

    /**
     * An exception.
     *
     * @param part          what is missing
     * @param debianPackage the Debian package that brings it
     */
    public MissingPackageException(String part, String debianPackage) {
        super("the guest needs " + part + ", which is not on this machine; the Debian package " + debianPackage
                + " brings it (conformance/install-guest-parts installs all that the guest needs)");
        this.debianPackage = debianPackage;
    }

    /** {@return the Debian package that is missing} */
    public String debianPackage() {
        return debianPackage;
    }
}
