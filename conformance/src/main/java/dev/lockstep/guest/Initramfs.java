package dev.lockstep.guest;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The guest's root: busybox, the tools of device-mapper and ext4, the kernel's modules, and what Java links. */
final class Initramfs {
    private static final int CONSOLE_MAJOR = 5;
    private static final int CONSOLE_MINOR = 1;

    private Initramfs() {
    }

    /**
     * Finds the archive, or builds it.
     *
     * @param cache  where archives are kept
     * @param kernel whose modules
     * @param java   whose libraries
     * @return the archive
     * @throws MissingPackageException if a tool is not there
     */
    static Path in(Path cache, KernelPackage kernel, JavaDisk java) throws IOException {
        Path busybox = HostParts.busybox();
        List<Path> tools = new ArrayList<>();
        tools.add(HostParts.program("kmod", "kmod"));
        tools.add(HostParts.program("dmsetup", "dmsetup"));
        tools.add(HostParts.program("mke2fs", "e2fsprogs"));
        tools.add(HostParts.program("e2fsck", "e2fsprogs"));
        Path configuration = Path.of("/etc/mke2fs.conf");
        if (!Files.isReadable(configuration)) {
            throw new MissingPackageException(configuration.toString(), "e2fsprogs");
        }
        Set<Path> libraries = new TreeSet<>(HostParts.libraries(tools));
        libraries.addAll(java.libraries());
        byte[] init = init();
        Fingerprint key = new Fingerprint().with(new String(init, StandardCharsets.UTF_8))
                .with(kernel.name()).with(configuration).with(busybox);
        List<Path> modules = kernel.modules();
        for (Path each : modules) {
            key.with(each);
        }
        for (Path each : tools) {
            key.with(each);
        }
        for (Path each : libraries) {
            key.with(each);
        }
        return Folders.whole(cache.resolve("initramfs-" + key.text() + ".cpio"), at -> {
            try (CpioWriter archive = new CpioWriter(new BufferedOutputStream(Files.newOutputStream(at)))) {
                for (String folder : List.of("dev", "proc", "sys", "run", "tmp", "sbin", "etc")) {
                    archive.folder(folder);
                }
                archive.characterDevice("dev/console", CONSOLE_MAJOR, CONSOLE_MINOR);
                archive.program("init", init);
                archive.program("bin/busybox", busybox);
                for (Path each : tools) {
                    archive.program("sbin/" + each.getFileName(), each);
                }
                archive.link("sbin/insmod", "kmod");
                archive.link("sbin/mkfs.ext4", "mke2fs");
                archive.file("etc/mke2fs.conf", Files.readAllBytes(configuration));
                archive.link("etc/mtab", "/proc/mounts");
                for (Path each : libraries) {
                    archive.program(each.toString().substring(1), each);
                }
                StringBuilder order = new StringBuilder();
                for (Path each : modules) {
                    archive.file("lockstep/modules/" + each.getFileName(), Files.readAllBytes(each));
                    order.append(each.getFileName()).append('\n');
                }
                archive.file("lockstep/modules/order", order.toString().getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    private static byte[] init() throws IOException {
        try (InputStream in = Initramfs.class.getResourceAsStream("init")) {
            if (in == null) {
                throw new GuestException("this build lacks the guest's init; build it again with mvn package");
            }
            return in.readAllBytes();
        }
    }
}
