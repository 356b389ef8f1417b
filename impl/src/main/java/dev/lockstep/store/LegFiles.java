package dev.lockstep.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/** Finds and makes the files behind legs, and says in one sentence what is wrong with them. */
final class LegFiles {

    private static final int TYPE_MASK = 0xF000;
    private static final int TYPE_BLOCK_DEVICE = 0x6000;

    private final RawFile.Opener opener;

    LegFiles(RawFile.Opener opener) {
        this.opener = opener;
    }

    FileLeg open(Path path, Access access) throws StoreException {
        RawFile file = null;
        try {
            // Looked at before it is opened, as opening a pipe would wait for its other end.
            requireFileOrBlockDevice(path);
            file = opener.open(path, access == Access.READ_ONLY
                    ? Set.of(StandardOpenOption.READ)
                    : Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
            long length = file.size();
            requireLength(path, "is " + length + " bytes long", length);
            return new FileLeg(path.toString(), file, length, access);
        } catch (IOException e) {
            closeQuietly(file, e);
            throw explained(path, "cannot be opened for " + access.purpose(), e);
        }
    }

    FileLeg create(Path path, long length) throws StoreException {
        requireLength(path, "cannot be made " + length + " bytes long", length);
        RawFile file = null;
        try {
            file = opener.open(path,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE));
            // Its last byte gives the file its length and leaves the rest a hole that reads as zeros.
            if (file.write(ByteBuffer.allocate(1), length - 1) != 1) {
                throw new IOException("its last byte was not written");
            }
            file.force(true);
            forceDirectoryOf(path);
            return new FileLeg(path.toString(), file, length, Access.READ_WRITE);
        } catch (IOException e) {
            closeQuietly(file, e);
            if (file != null) {
                deleteQuietly(path, e);
            }
            throw explained(path, "cannot be created", e);
        }
    }

    /** A new file is only as durable as the entry that names it. */
    private void forceDirectoryOf(Path path) throws IOException {
        try (RawFile directory = opener.open(path.toAbsolutePath().getParent(), Set.of(StandardOpenOption.READ))) {
            directory.force(true);
        }
    }

    private static void requireFileOrBlockDevice(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (!attributes.isRegularFile() && !(attributes.isOther() && isBlockDevice(path))) {
            throw new StoreException(path + ": is " + (attributes.isDirectory() ? "a directory" : "a special file")
                    + "; expected a regular file or a block device");
        }
    }

    private static boolean isBlockDevice(Path path) throws IOException {
        return ((Integer) Files.getAttribute(path, "unix:mode") & TYPE_MASK) == TYPE_BLOCK_DEVICE;
    }

    private static void requireLength(Path path, String found, long length) throws StoreException {
        if (length <= 0 || length % Leg.SECTOR != 0) {
            throw new StoreException(path + ": " + found + "; expected a positive multiple of " + Leg.SECTOR
                    + " bytes");
        }
    }

    private static StoreException explained(Path path, String what, IOException e) {
        if (e instanceof StoreException already) {
            return already;
        }
        return new StoreException(path + ": " + what + ": " + reason(e), e);
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file or folder";
        } else if (e instanceof FileAlreadyExistsException) {
            return "it exists already";
        } else if (e instanceof AccessDeniedException) {
            return "permission denied";
        } else if (e instanceof FileSystemException f && f.getReason() != null) {
            return f.getReason();
        }
        return FileLeg.words(e);
    }

    private static void closeQuietly(RawFile file, IOException reason) {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    private static void deleteQuietly(Path path, IOException reason) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }
}
