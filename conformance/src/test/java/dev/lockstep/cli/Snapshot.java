package dev.lockstep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** What is in a folder: every file with its checksum, to see that nothing changed. */
record Snapshot(Map<Path, Long> files) {
    static Snapshot of(Path folder) throws IOException {
        Map<Path, Long> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                CRC32 checksum = new CRC32();
                if (Files.isRegularFile(path)) {
                    checksum.update(Files.readAllBytes(path));
                }
                files.put(path, checksum.getValue());
            }
        }
        return new Snapshot(files);
    }
}
