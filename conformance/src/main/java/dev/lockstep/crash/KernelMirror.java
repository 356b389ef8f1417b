package dev.lockstep.crash;

import dev.lockstep.guest.RunningGuest;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.util.List;

/** The kernel's mirror, in a guest that runs. */
final class KernelMirror {
    /** Of the numbers in a block device's stat file, the one that counts sectors written. */
    private static final int SECTORS_WRITTEN = 6;

    private final RunningGuest guest;
    private final MirrorFiles files;

    private KernelMirror(RunningGuest guest, MirrorFiles files) {
        this.guest = guest;
        this.files = files;
    }

    /** Attaches a mirror with both legs as they are. */
    static KernelMirror attach(RunningGuest guest, MirrorFiles files, DmTable.FirstLog first) throws IOException {
        KernelMirror mirror = new KernelMirror(guest, files);
        mirror.create(files.name(), DmTable.mirror(files.sectors(), files.logDisk().device(), files.regionSectors(), first,
                List.of(files.legDisk(0).device(), files.legDisk(1).device())));
        return mirror;
    }

    /** Attaches a new mirror, every region clean, whose leg 1 can be made slower. */
    static KernelMirror attachSlow(RunningGuest guest, MirrorFiles files) throws IOException {
        KernelMirror mirror = new KernelMirror(guest, files);
        mirror.create(mirror.slow(), DmTable.delay(files.sectors(), files.legDisk(1).device(), 0));
        mirror.create(files.name(), DmTable.mirror(files.sectors(), files.logDisk().device(), files.regionSectors(),
                DmTable.FirstLog.ALL_CLEAN, List.of(files.legDisk(0).device(), "/dev/mapper/" + mirror.slow())));
        return mirror;
    }

    private void create(String name, String table) throws IOException {
        guest.must("dmsetup create " + name + " --table '" + table + "'");
    }

    private String slow() {
        return files.name() + "-slow";
    }

    /** {@return the mirror's device in the guest} */
    String device() {
        return "/dev/mapper/" + files.name();
    }

    /** Holds each write to leg 1 up from now on. */
    void delay(int millis) throws IOException {
        guest.must("dmsetup suspend " + slow() + " && dmsetup load " + slow() + " --table '"
                + DmTable.delay(files.sectors(), files.legDisk(1).device(), millis) + "' && dmsetup resume " + slow());
    }

    /** Asks the kernel for stable pages on the mirror: idea 1 of the mail, as it exists today. */
    void stableWrites() throws IOException {
        guest.must("echo 1 >/sys/block/dm-$(dmsetup info -c --noheadings -o minor " + files.name()
                + ")/queue/stable_writes");
    }

    MirrorStatus status() throws IOException {
        return MirrorStatus.of(guest.must("dmsetup status " + files.name()));
    }

    /** Waits until the kernel says that every region is in sync, for a minute at most. */
    void awaitInSync() throws IOException {
        guest.must("tries=0; until set -- $(dmsetup status " + files.name() + ") && [ \"${7%/*}\" = \"${7#*/}\" ]; do "
                + "tries=$((tries + 1)); if [ $tries -gt 600 ]; then echo \"still $*\"; exit 1; fi; usleep 100000; done");
    }

    /** {@return how many bytes were written to a leg since the guest was booted} */
    long bytesWritten(int leg) throws IOException {
        String[] numbers = guest.must("cat /sys/block/$(basename $(readlink " + files.legDisk(leg).device() + "))/stat").strip()
                .split("\\s+");
        return Long.parseLong(numbers[SECTORS_WRITTEN]) * Leg.SECTOR;
    }

    /** Takes the mirror down in order: what its log says is then on disk. */
    void detach() throws IOException {
        guest.must("dmsetup remove " + files.name());
    }
}
