package dev.lockstep.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What the mirror is compared with: two files that each thread writes one after the other, with nothing between. */
final class BareFiles implements Target {
    static final String NAME = "bare";

    private final List<FileChannel> files;

    private BareFiles(List<FileChannel> files) {
        this.files = files;
    }

    /** Where the files are, which have yet to be made. */
    static List<Path> files(Path folder, int legs) {
        return IntStream.range(0, legs).mapToObj(leg -> folder.resolve(NAME + "-" + leg)).toList();
    }

    /** Opens files that are there in full, so that no space has to be found for them while they are measured. */
    static BareFiles open(List<Path> files) throws IOException {
        List<FileChannel> opened = new ArrayList<>();
        for (Path file : files) {
            opened.add(FileChannel.open(file, StandardOpenOption.WRITE));
        }
        return new BareFiles(opened);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
        int start = from.position();
        for (FileChannel file : files) {
            from.position(start);
            for (long at = position; from.hasRemaining(); ) {
                at += file.write(from, at);
            }
        }
    }

    @Override
    public void flush() throws IOException {
        for (FileChannel file : files) {
            file.force(false);
        }
    }

    @Override
    public void close() throws IOException {
        for (FileChannel file : files) {
            file.close();
        }
    }
}
