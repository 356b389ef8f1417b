package dev.lockstep.guest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Class files that go into a guest, out of the jar or the folders that this program runs from. Immutable.
 *
 * <p>The guest has the modules java.base and jdk.unsupported and nothing else, so it is for the caller to choose packages
 * that need no more.
 */
public final class ClassFiles {
    private static final ClassFiles NONE = new ClassFiles(Map.of());

    private final Map<String, byte[]> files;

    private ClassFiles(Map<String, byte[]> files) {
        this.files = files;
    }

    /** {@return no class files: a guest for shell commands} */
    public static ClassFiles none() {
        return NONE;
    }

    /**
     * Adds packages of a module of this program, without the packages below them.
     *
     * @param anchor   a class out of the same jar or folder
     * @param packages their names
     * @return these class files and those
     * @throws GuestException if they cannot be found
     * @throws IOException    if they cannot be read
     */
    public ClassFiles with(Class<?> anchor, String... packages) throws IOException {
        Map<String, byte[]> all = new TreeMap<>(files);
        Path source;
        try {
            source = Path.of(anchor.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new GuestException("where " + anchor.getName() + " is from is no path: " + e.getMessage(), e);
        }
        if (Files.isDirectory(source)) {
            collect(source, List.of(packages), all);
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(source)) {
                collect(jar.getPath("/"), List.of(packages), all);
            }
        }
        return new ClassFiles(Collections.unmodifiableMap(all));
    }

    private static void collect(Path root, List<String> packages, Map<String, byte[]> into) throws IOException {
        for (String each : packages) {
            String folder = each.replace('.', '/');
            if (!Files.isDirectory(root.resolve(folder))) {
                throw new GuestException("the package " + each + " is not in " + root);
            }
            try (Stream<Path> found = Files.list(root.resolve(folder))) {
                for (Path file : found.filter(path -> path.toString().endsWith(".class")).toList()) {
                    into.put(folder + "/" + file.getFileName(), Files.readAllBytes(file));
                }
            }
        }
    }

    /** Puts them into an archive, where the guest looks for them: in a jar, as only classes of jars can be shared ready-made. */
    void writeTo(CpioWriter archive) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream jar = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> each : files.entrySet()) {
                ZipEntry entry = new ZipEntry(each.getKey());
                // The same class files give the same bytes.
                entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
                jar.putNextEntry(entry);
                jar.write(each.getValue());
            }
        }
        archive.file(GuestImage.CLASSES.substring(1), bytes.toByteArray());
    }

    /** {@return how many there are} */
    public int count() {
        return files.size();
    }
}
