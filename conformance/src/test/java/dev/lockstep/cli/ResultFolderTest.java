package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFolderTest {
    @TempDir
    private Path temporary;

    @Test
    void theFolderIsMadeWhenSomethingIsWritten() throws IOException {
        ResultFolder folder = new ResultFolder(temporary.resolve("a/b"));
        folder.check();
        assertThat(temporary).isEmptyDirectory();
        folder.write("x.json", "1\n");
        folder.write("x.json", "2\n");
        assertThat(temporary.resolve("a/b")).isDirectoryNotContaining(file -> !file.endsWith("x.json"));
        assertThat(temporary.resolve("a/b/x.json")).hasContent("2\n");
    }

    @Test
    void aFileInThePlaceOfTheFolderIsAMistake() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));
        for (Path path : new Path[] {file, file.resolve("below")}) {
            assertThatThrownBy(() -> new ResultFolder(path).check()).isInstanceOf(UserMistake.class)
                    .hasMessageContaining(path.toString()).hasMessageContaining(file + " is a file");
        }
    }

    @Test
    void whatCannotBeWrittenIsAMistakeThatNamesTheFile() throws IOException {
        Files.createDirectories(temporary.resolve("x.json/taken"));
        ResultFolder folder = new ResultFolder(temporary);
        assertThatThrownBy(() -> folder.write("x.json", "1\n")).isInstanceOf(UserMistake.class)
                .hasMessageStartingWith("the result " + temporary.resolve("x.json") + " cannot be written: ");
        assertThat(temporary).isDirectoryNotContaining(file -> !file.endsWith("x.json"));
    }
}
