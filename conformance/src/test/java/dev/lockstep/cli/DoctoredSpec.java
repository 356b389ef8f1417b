package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sut.ModelGraphs;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A copy of the spec in which Mirror.tla has something put otherwise. */
final class DoctoredSpec {
    private DoctoredSpec() {
    }

    static Path in(Path folder, String from, String to) throws IOException {
        Files.createDirectories(folder);
        for (String pattern : new String[] {"*.tla", "MCMirror_*_TypeOK.cfg"}) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(ModelGraphs.SPEC, pattern)) {
                for (Path file : files) {
                    Files.copy(file, folder.resolve(file.getFileName().toString()));
                }
            }
        }
        Path mirror = folder.resolve("Mirror.tla");
        String text = Files.readString(mirror);
        assertThat(text).containsOnlyOnce(from);
        Files.writeString(mirror, text.replace(from, to));
        return folder;
    }
}
