package dev.lockstep.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where files are in memory: a replay forces its files often, and what reaches a disk is not what it is about. */
final class MemoryFolder {
    private static final Path MEMORY = Path.of("/dev/shm");

    private MemoryFolder() {
    }

    /** Returns a folder in memory that can be written; where there is none, the one for temporary files. */
    static Path orTemporary() {
        return Files.isDirectory(MEMORY) && Files.isWritable(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
    }
}
