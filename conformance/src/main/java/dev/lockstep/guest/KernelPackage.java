package dev.lockstep.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The guest's kernel: Debian's own for clouds, fetched and unpacked, never installed. */
final class KernelPackage {
    private static final String META_PACKAGE = "linux-image-cloud-amd64";
    private static final String DEPENDENCY = "Depends: linux-image-";
    /** What the guest loads, in this order: the bus, the disks, the port to the host, device-mapper and its targets. */
    private static final List<String> MODULES = List.of("virtio_ring", "virtio", "virtio_blk", "virtio_pci_modern_dev",
            "virtio_pci_legacy_dev", "virtio_pci", "virtio_console", "dm-mod", "dm-flakey", "dm-log", "dm-region-hash",
            "dm-mirror", "dm-delay", "dm-log-writes");

    private final Path unpacked;

    private KernelPackage(Path unpacked) {
        this.unpacked = unpacked;
    }

    /**
     * Finds the kernel, and fetches and unpacks it if it is not there.
     *
     * @param cache where packages are kept; the newest there is taken, so that a guest can be built without a network
     * @return the kernel
     * @throws MissingPackageException if there is none and none can be fetched
     */
    static KernelPackage in(Path cache) throws IOException {
        Files.createDirectories(cache);
        if (packages(cache).isEmpty()) {
            fetch(cache);
        }
        Path archive = packages(cache).stream().max(Comparator.comparing(KernelPackage::changed)).orElseThrow(
                () -> new GuestException("apt-get download has left no package of a kernel in " + cache));
        String name = archive.getFileName().toString().replaceAll("\\.deb$", "");
        Path folder = Folders.whole(cache.resolve(name), at -> HostCommand.run(cache, List.of(
                HostParts.program("dpkg-deb", "dpkg").toString(), "-x", archive.toString(), at.toString())));
        return new KernelPackage(folder);
    }

    private static List<Path> packages(Path cache) throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.filter(file -> file.getFileName().toString().matches("linux-image-.*\\.deb")).toList();
        }
    }

    private static long changed(Path file) {
        return file.toFile().lastModified();
    }

    private static void fetch(Path cache) throws IOException {
        try {
            String known = HostCommand.run(cache, List.of(HostParts.program("apt-cache", "apt").toString(), "depends",
                    META_PACKAGE));
            String name = known.lines().map(String::strip).filter(line -> line.startsWith(DEPENDENCY)).findFirst()
                    .orElseThrow(() -> new GuestException("apt knows no kernel that " + META_PACKAGE + " depends on"))
                    .substring("Depends: ".length());
            // The user that apt would else fetch as need not be allowed to write to this folder.
            HostCommand.run(cache, List.of(HostParts.program("apt-get", "apt").toString(), "-o", "APT::Sandbox::User=root",
                    "download", name));
        } catch (GuestException e) {
            MissingPackageException missing = new MissingPackageException("a kernel", META_PACKAGE + "'s dependency");
            missing.initCause(e);
            throw missing;
        }
    }

    /** {@return the kernel's own name, which is part of the package's} */
    String name() {
        return unpacked.getFileName().toString();
    }

    /** {@return the file that QEMU boots} */
    Path image() throws IOException {
        return only(unpacked.resolve("boot"), "vmlinuz-.*");
    }

    /** {@return the modules to load, in order} */
    List<Path> modules() throws IOException {
        Path release = only(Files.isDirectory(unpacked.resolve("lib/modules")) ? unpacked.resolve("lib/modules")
                : unpacked.resolve("usr/lib/modules"), ".*");
        String builtIn = Files.readString(release.resolve("modules.builtin"));
        List<Path> all;
        try (Stream<Path> files = Files.walk(release.resolve("kernel"))) {
            all = files.filter(Files::isRegularFile).toList();
        }
        List<Path> modules = new ArrayList<>();
        for (String name : MODULES) {
            if (!builtIn.contains("/" + name + ".ko\n")) {
                modules.add(all.stream().filter(file -> file.getFileName().toString().matches(name + "\\.ko(\\.[a-z]+)?"))
                        .findFirst().orElseThrow(() -> new GuestException("the kernel " + name() + " has no module " + name)));
            }
        }
        return modules;
    }

    private static Path only(Path folder, String pattern) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(pattern)).findFirst().orElseThrow(
                    () -> new GuestException(folder + ": nothing in it is named like " + pattern));
        }
    }
}
