package dev.lockstep.sut;

import dev.lockstep.store.FileLeg;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of a mirror's legs under replay: made by the production code, and written and read back through channels of the rig's own,
 * whoever has them open. Contents are numbers. Not thread-safe.
 */
final class LegFiles implements Closeable {
    private final Size size;
    private final List<Path> paths = new ArrayList<>();
    private final List<FileChannel> channels = new ArrayList<>();
    private final List<Contents> contents = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Size.BLOCK_BYTES);
    private final ByteBuffer whole;
    /** Each block of it. */
    private final ByteBuffer[] blocksOfWhole;

    /**
     * Makes them. If that fails none is left.
     *
     * @param folder an empty folder
     * @param size   the volume's size
     * @param blocks the bytes that stand for the model's contents
     * @param value  the content that every block has at first
     */
    LegFiles(Path folder, Size size, BlockContents blocks, int value) throws IOException {
        this.size = size;
        this.whole = ByteBuffer.allocateDirect((int) size.bytes());
        this.blocksOfWhole = new ByteBuffer[size.blocks()];
        for (int block = 0; block < blocksOfWhole.length; block++) {
            blocksOfWhole[block] = whole.slice(block * Size.BLOCK_BYTES, Size.BLOCK_BYTES);
        }
        try {
            for (int leg = 0; leg < size.legs(); leg++) {
                make(folder.resolve("leg" + leg));
                know(leg, blocks);
                for (int block = 0; block < size.blocks(); block++) {
                    write(leg, block, value);
                }
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void make(Path path) throws IOException {
        FileLeg.create(path, size.bytes()).close();
        paths.add(path);
        channels.add(FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
        contents.add(new Contents(size.blocks(), Size.BLOCK_BYTES));
    }

    /** The model's contents have the model's numbers. */
    private void know(int leg, BlockContents blocks) {
        for (int block = 0; block < size.blocks(); block++) {
            for (int content = 0; content < blocks.values(); content++) {
                if (contents.get(leg).number(block, blocks.bytes(block, content)) != content) {
                    throw new IllegalArgumentException("two contents of block " + block + " are the same");
                }
            }
        }
    }

    /** The paths, in the order of the legs. */
    List<Path> paths() {
        return paths;
    }

    /** What a leg was seen to hold. */
    Contents contents(int leg) {
        return contents.get(leg);
    }

    /** Has a block hold a content. */
    void write(int leg, int block, int number) throws IOException {
        channels.get(leg).write(contents.get(leg).bytes(block, number), (long) block * Size.BLOCK_BYTES);
    }

    /** The number of what a block holds. */
    int now(int leg, int block) throws IOException {
        return contents.get(leg).number(block, read(leg, block));
    }

    /** What every block of a leg holds: one read, as a read costs more than what it reads. */
    int[] now(int leg) throws IOException {
        channels.get(leg).read(whole.clear(), 0);
        int[] now = new int[blocksOfWhole.length];
        for (int block = 0; block < now.length; block++) {
            // Of a file that was cut off a block has what is left of it.
            int there = Math.max(0, Math.min(Size.BLOCK_BYTES, whole.position() - block * Size.BLOCK_BYTES));
            now[block] = contents.get(leg).number(block, blocksOfWhole[block].limit(there));
        }
        return now;
    }

    /** A block's bytes. */
    byte[] bytes(int leg, int block) throws IOException {
        ByteBuffer read = read(leg, block);
        byte[] bytes = new byte[read.remaining()];
        read.get(bytes);
        return bytes;
    }

    private ByteBuffer read(int leg, int block) throws IOException {
        buffer.clear();
        channels.get(leg).read(buffer, (long) block * Size.BLOCK_BYTES);
        return buffer.flip();
    }

    /** Closes the channels and takes the files away. */
    @Override
    public void close() throws IOException {
        for (FileChannel channel : channels) {
            channel.close();
        }
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
    }
}
