package dev.lockstep.crash.files;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;

/**
 * A path of a {@link LegFileSystem}: that of the file system below, by another name.
 *
 * @param system the file system
 * @param real   the path below
 */
record LegFilePath(LegFileSystem system, Path real) implements Path {

    /** The path below, of either file system's. */
    static Path real(Path path) {
        return path instanceof LegFilePath ours ? ours.real : path;
    }

    private Path of(Path path) {
        return path == null ? null : new LegFilePath(system, path);
    }

    @Override
    public FileSystem getFileSystem() {
        return system;
    }

    @Override
    public boolean isAbsolute() {
        return real.isAbsolute();
    }

    @Override
    public Path getRoot() {
        return of(real.getRoot());
    }

    @Override
    public Path getFileName() {
        return of(real.getFileName());
    }

    @Override
    public Path getParent() {
        return of(real.getParent());
    }

    @Override
    public int getNameCount() {
        return real.getNameCount();
    }

    @Override
    public Path getName(int index) {
        return of(real.getName(index));
    }

    @Override
    public Path subpath(int first, int end) {
        return of(real.subpath(first, end));
    }

    @Override
    public boolean startsWith(Path other) {
        return other instanceof LegFilePath ours && real.startsWith(ours.real);
    }

    @Override
    public boolean endsWith(Path other) {
        return other instanceof LegFilePath ours && real.endsWith(ours.real);
    }

    @Override
    public Path normalize() {
        return of(real.normalize());
    }

    @Override
    public Path resolve(Path other) {
        return of(real.resolve(real(other)));
    }

    @Override
    public Path relativize(Path other) {
        return of(real.relativize(real(other)));
    }

    @Override
    public URI toUri() {
        return real.toUri();
    }

    @Override
    public Path toAbsolutePath() {
        return of(real.toAbsolutePath());
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
        return of(real.toRealPath(options));
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException("nobody watches files that are legs");
    }

    @Override
    public int compareTo(Path other) {
        return real.compareTo(((LegFilePath) other).real);
    }

    @Override
    public String toString() {
        return real.toString();
    }
}
