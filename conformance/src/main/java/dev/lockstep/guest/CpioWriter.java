package dev.lockstep.guest;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioConstants;

/**
 * Writes an archive that Linux takes for an initramfs: cpio in the format newc. Folders are made as they are needed; the
 * same entries give the same bytes, whenever they are written. Not thread-safe.
 */
final class CpioWriter implements Closeable {
    private static final int EXECUTABLE = 0755;
    private static final int PLAIN = 0644;
    private static final int OWNER_ONLY = 0600;

    private final CpioArchiveOutputStream archive;
    private final Set<String> folders = new HashSet<>();

    CpioWriter(OutputStream out) {
        archive = new CpioArchiveOutputStream(out, CpioConstants.FORMAT_NEW);
    }

    /** Adds a file that may be executed. */
    void program(String path, byte[] bytes) throws IOException {
        file(path, bytes, EXECUTABLE);
    }

    /** Adds a copy of a file of the host that may be executed. */
    void program(String path, Path source) throws IOException {
        file(path, Files.readAllBytes(source), EXECUTABLE);
    }

    /** Adds a file. */
    void file(String path, byte[] bytes) throws IOException {
        file(path, bytes, PLAIN);
    }

    private void file(String path, byte[] bytes, int permissions) throws IOException {
        foldersOf(path);
        CpioArchiveEntry entry = entry(path, CpioConstants.C_ISREG | permissions);
        entry.setSize(bytes.length);
        put(entry, bytes);
    }

    /** Adds a symbolic link. */
    void link(String path, String target) throws IOException {
        foldersOf(path);
        byte[] bytes = target.getBytes(StandardCharsets.UTF_8);
        CpioArchiveEntry entry = entry(path, CpioConstants.C_ISLNK | 0777);
        entry.setSize(bytes.length);
        put(entry, bytes);
    }

    /** Adds a character device. */
    void characterDevice(String path, int major, int minor) throws IOException {
        foldersOf(path);
        CpioArchiveEntry entry = entry(path, CpioConstants.C_ISCHR | OWNER_ONLY);
        entry.setRemoteDeviceMaj(major);
        entry.setRemoteDeviceMin(minor);
        put(entry, new byte[0]);
    }

    /** Adds a folder, and those that it lies in; does nothing if it is there. */
    void folder(String path) throws IOException {
        if (path.isEmpty() || !folders.add(path)) {
            return;
        }
        foldersOf(path);
        CpioArchiveEntry entry = entry(path, CpioConstants.C_ISDIR | EXECUTABLE);
        entry.setNumberOfLinks(2);
        put(entry, new byte[0]);
    }

    private void foldersOf(String path) throws IOException {
        if (path.startsWith("/")) {
            throw new IllegalArgumentException("an entry is named " + path + "; a path that does not begin with / is expected");
        }
        folder(path.substring(0, Math.max(0, path.lastIndexOf('/'))));
    }

    private static CpioArchiveEntry entry(String path, long mode) {
        CpioArchiveEntry entry = new CpioArchiveEntry(CpioConstants.FORMAT_NEW, path);
        entry.setMode(mode);
        entry.setTime(0);
        return entry;
    }

    private void put(CpioArchiveEntry entry, byte[] bytes) throws IOException {
        archive.putArchiveEntry(entry);
        archive.write(bytes);
        archive.closeArchiveEntry();
    }

    /** Ends the archive and closes what it is written to. */
    @Override
    public void close() throws IOException {
        archive.close();
    }
}
