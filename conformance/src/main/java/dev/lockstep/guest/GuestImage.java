package dev.lockstep.guest;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a guest boots from: built once, booted as often as is asked, and by several at once. Immutable. */
public final class GuestImage {
    /** Where class files are in the guest. */
    static final String CLASSES = "/lockstep/classes.jar";
    /** A boot takes 3 seconds; a machine that is busy with other things may take many times that. */
    private static final Duration BOOT_DEADLINE = Duration.ofSeconds(180);

    private final GuestSettings settings;
    private final Path qemu;
    private final Path kernel;
    private final Path initramfs;
    private final Path java;

    GuestImage(GuestSettings settings, Path qemu, Path kernel, Path initramfs, Path java) {
        this.settings = settings;
        this.qemu = qemu;
        this.kernel = kernel;
        this.initramfs = initramfs;
        this.java = java;
    }

    /**
     * Boots a guest and waits until it takes commands.
     *
     * @param disks   its disks
     * @param classes what of this program Java finds in it
     * @return the guest, which the caller closes; the end of this JVM closes it too
     * @throws GuestException if it does not come up within 3 minutes; the sentence is followed by its last console lines
     * @throws IOException    if QEMU cannot be started, or a file cannot be read or written
     */
    public RunningGuest boot(List<GuestDisk> disks, ClassFiles classes) throws IOException {
        GuestFolder folder = GuestFolder.make();
        try {
            Path root = folder.path().resolve("initramfs");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(root))) {
                Files.copy(initramfs, out);
                // The kernel unpacks archives that follow one another; so the big one is built once, for every program.
                CpioWriter archive = new CpioWriter(out);
                classes.writeTo(archive);
                archive.close();
            }
            folder.start(command(root, folder.console(), disks));
            RunningGuest guest = new RunningGuest(folder);
            guest.awaitReady(BOOT_DEADLINE);
            // It is in the guest's memory by now, and is the only big file of ours that a kill of this JVM would leave.
            Files.delete(root);
            return guest;
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private List<String> command(Path root, Path console, List<GuestDisk> disks) {
        // no_timer_check: on a busy machine the emulated timer can be so late that the kernel takes it to be broken, and stops.
        List<String> command = new ArrayList<>(List.of(qemu.toString(), "-accel", "tcg,thread=multi", "-machine", "pc", "-cpu",
                "max", "-smp", Integer.toString(settings.processors()), "-m", Integer.toString(settings.memoryMiB()),
                "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot", "-kernel", kernel.toString(), "-initrd",
                root.toString(), "-append", "console=ttyS0 panic=-1 quiet no_timer_check"));
        command.addAll(List.of("-chardev", "file,id=console,path=" + option(console), "-serial", "chardev:console"));
        // A port of its own: the kernel's messages cannot get between the commands and what they print.
        command.addAll(List.of("-chardev", "stdio,id=port,signal=off", "-device", "virtio-serial-pci", "-device",
                "virtserialport,chardev=port,name=lockstep"));
        List<GuestDisk> all = new ArrayList<>(disks);
        all.add(new GuestDisk(GuestDisk.JAVA, java, true));
        for (int i = 0; i < all.size(); i++) {
            GuestDisk disk = all.get(i);
            // unsafe: the guest sees a disk with a volatile cache all the same, but its flushes cost the host nothing. A kill
            // of QEMU loses nothing that the guest had handed over, flushed or not.
            command.addAll(List.of("-drive", "if=none,format=raw,cache=unsafe,id=d" + i + ",readonly="
                    + (disk.readOnly() ? "on" : "off") + ",file=" + option(disk.file().toAbsolutePath()), "-device",
                    "virtio-blk-pci,drive=d" + i + ",serial=" + disk.name()));
        }
        return command;
    }

    /** A path as a part of an option of QEMU, where a comma ends it unless it is doubled. */
    private static String option(Path path) {
        return path.toString().replace(",", ",,");
    }
}
