package dev.lockstep.guest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the programs that the guest is made of, and the libraries that they need. */
final class HostParts {
    /** A line of ldd that names a file: {@code libz.so.1 => /lib/libz.so.1 (0x…)}, or the loader's, which has no arrow. */
    private static final Pattern LIBRARY = Pattern.compile("(?:^|=>)\\s*(/\\S+) \\(0x[0-9a-f]+\\)$");
    // A user's PATH need not have the folders of the administrator's programs.
    private static final List<String> ALWAYS = List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin");

    // Of the header of an ELF file: where the table of segments is, and its measures; and the segment that names a loader.
    private static final int ELF_TABLE = 32;
    private static final int ELF_ENTRY_SIZE = 54;
    private static final int ELF_ENTRY_COUNT = 56;
    private static final int ELF_INTERPRETER = 3;

    private HostParts() {
    }

    /**
     * Finds a program.
     *
     * @param name          its name
     * @param debianPackage what brings it
     * @return its path
     * @throws MissingPackageException if it is not there
     */
    static Path program(String name, String debianPackage) throws MissingPackageException {
        List<String> folders = new ArrayList<>();
        String path = System.getenv("PATH");
        if (path != null) {
            folders.addAll(List.of(path.split(":")));
        }
        folders.addAll(ALWAYS);
        for (String folder : folders) {
            Path candidate = Path.of(folder.isEmpty() ? "." : folder, name);
            if (Files.isExecutable(candidate) && Files.isRegularFile(candidate)) {
                return candidate.toAbsolutePath();
            }
        }
        throw new MissingPackageException(name, debianPackage);
    }

    /** {@return a busybox that needs no library: it is there before any library is} */
    static Path busybox() throws IOException {
        Path busybox = program("busybox", "busybox-static");
        if (hasLoader(ByteBuffer.wrap(Files.readAllBytes(busybox)))) {
            throw new MissingPackageException("a busybox that is statically linked", "busybox-static");
        }
        return busybox;
    }

    /** {@return whether a program of 64 bits names a loader, as every one does that is dynamically linked} */
    static boolean hasLoader(ByteBuffer elf) {
        elf.order(ByteOrder.LITTLE_ENDIAN);
        int table = (int) elf.getLong(ELF_TABLE);
        int size = elf.getShort(ELF_ENTRY_SIZE);
        int count = elf.getShort(ELF_ENTRY_COUNT);
        for (int i = 0; i < count; i++) {
            if (elf.getInt(table + i * size) == ELF_INTERPRETER) {
                return true;
            }
        }
        return false;
    }

    /**
     * Finds the libraries that programs and libraries need.
     *
     * @param files the programs and libraries
     * @return the libraries' paths, in the order found, as the loader looks for them
     */
    static Set<Path> libraries(List<Path> files) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(program("ldd", "libc-bin").toString());
        files.forEach(file -> command.add(file.toString()));
        return libraries(HostCommand.run(Path.of("/"), command));
    }

    /** The files that ldd names in what it prints. */
    static Set<Path> libraries(String printed) {
        Set<Path> found = new LinkedHashSet<>();
        for (String line : printed.lines().toList()) {
            Matcher matcher = LIBRARY.matcher(line);
            if (matcher.find()) {
                found.add(Path.of(matcher.group(1)));
            }
        }
        return found;
    }
}
