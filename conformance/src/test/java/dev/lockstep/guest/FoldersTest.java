package dev.lockstep.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
    @TempDir
    Path folder;

    @Test
    void whatIsMadeIsThereWholeAndNothingElseIs() throws IOException {
        Path made = Folders.whole(folder.resolve("x/part"), at -> Files.writeString(at, "whole"));
        assertThat(made).hasContent("whole");
        assertThat(folder.resolve("x")).isDirectoryNotContaining(file -> !file.equals(made));
    }

    @Test
    void whatIsThereIsNotMadeAgain() throws IOException {
        Path there = Files.writeString(folder.resolve("part"), "old");
        Folders.whole(there, at -> Files.writeString(at, "new"));
        assertThat(there).hasContent("old");
    }

    @Test
    void whatSomeoneElseHasMadeMeanwhileIsAsGood() throws IOException {
        Path wanted = folder.resolve("tree");
        Folders.whole(wanted, at -> {
            Files.writeString(Files.createDirectories(wanted).resolve("file"), "theirs");
            Files.writeString(Files.createDirectories(at).resolve("file"), "mine");
        });
        assertThat(wanted.resolve("file")).hasContent("theirs");
        assertThat(folder).isDirectoryNotContaining(file -> !file.equals(wanted));
    }

    @Test
    void whatCouldNotBeMadeLeavesNothing() {
        assertThatThrownBy(() -> Folders.whole(folder.resolve("part"), at -> {
            Files.writeString(at, "half");
            throw new GuestException("no");
        })).hasMessage("no");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aPartIsKeyedByWhatGoesIntoIt() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "one");
        String before = new Fingerprint().with("text").with(file).text();
        assertThat(new Fingerprint().with("text").with(file).text()).isEqualTo(before).matches("[0-9a-f]{16}");
        assertThat(new Fingerprint().with("texts").with(file).text()).isNotEqualTo(before);
        Files.writeString(file, "three");
        assertThat(new Fingerprint().with("text").with(file).text()).isNotEqualTo(before);
    }
}
