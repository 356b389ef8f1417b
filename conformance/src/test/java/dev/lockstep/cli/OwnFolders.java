package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The temporary folders that this process has made for mirrors and mutants: none is to outlast what it was made for. */
final class OwnFolders {
    private OwnFolders() {
    }

    static void assertNone() throws IOException {
        String mark = "-" + ProcessHandle.current().pid() + "-";
        List<String> found = new ArrayList<>();
        for (Path folder : List.of(Path.of(System.getProperty("java.io.tmpdir")), MemoryFolder.orTemporary())) {
            try (Stream<Path> all = Files.list(folder)) {
                all.map(Path::toString).filter(name -> name.matches(".*/lockstep-(replay|scenario|mutant)" + mark + ".*")).forEach(found::add);
            }
        }
        assertThat(found).as("temporary folders that were left behind").isEmpty();
    }
}
