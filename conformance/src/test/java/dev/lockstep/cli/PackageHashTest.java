package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.suite.Suite;
import dev.lockstep.trace.Trace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageHashTest {
    @TempDir
    private Path temporary;

    @Test
    void itIsTheSameInAJarAndAnotherOneAfterAChangeOfAnyClassOfThePackages() throws Exception {
        String hash = PackageHash.of(Suite.class, Trace.class);
        assertThat(hash).matches("[0-9a-f]{64}").isNotEqualTo(PackageHash.of(Suite.class)).isNotEqualTo(PackageHash.of(Trace.class));
        assertThat(inJar("same.jar", "")).isEqualTo(hash);
        assertThat(inJar("other.jar", "dev/lockstep/cli/Verb.class")).isEqualTo(hash);
        assertThat(inJar("suite.jar", "dev/lockstep/suite/Balancer.class")).isNotEqualTo(hash);
        assertThat(inJar("trace.jar", "dev/lockstep/trace/IdColumn.class")).isNotEqualTo(hash);
    }

    /** The hash where all these classes are in a jar, one of them with a byte more. */
    private String inJar(String name, String changed) throws Exception {
        Path jar = temporary.resolve(name);
        Path classes = Path.of(Suite.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (OutputStream file = Files.newOutputStream(jar); JarOutputStream out = new JarOutputStream(file)) {
            for (String folder : List.of("dev/lockstep/suite", "dev/lockstep/trace", "dev/lockstep/cli")) {
                add(classes, folder, changed, out);
            }
        }
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            return PackageHash.of(loader.loadClass(Suite.class.getName()), loader.loadClass(Trace.class.getName()));
        }
    }

    private static void add(Path classes, String folder, String changed, JarOutputStream out) throws IOException {
        try (Stream<Path> files = Files.list(classes.resolve(folder))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String entry = classes.relativize(file).toString();
                out.putNextEntry(new JarEntry(entry));
                try (InputStream in = Files.newInputStream(file)) {
                    in.transferTo(out);
                }
                if (entry.equals(changed)) {
                    out.write(0);
                }
            }
        }
    }
}
