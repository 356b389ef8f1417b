package dev.lockstep.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * What tells some code from the same code after a change: a hash of the class files of whole packages, with the packages below them. A
 * change of a comment can change it too, as lines move; that costs no more than making something anew.
 */
final class PackageHash {
    private PackageHash() {
    }

    /**
     * {@return a hash of packages, 64 hexadecimal digits}
     *
     * @param each a class of each package; all from one jar or folder
     * @throws UncheckedIOException if the class files cannot be read
     */
    static String of(Class<?>... each) {
        try {
            Path place = Path.of(each[0].getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(place)) {
                return hash(place, each);
            }
            try (FileSystem jar = FileSystems.newFileSystem(place)) {
                return hash(jar.getPath("/"), each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the class files of this program cannot be read", e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the place of this program is no path", e);
        }
    }

    private static String hash(Path root, Class<?>... each) throws IOException {
        MessageDigest digest = SuiteManifest.sha256();
        for (Class<?> one : each) {
            Path folder = root.resolve(one.getPackageName().replace('.', '/'));
            for (Path file : files(folder)) {
                digest.update(root.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
                digest.update(SuiteManifest.sha256().digest(Files.readAllBytes(file)));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted(Comparator.comparing(Path::toString)).toList();
        }
    }
}
