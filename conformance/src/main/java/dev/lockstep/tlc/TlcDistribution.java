package dev.lockstep.tlc;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Objects;
import java.util.jar.JarFile;

/**
 * A TLC that can be run: a jar (or folder) with its classes.
 *
 * @param location the class path of a JVM that runs it
 */
public record TlcDistribution(Path location) {
    private static final String EXPECTED = ": a jar with TLC, such as tla2tools.jar, was expected";

    /** Refuses null. */
    public TlcDistribution {
        Objects.requireNonNull(location, "location");
    }

    /** Returns the TLC that comes with Lockstep. In the packaged program that is the program's own jar. */
    public static TlcDistribution bundled() {
        return new TlcDistribution(locationOf(tlc2.TLC.class));
    }

    /**
     * Returns the TLC in a user's jar, such as an official {@code tla2tools.jar}.
     *
     * @throws SpecException if there is no such file, or it is no jar with TLC in it
     */
    public static TlcDistribution of(Path jar) {
        if (!Files.isRegularFile(jar)) {
            throw new SpecException("there is no file " + jar + EXPECTED);
        }
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            if (file.getEntry("tlc2/TLC.class") == null) {
                throw new SpecException(jar + " holds no tlc2.TLC" + EXPECTED);
            }
        } catch (IOException e) {
            throw new SpecException(jar + " is not a jar" + EXPECTED, e);
        }
        return new TlcDistribution(jar.toAbsolutePath());
    }

    /** Returns the jar or folder that a class was loaded from. */
    static Path locationOf(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        try {
            return Path.of(Objects.requireNonNull(source, "a class of a jar or folder").getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the place of " + type + " is no path: " + source.getLocation(), e);
        }
    }
}
