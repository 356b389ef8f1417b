package dev.lockstep.crash.files;

import dev.lockstep.store.Leg;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/** What a {@link LegFileSystem} does: all but the contents of legs is asked of the file system below. Thread-safe. */
final class LegFileProvider extends FileSystemProvider {
    private final LegFileSystem system;

    LegFileProvider(LegFileSystem system) {
        this.system = system;
    }

    private static FileSystemProvider below(Path path) {
        return LegFilePath.real(path).getFileSystem().provider();
    }

    @Override
    public AsynchronousFileChannel newAsynchronousFileChannel(Path path, Set<? extends OpenOption> options, ExecutorService executor,
            FileAttribute<?>... attributes) throws IOException {
        Path real = LegFilePath.real(path);
        Optional<Leg> leg = system.leg(real);
        return leg.isPresent() ? new LegFileChannel(leg.get()) : below(path).newAsynchronousFileChannel(real, options, executor, attributes);
    }

    /** Locks are taken through these, which is nothing to a leg; and folders are forced. */
    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return below(path).newFileChannel(LegFilePath.real(path), options, attributes);
    }

    /** Whoever asks wants to know whether a file may be read and written through two channels: a leg may not. */
    @Override
    public FileStore getFileStore(Path path) throws IOException {
        throw new IOException("files that are legs are stored nowhere");
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        below(path).checkAccess(LegFilePath.real(path), modes);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options) throws IOException {
        return below(path).readAttributes(LegFilePath.real(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return below(path).readAttributes(LegFilePath.real(path), attributes, options);
    }

    @Override
    public boolean isSameFile(Path path, Path other) throws IOException {
        return Files.isSameFile(LegFilePath.real(path), LegFilePath.real(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return Files.isHidden(LegFilePath.real(path));
    }

    @Override
    public void delete(Path path) throws IOException {
        below(path).delete(LegFilePath.real(path));
    }

    @Override
    public String getScheme() {
        return "legs";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw none();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        throw none();
    }

    @Override
    public Path getPath(URI uri) {
        throw none();
    }

    @Override
    public SeekableByteChannel newByteChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) {
        throw none();
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter) {
        throw none();
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) {
        throw none();
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) {
        throw none();
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) {
        throw none();
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        throw none();
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
        throw none();
    }

    private static UnsupportedOperationException none() {
        return new UnsupportedOperationException("a mirror does not ask this of its files");
    }
}
