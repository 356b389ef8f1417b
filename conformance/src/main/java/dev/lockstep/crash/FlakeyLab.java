package dev.lockstep.crash;

import dev.lockstep.crash.inside.ChildTask;
import dev.lockstep.crash.inside.CrashChild;
import dev.lockstep.crash.inside.VolumeLog;
import dev.lockstep.guest.GuestDisk;
import dev.lockstep.guest.GuestImage;
import dev.lockstep.guest.RunningGuest;
import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.LogFormat;
import dev.lockstep.log.LogImage;
import dev.lockstep.region.Policy;
import dev.lockstep.store.Access;
import dev.lockstep.store.FileLeg;
import dev.lockstep.store.Leg;
import dev.lockstep.volume.Layout;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A guest with dm-flakey devices, one for each leg and one for the log, booted once for many cuts. Beside them are disks by which the
 * host reads what a cut has left, and one with the bytes of a new log. Used by one thread.
 */
final class FlakeyLab implements Closeable {
    /** The names of the devices that may be legs, and of the log's. */
    static final List<String> LEGS = List.of("leg0", "leg1", "leg2");
    static final String LOG = "log";
    /** What a file system of the kind that is used needs for a journal. */
    private static final long DEVICE_BYTES = 32L << 20;
    private static final long LEFT_BYTES = 1L << 20;
    private static final int FEW_OPERATIONS = 10;
    private static final int FEWEST_LEGS = 2;

    private final Path folder;
    private final Machine machine;
    private final Closeable power;

    /**
     * A laboratory whose devices are made.
     *
     * @param folder  where the disks' files are
     * @param machine where the devices are
     * @param power   closes the machine
     */
    FlakeyLab(Path folder, Machine machine, Closeable power) {
        this.folder = folder;
        this.machine = machine;
        this.power = power;
    }

    /**
     * Boots one.
     *
     * @param image  what to boot from
     * @param folder an empty folder for the disks' files
     * @param layout how the volumes are divided
     */
    static FlakeyLab boot(GuestImage image, Path folder, Layout layout) throws IOException {
        List<GuestDisk> disks = new ArrayList<>();
        for (String name : devices()) {
            disks.add(disk(folder, name, DEVICE_BYTES));
            disks.add(disk(folder, left(name), LEFT_BYTES));
        }
        disks.addAll(newLogs(folder, layout));
        RunningGuest guest = image.boot(disks, GuestClasses.all());
        try {
            FlakeyLab lab = new FlakeyLab(folder, new GuestMachine(guest), guest::close);
            lab.setUp();
            lab.shareClasses(guest, layout);
            return lab;
        } catch (IOException e) {
            guest.close();
            throw e;
        }
    }

    /** A disk with the bytes of a new log, for each format and each number of legs. */
    private static List<GuestDisk> newLogs(Path folder, Layout layout) throws IOException {
        List<GuestDisk> disks = new ArrayList<>();
        for (int legs = FEWEST_LEGS; legs <= LEGS.size(); legs++) {
            Layout each = new Layout(layout.bytes(), layout.regionBytes(), legs, layout.source());
            for (LogFormat format : LogFormat.values()) {
                disks.add(disk(folder, newLogName(format, legs), LEFT_BYTES));
                try (FileLeg log = FileLeg.open(folder.resolve(newLogName(format, legs)), Access.READ_WRITE)) {
                    LogImage clean = LogImage.allClean(layout.regions());
                    if (format == LogFormat.DM) {
                        DirtyRegionLog.create(log, clean);
                    } else {
                        DirtyRegionLog.create(log, VolumeLog.volume(each, false), clean);
                    }
                }
            }
        }
        return disks;
    }

    private static String newLogName(LogFormat format, int legs) {
        return "newlog" + legs + CrashRun.name(format);
    }

    static List<String> devices() {
        List<String> all = new ArrayList<>(LEGS);
        all.add(LOG);
        return all;
    }

    private static String left(String device) {
        return device + "-left";
    }

    private static GuestDisk disk(Path folder, String name, long bytes) throws IOException {
        Path file = folder.resolve(name);
        try (RandomAccessFile made = new RandomAccessFile(file.toFile(), "rw")) {
            made.setLength(bytes);
        }
        return GuestDisk.of(name, file);
    }

    private void setUp() throws IOException {
        machine.must(devices().stream().map(name -> "dmsetup create " + name + " --table '" + working(name) + "'")
                .collect(Collectors.joining(" && ")));
    }

    /** A child that works on a volume shows which classes the others will need. */
    private void shareClasses(RunningGuest guest, Layout layout) throws IOException {
        FlakeyCommands commands = new FlakeyCommands(layout, LogFormat.HARDENED, false);
        machine.must(commands.make("canary"));
        List<Path> legs = LEGS.subList(0, layout.legs()).stream().map(name -> Path.of(device(name))).toList();
        guest.shareClasses(CrashChild.class, new ChildTask(ChildTask.Job.RUN, Policy.BOUNCE_COPY, 1, legs, Path.of(device(LOG)), layout,
                LogFormat.HARDENED, FEW_OPERATIONS, 1, 0, 1, Optional.empty()).arguments());
    }

    /** The table under which a device does what it is told. */
    static String working(String name) {
        return DmTable.flakeyUp(DEVICE_BYTES / Leg.SECTOR, disk(name));
    }

    /** The table under which a device drops what is written, and says that it was written. */
    static String dropping(String name) {
        return DmTable.flakeyDropping(DEVICE_BYTES / Leg.SECTOR, disk(name));
    }

    /** The table under which each write fails. */
    static String failing(String name) {
        return DmTable.flakeyFailing(DEVICE_BYTES / Leg.SECTOR, disk(name));
    }

    private static String disk(String name) {
        return "/dev/disk/" + name;
    }

    /** A device's path in the guest. */
    static String device(String name) {
        return "/dev/mapper/" + name;
    }

    /** The device in the guest on which the bytes of a new log are. */
    static String newLog(LogFormat format, int legs) {
        return disk(newLogName(format, legs));
    }

    /** The device in the guest by which the host is to be given what a device holds. */
    static String leftDevice(String name) {
        return disk(left(name));
    }

    /** The same on the host. */
    Path leftFile(String name) {
        return folder.resolve(left(name));
    }

    /** {@return where the devices are} */
    Machine machine() {
        return machine;
    }

    @Override
    public void close() throws IOException {
        power.close();
        for (String name : devices()) {
            Files.deleteIfExists(folder.resolve(name));
            Files.deleteIfExists(leftFile(name));
        }
        for (int legs = FEWEST_LEGS; legs <= LEGS.size(); legs++) {
            for (LogFormat format : LogFormat.values()) {
                Files.deleteIfExists(folder.resolve(newLogName(format, legs)));
            }
        }
    }
}
