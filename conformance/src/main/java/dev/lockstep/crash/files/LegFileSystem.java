package dev.lockstep.crash.files;

import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A file system over a folder of another one, in which some files are legs: reading, writing and forcing such a file is asked of its leg. All
 * else, as names, locks and attributes, is the other file system's. Thread-safe, as far as the legs are.
 */
public final class LegFileSystem extends FileSystem {
    private final Path folder;
    private final Map<String, Leg> legs;
    private final LegFileProvider provider = new LegFileProvider(this);

    private LegFileSystem(Path folder, Map<String, Leg> legs) {
        this.folder = folder;
        this.legs = Map.copyOf(legs);
    }

    /**
     * {@return the file system} A file, empty, is made for each leg.
     *
     * @param folder a real folder
     * @param legs   the legs by the names of their files in it
     * @throws IOException if a file cannot be made
     */
    public static LegFileSystem in(Path folder, Map<String, Leg> legs) throws IOException {
        for (String name : legs.keySet()) {
            Files.createFile(folder.resolve(name));
        }
        return new LegFileSystem(folder, legs);
    }

    /**
     * {@return a file in the folder}
     *
     * @param name its name
     */
    public Path file(String name) {
        return new LegFilePath(this, folder.resolve(name));
    }

    /** The leg that a file is, if it is one. */
    Optional<Leg> leg(Path real) {
        return folder.equals(real.getParent()) ? Optional.ofNullable(legs.get(real.getFileName().toString())) : Optional.empty();
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public Path getPath(String first, String... more) {
        return new LegFilePath(this, folder.getFileSystem().getPath(first, more));
    }

    @Override
    public String getSeparator() {
        return folder.getFileSystem().getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of(new LegFilePath(this, folder.getRoot()));
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return List.of();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return folder.getFileSystem().supportedFileAttributeViews();
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        PathMatcher matcher = folder.getFileSystem().getPathMatcher(syntaxAndPattern);
        return path -> matcher.matches(LegFilePath.real(path));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return folder.getFileSystem().getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException("nobody watches files that are legs");
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("there is nothing to close; the folder and the legs are somebody else's");
    }
}
