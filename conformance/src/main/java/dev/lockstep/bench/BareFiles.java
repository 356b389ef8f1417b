package dev.lockstep.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** What the mirror is compared with: two files that each thread writes one after the other, with nothing between. */
final class BareFiles implements Target {
    static final String NAME = "bare";

    private final List<FileChannel> files;

    private BareFiles(List<FileChannel> files) {
        this.files = files;
    }

    /** Makes the files, written once, so that no space has to be found for them while they are measured. */
    static BareFiles create(Path folder, int legs, long bytes) throws IOException {
        List<FileChannel> files = new ArrayList<>();
        for (int leg = 0; leg < legs; leg++) {
            Path file = folder.resolve(NAME + "-" + leg);
            Allocation.write(file, bytes);
            files.add(FileChannel.open(file, StandardOpenOption.WRITE));
        }
        return new BareFiles(files);
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
