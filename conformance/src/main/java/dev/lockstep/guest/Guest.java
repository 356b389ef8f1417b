package dev.lockstep.guest;

import java.io.IOException;
import java.nio.file.Path;

/** Builds the guest. */
public final class Guest {
    private Guest() {
    }

    /**
     * Builds what a guest boots from, out of Debian packages of this machine and the kernel's, which is fetched if it is not
     * in the cache. What is there and made of the same parts is taken as it is. Several may build at once.
     *
     * @param settings what the guest is like, and where what is built is kept
     * @return what boots
     * @throws MissingPackageException if a part is not on this machine
     * @throws GuestException          if a part cannot be built
     * @throws IOException             if a file cannot be read or written
     */
    public static GuestImage build(GuestSettings settings) throws IOException {
        Path cache = settings.cache();
        // Before anything is fetched or built: who lacks a part should learn it at once.
        Path qemu = HostParts.program("qemu-system-x86_64", "qemu-system-x86");
        KernelPackage kernel = KernelPackage.in(cache.resolve("kernel"));
        JavaDisk java = JavaDisk.in(cache);
        Path initramfs = Initramfs.in(cache, kernel, java);
        return new GuestImage(settings, qemu, kernel.image(), initramfs, java.image());
    }
}
