package dev.lockstep.cli;

import dev.lockstep.volume.FileVolume;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code volume read}. */
@Command(name = "read", sortOptions = false,
        description = "Reads from a volume, to a file that is yet to be made or to standard output.")
final class VolumeRead extends VolumeUser {
    @Option(names = "--at", paramLabel = "BYTES", defaultValue = "0", description = "Where from (default: ${DEFAULT-VALUE}).")
    private String at;

    @Option(names = "--length", paramLabel = "BYTES", description = "How much (default: all that follows).")
    private Optional<String> length = Optional.empty();

    @Option(names = "--to", paramLabel = "FILE",
            description = "Where to; the result is printed then. Without it the bytes go to standard output, and nothing else does.")
    private Optional<Path> to = Optional.empty();

    @Spec
    private CommandSpec spec;

    VolumeRead(Console console) {
        super(console);
    }

    @Override
    Optional<Path> ownFile() {
        return to;
    }

    @Override
    void check(FoundVolume found) {
        found.requireInside(position(), length(found));
        if (to.isEmpty() && spec.commandLine().getParseResult().hasMatchedOption("--json")) {
            throw new UserMistake("--json was given without --to: standard output takes the bytes or the result, so a file was expected");
        }
        to.ifPresent(file -> {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isWritable(file) || Files.isRegularFile(file)
                    || Files.isDirectory(file)) {
                throw new UserMistake("--to " + file + " exists already: a file that is yet to be made was expected");
            }
            Path folder = file.toAbsolutePath().getParent();
            if (!Files.isDirectory(folder)) {
                throw new UserMistake("--to " + file + " cannot be made: there is no folder " + folder);
            }
        });
    }

    private long position() {
        return ByteCount.parse("--at", at);
    }

    private long length(FoundVolume found) {
        return length.map(text -> ByteCount.parse("--length", text)).orElse(found.layout().bytes() - position());
    }

    @Override
    Did use(FileVolume open, FoundVolume found, Progress progress) throws IOException {
        long bytes = length(found);
        if (to.isPresent()) {
            try (WritableByteChannel file = Files.newByteChannel(to.get(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                copy(open, bytes, file, progress);
            }
        } else {
            OutputStream out = console().bytesOut();
            copy(open, bytes, Channels.newChannel(out), progress);
            out.flush();
        }
        String text = to.map(file -> "read " + ByteCount.text(bytes) + " at " + position() + " to " + file + "\n").orElse("");
        return new Did(Ending.AS_EXPECTED, Map.of("position", position(), "length", bytes), text);
    }

    private void copy(FileVolume open, long bytes, WritableByteChannel out, Progress progress) throws IOException {
        ByteBuffer piece = ByteBuffer.allocateDirect((int) Math.min(PIECE, bytes));
        for (long done = 0; done < bytes; done += piece.limit()) {
            piece.clear().limit((int) Math.min(piece.capacity(), bytes - done));
            open.read(piece, position() + done);
            piece.flip();
            while (piece.hasRemaining()) {
                out.write(piece);
            }
            progress.show("read: " + ByteCount.text(done));
        }
    }

    @Override
    boolean tellsState() {
        return to.isPresent();
    }
}
