package dev.lockstep.sut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are read back where the operating system has them. */
class ReadBackTest {
    @TempDir
    private Path folder;

    private static void cut(Path file, long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
    }

    @Test
    void whatSomebodyElseWritesIsSeen() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[8192]);
        try (ReadBack readBack = new ReadBack(file, 8192); FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE)) {
            other.write(ByteBuffer.wrap(new byte[] {7}), 5000);
            assertThat(readBack.held().get(5000)).isEqualTo((byte) 7);
            readBack.write(ByteBuffer.wrap(new byte[] {8}), 5000);
            assertThat(Files.readAllBytes(file)[5000]).isEqualTo((byte) 8);
        }
    }

    @Test
    void ofAFileThatIsCutShortWhatIsLeftIsSeenAndThatTheRestIsMissing() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[8192]);
        try (ReadBack readBack = new ReadBack(file, 8192)) {
            cut(file, 4097);
            ByteBuffer held = readBack.held();
            assertThat(held.remaining()).isEqualTo(8192);
            assertThat(held.get(4096)).isZero();
            assertThat(held.get(4097)).isNotZero();
            assertThat(held.get(8191)).isNotZero();
        }
    }

    /** A mirror that cuts off its leg or its log is seen to: by the content, and by the log's fault. */
    @Test
    void aMirrorThatCutsItsFilesOffIsSeenTo() throws IOException {
        for (LogFormat format : LogFormat.values()) {
            Path own = Files.createDirectory(folder.resolve(format.name()));
            try (Mirror mirror = new Mirror(own, Size.SMALLEST, Policy.ORIGINAL, Surroundings.of(Storing.MMAP), format, new Stamps(1, 2), 0)) {
                int before = mirror.devices().now(0, 0);
                assertThat(mirror.logFault()).isEmpty();
                for (Path file : Files.list(own).toList()) {
                    cut(file, 0);
                }
                assertThat(mirror.devices().now(0, 0)).isNotEqualTo(before);
                // As a replay does at each step, before it asks for the log's fault.
                for (Variable variable : Variables.of(Size.SMALLEST)) {
                    variable.observe(mirror);
                }
                assertThat(mirror.logFault()).isPresent();
            }
        }
    }
}
