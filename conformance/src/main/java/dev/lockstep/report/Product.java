package dev.lockstep.report;

import java.util.Objects;

/**
 * What made the results, as far as they do not say so themselves.
 *
 * @param lockstep Lockstep's version
 * @param java version of the Java that ran it
 */
public record Product(String lockstep, String java) {
    /** Refuses null. */
    public Product {
        Objects.requireNonNull(lockstep, "lockstep");
        Objects.requireNonNull(java, "java");
    }

    /** Returns what is running: the version of the jar that this class came in, and this Java. */
    public static Product running() {
        String version = Product.class.getPackage().getImplementationVersion();
        return new Product(version == null ? "not packed in a jar" : version,
                System.getProperty("java.version") + " (" + System.getProperty("java.vm.name") + ")");
    }
}
