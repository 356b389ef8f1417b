package dev.lockstep.cli;

import dev.lockstep.volume.FileVolume;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code volume write}. */
@Command(name = "write", sortOptions = false,
        description = "Writes to every leg of a volume, from a file or from standard input. What is read there is all there before "
                + "anything is written.")
final class VolumeWrite extends VolumeUser {
    @Option(names = "--at", paramLabel = "BYTES", defaultValue = "0", description = "Where to (default: ${DEFAULT-VALUE}).")
    private String at;

    @Option(names = "--length", paramLabel = "BYTES",
            description = "How much (default: all that there is). There may be more than that, and not less.")
    private Optional<String> length = Optional.empty();

    @Option(names = "--from", paramLabel = "FILE", description = "Where from (default: standard input).")
    private Optional<Path> from = Optional.empty();

    @Option(names = "--flush", description = "Have it on stable storage, on every leg, before this ends.")
    private boolean flush;

    private Path source;
    private long bytes;

    VolumeWrite(Console console) {
        super(console);
    }

    @Override
    Optional<Path> ownFile() {
        return from;
    }

    @Override
    void check(FoundVolume found) throws IOException {
        long room = Math.max(0, found.layout().bytes() - position());
        length.ifPresent(text -> found.requireInside(position(), ByteCount.parse("--length", text)));
        source = from.isPresent() ? requireThere(from.get()) : spooled(length.map(text -> ByteCount.parse("--length", text)).orElse(room + 1));
        long there = Files.size(source);
        String name = from.map(Path::toString).orElse("standard input");
        if (length.isPresent()) {
            bytes = ByteCount.parse("--length", length.get());
            if (there < bytes) {
                throw new UserMistake(name + " ends after " + there + " bytes: --length " + length.get() + " was expected");
            }
        } else {
            bytes = there;
            if (bytes % SECTOR != 0) {
                throw new UserMistake(name + " has " + (from.isEmpty() && bytes > room ? "more than " + room : "" + bytes)
                        + " bytes: a multiple of 512 was expected, which fits into the volume, or --length");
            }
            found.requireInside(position(), bytes);
        }
    }

    private static Path requireThere(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new UserMistake("--from " + file + (Files.exists(file) ? " is no file that can be read" : ": there is no such file")
                    + "; a file to be written from was expected");
        }
        return file;
    }

    /** What is piped in, in a file, as far as it may be of use: so that nothing is written if it ends early. */
    private Path spooled(long most) throws IOException {
        Path file = Files.createTempFile("lockstep", ".spool");
        file.toFile().deleteOnExit();
        try (FileChannel spool = FileChannel.open(file, StandardOpenOption.WRITE)) {
            InputStream in = console().bytesIn();
            spool.transferFrom(Channels.newChannel(in), 0, most);
        }
        return file;
    }

    private long position() {
        return ByteCount.parse("--at", at);
    }

    @Override
    Did use(FileVolume open, FoundVolume found, Progress progress) throws IOException {
        ByteBuffer piece = ByteBuffer.allocateDirect((int) Math.min(PIECE, bytes));
        try (FileChannel in = FileChannel.open(source, StandardOpenOption.READ)) {
            for (long done = 0; done < bytes; done += piece.limit()) {
                piece.clear().limit((int) Math.min(piece.capacity(), bytes - done));
                while (piece.hasRemaining()) {
                    if (in.read(piece) < 0) {
                        throw new IOException(source + " has become shorter while it was read");
                    }
                }
                open.write(piece.flip(), position() + done);
                progress.show("written: " + ByteCount.text(done));
            }
        }
        if (flush) {
            open.flush();
        }
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("position", position());
        keys.put("length", bytes);
        keys.put("flushed", flush);
        return new Did(Ending.AS_EXPECTED, keys, "wrote " + ByteCount.text(bytes) + " at " + position()
                + (flush ? ", and flushed\n" : "; --flush was not given, so a power cut may still take it back\n"));
    }

    @Override
    void cleanUp() throws IOException {
        if (source != null && from.isEmpty()) {
            Files.deleteIfExists(source);
        }
    }
}
