package dev.lockstep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user can get wrong with a leg's file, each told in one sentence, and how a new file is made durable. */
class FileLegOpeningTest {

    @TempDir
    Path folder;

    @Test
    void noSuchFile() {
        Path path = folder.resolve("missing");
        assertThatThrownBy(() -> FileLeg.open(path, Access.READ_WRITE)).isExactlyInstanceOf(StoreException.class)
                .hasMessage(path + ": cannot be opened for reading and writing: no such file or folder");
        assertThat(path).doesNotExist();
    }

    @Test
    void aDirectoryInPlaceOfTheFile() {
        assertThatThrownBy(() -> FileLeg.open(folder, Access.READ_ONLY)).isExactlyInstanceOf(StoreException.class)
                .hasMessage(folder + ": is a directory; expected a regular file or a block device");
    }

    @Test
    void aSocketInPlaceOfTheFile() throws IOException {
        Path path = folder.resolve("socket");
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(path));
            assertThatThrownBy(() -> FileLeg.open(path, Access.READ_WRITE)).isExactlyInstanceOf(StoreException.class)
                    .hasMessage(path + ": is a special file; expected a regular file or a block device");
        }
    }

    @Test
    void aFileInPlaceOfTheFolder() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> FileLeg.open(file.resolve("leg0"), Access.READ_ONLY))
                .hasMessage(file.resolve("leg0") + ": cannot be opened for reading: Not a directory");
        assertThatThrownBy(() -> FileLeg.create(file.resolve("leg0"), 512))
                .isExactlyInstanceOf(StoreException.class)
                .hasMessage(file.resolve("leg0") + ": cannot be created: Not a directory");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 513, 1000})
    void aLengthThatIsNoPositiveMultipleOfASector(int length) throws IOException {
        Path path = folder.resolve("leg0");
        Files.write(path, new byte[length]);
        assertThatThrownBy(() -> FileLeg.open(path, Access.READ_WRITE)).isExactlyInstanceOf(StoreException.class)
                .hasMessage(path + ": is " + length + " bytes long; expected a positive multiple of 512 bytes");
        assertThat(path).hasSize(length);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -512, 511, 513, Long.MAX_VALUE})
    void aLengthThatNoLegCanBeMadeWith(long length) {
        Path path = folder.resolve("leg0");
        assertThatThrownBy(() -> FileLeg.create(path, length)).isExactlyInstanceOf(StoreException.class).hasMessage(
                path + ": cannot be made " + length + " bytes long; expected a positive multiple of 512 bytes");
        assertThat(path).doesNotExist();
    }

    @Test
    void creatingRefusesWhatIsThereAndLeavesItAlone() throws IOException {
        Path path = folder.resolve("leg0");
        Files.write(path, Bytes.array(512, 3));
        assertThatThrownBy(() -> FileLeg.create(path, 1024)).isExactlyInstanceOf(StoreException.class)
                .hasMessage(path + ": cannot be created: it exists already");
        assertThat(Files.readAllBytes(path)).isEqualTo(Bytes.array(512, 3));
        assertThatThrownBy(() -> FileLeg.create(folder, 1024)).hasMessageEndingWith(": it exists already");
        assertThatThrownBy(() -> FileLeg.create(folder.resolve("missing/leg0"), 512))
                .hasMessageEndingWith("leg0: cannot be created: no such file or folder");
    }

    @Test
    void creatingThroughADanglingLinkIsRefused() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("target"));
        assertThatThrownBy(() -> FileLeg.create(link, 512)).hasMessage(
                link + ": cannot be created: it exists already");
        assertThat(folder.resolve("target")).doesNotExist();
    }

    @Test
    void openingThroughALinkWorksAndKeepsTheNameThatWasGiven() throws IOException {
        Path link = folder.resolve("link");
        FileLeg.create(folder.resolve("target"), 512).close();
        Files.createSymbolicLink(link, folder.resolve("target"));
        try (FileLeg leg = FileLeg.open(link, Access.READ_WRITE)) {
            assertThat(leg.name()).isEqualTo(link.toString());
        }
    }

    @Test
    void creatingForcesTheFileAndThenItsFolder() throws IOException {
        Path path = folder.resolve("leg0");
        MemoryFile file = new MemoryFile(1024);
        MemoryFile directory = new MemoryFile(0);
        List<Path> opened = new ArrayList<>();
        directory.beforeForce = () -> assertThat(file.calls).containsExactly("write 1 at 1023", "force all");
        RawFile.Opener opener = (where, options) -> {
            opened.add(where);
            return where.equals(path) ? file : directory;
        };
        FileLeg leg = new LegFiles(opener).create(path, 1024);
        assertThat(opened).containsExactly(path, folder);
        assertThat(directory.calls).containsExactly("force all", "close");
        assertThat(leg.length()).isEqualTo(1024);
        assertThat(file.calls).doesNotContain("close");
    }

    @Test
    void aRelativePathHasAFolderToo() throws IOException {
        List<Path> opened = new ArrayList<>();
        new LegFiles((where, options) -> {
            opened.add(where);
            return new MemoryFile(512);
        }).create(Path.of("leg0"), 512);
        assertThat(opened).containsExactly(Path.of("leg0"), Path.of("").toAbsolutePath());
    }

    @Test
    void aLegThatCannotBeMadeDurableIsRemoved() {
        Path path = folder.resolve("leg0");
        MemoryFile directory = new MemoryFile(0);
        directory.beforeForce = MemoryFile.broken("Input/output error");
        RawFile.Opener opener = (where, options) ->
                where.equals(path) ? CallerThreadFile.open(where, options) : directory;
        assertThatThrownBy(() -> new LegFiles(opener).create(path, 512)).isExactlyInstanceOf(StoreException.class)
                .hasMessage(path + ": cannot be created: Input/output error");
        assertThat(path).doesNotExist();
    }

    @Test
    void aLegThatIsRefusedIsNotLeftOpen() throws IOException {
        Path path = Files.createFile(folder.resolve("leg0"));
        MemoryFile file = new MemoryFile(100);
        assertThatThrownBy(() -> new LegFiles((where, options) -> file).open(path, Access.READ_WRITE))
                .isInstanceOf(StoreException.class);
        assertThat(file.calls).containsExactly("close");
    }
}
