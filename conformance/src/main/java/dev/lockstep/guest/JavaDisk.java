package dev.lockstep.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The guest's Java: the one that runs this, cut down to what the mirror needs, on an ext4 image. */
final class JavaDisk {
    private static final String MODULES = "java.base,jdk.unsupported";
    private static final long MIB = 1 << 20;

    private final Path folder;

    private JavaDisk(Path folder) {
        this.folder = folder;
    }

    /**
     * Finds the image, or builds it.
     *
     * @param cache where images are kept
     * @return the image
     * @throws MissingPackageException if this Java cannot be cut down, or an image cannot be made
     */
    static JavaDisk in(Path cache) throws IOException {
        Path home = Path.of(System.getProperty("java.home"));
        int feature = Runtime.version().feature();
        Path jlink = home.resolve("bin/jlink");
        if (!Files.isExecutable(jlink) || !Files.isDirectory(home.resolve("jmods"))) {
            throw new MissingPackageException("a JDK with jlink and jmods", "openjdk-" + feature + "-jdk-headless");
        }
        Path mke2fs = HostParts.program("mke2fs", "e2fsprogs");
        String key = new Fingerprint().with(jlink).with(home.resolve("lib/modules")).with(mke2fs).with(MODULES).text();
        return new JavaDisk(Folders.whole(cache.resolve("java-" + key), at -> build(at, jlink, mke2fs)));
    }

    private static void build(Path at, Path jlink, Path mke2fs) throws IOException {
        Files.createDirectories(at);
        Path tree = at.resolve("tree");
        HostCommand.run(at, List.of(jlink.toString(), "--add-modules", MODULES, "--strip-debug", "--no-header-files",
                "--no-man-pages", "--output", tree.toString()));
        // Classes that are shared in a file need not be parsed: that saves most of a small program's start.
        HostCommand.run(at, List.of(tree.resolve("bin/java").toString(), "-Xshare:dump"));
        long room = Folders.bytes(tree) * 5 / 4 / MIB + 8;
        HostCommand.run(at, List.of(mke2fs.toString(), "-q", "-t", "ext4", "-O", "^has_journal", "-m", "0", "-d",
                tree.toString(), at.resolve("java.ext4").toString(), room + "M"));
    }

    /** {@return the ext4 image} */
    Path image() {
        return folder.resolve("java.ext4");
    }

    /** {@return the libraries that this Java needs and that are not its own} */
    Set<Path> libraries() throws IOException {
        Path tree = folder.resolve("tree");
        List<Path> files = new ArrayList<>();
        files.add(tree.resolve("bin/java"));
        try (Stream<Path> all = Files.walk(tree.resolve("lib"))) {
            all.filter(file -> file.toString().endsWith(".so")).sorted().forEach(files::add);
        }
        Set<Path> found = HostParts.libraries(files);
        found.removeIf(library -> library.startsWith(folder));
        return found;
    }
}
