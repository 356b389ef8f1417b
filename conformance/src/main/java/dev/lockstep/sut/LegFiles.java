package dev.lockstep.sut;

import dev.lockstep.store.FileLeg;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of a mirror's legs under replay: made by the production code, and read back and written by channels of the rig's own, whoever has
 * them open. Contents are numbers. Not thread-safe.
 */
final class LegFiles implements Closeable {
    private final Size size;
    private final List<Path> paths = new ArrayList<>();
    private final List<ReadBack> files = new ArrayList<>();
    private final List<Contents> contents = new ArrayList<>();

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
        files.add(new ReadBack(path, Math.toIntExact(size.bytes())));
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
        files.get(leg).write(contents.get(leg).bytes(block, number), (long) block * Size.BLOCK_BYTES);
    }

    /** The number of what a block holds. */
    int now(int leg, int block) throws IOException {
        return contents.get(leg).number(block, block(files.get(leg).held(), block));
    }

    private static ByteBuffer block(ByteBuffer leg, int block) {
        return leg.slice(block * Size.BLOCK_BYTES, Size.BLOCK_BYTES);
    }

    /** The numbers of what every block of a leg holds. */
    int[] now(int leg) throws IOException {
        ByteBuffer held = files.get(leg).held();
        int[] now = new int[size.blocks()];
        for (int block = 0; block < now.length; block++) {
            now[block] = contents.get(leg).number(block, block(held, block));
        }
        return now;
    }

    /** A block's bytes. */
    byte[] bytes(int leg, int block) throws IOException {
        byte[] bytes = new byte[Size.BLOCK_BYTES];
        block(files.get(leg).held(), block).get(bytes);
        return bytes;
    }

    /** Closes the channels and takes the files away. */
    @Override
    public void close() throws IOException {
        for (ReadBack file : files) {
            file.close();
        }
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
    }
}
