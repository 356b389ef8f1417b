package dev.lockstep.cli;

import dev.lockstep.tlc.Model;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * A folder with the spec: the user's, or a temporary one with the spec that comes with Lockstep, which closing removes.
 * It is only ever read, but for the files that a maintainer asks to have pinned.
 */
public final class SpecFolder implements AutoCloseable {
    private static final String PACKED = "dev/lockstep/spec/";
    /** A file that is packed there for certain. */
    private static final String ANCHOR = PACKED + "Mirror.tla";
    private static final int HASH_DIGITS = 16;

    private final Path path;
    private final Optional<Thread> removal;

    private SpecFolder(Path path, boolean temporary) {
        this.path = path;
        Thread hook = new Thread(() -> remove(path), "lockstep-spec-cleanup");
        this.removal = temporary ? Optional.of(hook) : Optional.empty();
        removal.ifPresent(Runtime.getRuntime()::addShutdownHook);
    }

    /**
     * Opens a user's folder, or else the spec that comes with Lockstep.
     *
     * @throws UserMistake if there is no such folder, or no model in it
     */
    public static SpecFolder open(Optional<Path> given) throws IOException {
        if (given.isEmpty()) {
            return packed();
        }
        Path path = given.get();
        if (!Files.isDirectory(path)) {
            throw new UserMistake("there is no folder " + path + ": one with a spec was expected");
        }
        SpecFolder folder = new SpecFolder(path, false);
        if (folder.models().isEmpty()) {
            throw new UserMistake("there is no model in " + path
                    + ": files named MODULE_..._PROPERTY.cfg were expected");
        }
        return folder;
    }

    private static SpecFolder packed() throws IOException {
        URL anchor = SpecFolder.class.getClassLoader().getResource(ANCHOR);
        if (anchor == null) {
            throw new IOException("the spec is not on the class path: " + ANCHOR + " was expected");
        }
        return unpack(anchor);
    }

    /**
     * Opens a temporary copy of a spec that is packed in a jar or lies in a folder of classes, given the place of one
     * file of it.
     */
    static SpecFolder unpack(URL anchor) throws IOException {
        SpecFolder folder = new SpecFolder(Files.createTempDirectory("lockstep-spec"), true);
        try {
            if (anchor.openConnection() instanceof JarURLConnection connection) {
                connection.setUseCaches(false);
                try (JarFile jar = connection.getJarFile()) {
                    extract(jar, folder.path);
                }
            } else {
                copy(Path.of(URI.create(anchor.toString())).getParent(), folder.path);
            }
            return folder;
        } catch (IOException e) {
            folder.close();
            throw e;
        }
    }

    private static void extract(JarFile jar, Path to) throws IOException {
        for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements();) {
            JarEntry entry = entries.nextElement();
            String name = entry.getName();
            if (name.startsWith(PACKED) && name.indexOf('/', PACKED.length()) < 0 && name.length() > PACKED.length()) {
                try (InputStream in = jar.getInputStream(entry)) {
                    Files.copy(in, to.resolve(name.substring(PACKED.length())));
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path file : files(from, "*")) {
            Files.copy(file, to.resolve(file.getFileName().toString()));
        }
    }

    /** Returns the folder. */
    public Path path() {
        return path;
    }

    /** Returns what {@code *.cfg} files there are, by ascending name. */
    List<ModelName> models() throws IOException {
        return files(path, "*_*.cfg").stream().map(ModelName::of).toList();
    }

    /** Returns what {@code *.deep} files there are, by ascending name: models too large to be judged completely. */
    List<ModelName> deepModels() throws IOException {
        return files(path, "*_*.deep").stream()
                .map(file -> ModelName.of(file.getFileName().toString().replace(".deep", ""))).toList();
    }

    /** Returns a deep model for TLC. */
    Model deepModel(ModelName name) throws IOException {
        return new Model(name.name(), path, name.module(), Files.readString(path.resolve(name.name() + ".deep")));
    }

    /** Returns the names of its modules, ascending. */
    List<String> modules() throws IOException {
        return files(path, "*.tla").stream().map(file -> file.getFileName().toString().replace(".tla", "")).toList();
    }

    /** Returns a model for TLC. */
    Model model(ModelName name) {
        return Model.read(path, name.module(), path.resolve(name.name() + ".cfg"));
    }

    /** Returns what tells this spec from others: 16 digits of the SHA-256 of the names and texts of its modules. */
    public String hash() throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path module : files(path, "*.tla")) {
                digest.update((module.getFileName() + "\0").getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(module));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The counterexample modules that the TLA+ tools leave beside a spec are no part of it. */
    private static List<Path> files(Path folder, String pattern) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, pattern)) {
            for (Path file : stream) {
                if (Files.isRegularFile(file) && !file.getFileName().toString().contains("_TTrace_")) {
                    files.add(file);
                }
            }
        }
        files.sort(null);
        return files;
    }

    @Override
    public void close() {
        removal.ifPresent(hook -> {
            remove(path);
            Runtime.getRuntime().removeShutdownHook(hook);
        });
    }

    private static void remove(Path folder) {
        try {
            for (Path file : files(folder, "*")) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary folder " + folder + " cannot be removed", e);
        }
    }
}
