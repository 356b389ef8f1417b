package dev.lockstep.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder with a volume of four regions on two legs, and what is in it.
 *
 * @param path     the folder
 * @param hardened whether the volume has a hardened log and labels; else a log in dm-mirror's format, and none
 */
record VolumeFolder(Path path, boolean hardened) {
    static final long BYTES = 2 << 20;
    static final int REGION_BYTES = 512 << 10;
    static final String LOG = "a.log";
    static final String LEG_0 = "a.leg0";
    static final String LEG_1 = "a.leg1";

    VolumeFolder(Path path) {
        this(path, false);
    }

    /** Makes the volume, with a log in dm-mirror's format. */
    static VolumeFolder with(Path path) {
        return with(path, false);
    }

    /** Makes the volume. */
    static VolumeFolder with(Path path, boolean hardened) {
        VolumeFolder folder = new VolumeFolder(path, hardened);
        CommandLineRun made = CommandLineRun.of(folder.create(LOG, LEG_0, LEG_1));
        if (made.exitCode() != ExitCode.AS_EXPECTED) {
            throw new IllegalStateException(made.err());
        }
        return folder;
    }

    List<String> create(String log, String... legs) {
        return createOf("2MiB", log, legs);
    }

    List<String> createOf(String size, String log, String... legs) {
        return hardened ? volume("create", log, legs, "--size", size)
                : volume("create", log, legs, "--size", size, "--log-format", "dm", "--no-labels");
    }

    List<String> status(String log, String... legs) {
        return volume("status", log, legs);
    }

    List<String> status() {
        return use("status");
    }

    /** A command over the volume. */
    List<String> use(String command, String... more) {
        return volume(command, LOG, hardened ? new String[0] : new String[] {LEG_0, LEG_1}, more);
    }

    List<String> volume(String command, String log, String[] legs, String... more) {
        List<String> arguments = new ArrayList<>(List.of("volume", command, "--log", path.resolve(log).toString()));
        for (String leg : legs) {
            arguments.addAll(List.of("--leg", path.resolve(leg).toString()));
        }
        arguments.addAll(List.of(more));
        arguments.addAll(List.of("--out", out().toString()));
        return arguments;
    }

    /** Where the results go: not in this folder, in which nothing may change. */
    Path out() {
        return path.resolveSibling(path.getFileName() + "-out");
    }

    Path file(String name) {
        return path.resolve(name);
    }

    void cut(String name, long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file(name), StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
    }

    void overwrite(String name, long position, int word) throws IOException {
        try (FileChannel channel = FileChannel.open(file(name), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(0, word), position);
        }
    }

    /** A file's bytes, which are shown by their checksum, and when it was written to. */
    private record Content(byte[] bytes, FileTime written) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Content content && Arrays.equals(bytes, content.bytes) && written.equals(content.written);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            try {
                return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)) + ", " + written;
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }
    }

    /** What is in a folder: each file's bytes and when it was written to, of a link where it leads. */
    static Map<String, Object> contents(Path folder) throws IOException {
        Map<String, Object> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                contents.put(folder.relativize(file).toString(), content(file));
            }
        }
        return contents;
    }

    private static Object content(Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            return "-> " + Files.readSymbolicLink(file);
        } else if (Files.isDirectory(file)) {
            return "folder";
        }
        return new Content(Files.readAllBytes(file), Files.getLastModifiedTime(file));
    }
}
