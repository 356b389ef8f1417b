package dev.lockstep.crash;

import dev.lockstep.log.LogFormat;
import dev.lockstep.volume.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a machine is told to do with a volume on dm-flakey devices, in the words of its shell. Each is one command for all devices, as
 * a command, and each program that it starts, takes tenths of a second in a guest. Pure.
 *
 * <p>A canary is a page of its own, behind the data; or a file of its own, on a file system. Each device has two: one that was flushed,
 * and one that was not.
 */
final class FlakeyCommands {
    private static final int PAGE = 4096;
    /**
     * The first canary's page: so far behind the data that no readahead of the child's reaches it.
     */
    private static final long FAR = 1024;
    private static final String THEN = " && ";

    private final Layout layout;
    private final LogFormat format;
    private final boolean ext4;
    private final long legBytes;
    private final List<String> devices = new ArrayList<>();

    /**
     * Of a volume whose legs have no labels.
     *
     * @param layout how it is divided
     * @param format the log's format
     * @param ext4   whether legs and log are files on file systems; else they are devices
     */
    FlakeyCommands(Layout layout, LogFormat format, boolean ext4) {
        this(layout, format, ext4, layout.bytes());
    }

    /**
     * Of a volume.
     *
     * @param layout   how it is divided
     * @param format   the log's format
     * @param ext4     whether legs and log are files on file systems; else they are devices
     * @param legBytes how long a leg is in bytes, its label included
     */
    FlakeyCommands(Layout layout, LogFormat format, boolean ext4, long legBytes) {
        this.layout = layout;
        this.format = format;
        this.ext4 = ext4;
        this.legBytes = legBytes;
        devices.addAll(FlakeyLab.LEGS.subList(0, layout.legs()));
        devices.add(FlakeyLab.LOG);
    }

    /** What a device is asked for. */
    @FunctionalInterface
    private interface Ask {
        String of(String device);
    }

    private String each(Ask ask) {
        return devices.stream().map(ask::of).collect(Collectors.joining(THEN));
    }

    private String all() {
        return String.join(" ", devices);
    }

    /** {@return the names of the devices in use: the legs, then the log} */
    List<String> devices() {
        return List.copyOf(devices);
    }

    /** {@return where the data of a device is for whoever opens the volume} */
    String path(String device) {
        return ext4 ? folder(device) + "/data" : FlakeyLab.device(device);
    }

    private static String folder(String device) {
        return "/m/" + device;
    }

    /** A new volume, durable: legs of zeros, a log in which all is clean. */
    String make(String token) {
        // The path in full: busybox has an mke2fs of its own, which can make ext2 only.
        String systems = ext4 ? each(name -> "/sbin/mke2fs -q -F -t ext4 -b 4096 -E lazy_itable_init=0,lazy_journal_init=0,nodiscard "
                + FlakeyLab.device(name) + THEN + "mkdir -p " + folder(name)) + THEN + each(FlakeyCommands::mount) + THEN : "";
        return systems + each(name -> copy(name.equals(FlakeyLab.LOG) ? FlakeyLab.newLog(format, layout.legs()) : "/dev/zero", path(name), pages(name)))
                + THEN + each(name -> canary(name, token, true));
    }

    private static String mount(String device) {
        return "mount -t ext4 " + FlakeyLab.device(device) + " " + folder(device);
    }

    private static String copy(String from, String to, long pages) {
        return "dd if=" + from + " of=" + to + " bs=" + PAGE + " count=" + pages + " conv=notrunc,fsync 2>&1";
    }

    private long pages(String device) {
        return (bytes(device) + PAGE - 1) / PAGE;
    }

    /** {@return how much of a device is the volume's, in bytes} */
    long bytes(String device) {
        return device.equals(FlakeyLab.LOG) ? format.requiredLength(layout.regions()) : legBytes;
    }

    /** Another volume, durable: what the host has put where it is given what is left. */
    String bring(String token) {
        return "echo 3 >/proc/sys/vm/drop_caches" + THEN + each(name -> copy(FlakeyLab.leftDevice(name), path(name), pages(name)))
                + THEN + each(name -> canary(name, token, true));
    }

    private String canary(String device, String token, boolean flushed) {
        String to = ext4 ? "of=" + file(device, flushed) : "of=" + FlakeyLab.device(device) + " seek=" + page(flushed);
        return "printf " + token + " | dd " + to + " bs=" + PAGE + " conv=notrunc,sync" + (flushed ? ",fsync" : "") + " 2>&1";
    }

    private static String file(String device, boolean flushed) {
        return folder(device) + "/canary-" + flushed;
    }

    private static long page(boolean flushed) {
        return FAR + (flushed ? 0 : 1);
    }

    /**
     * The cut: all are suspended, then each gets the table that drops what is written, then all are resumed; only then the child is
     * killed. The shell holds each device open, so that nothing is written back by a last close while it is suspended. A file's
     * unflushed canary comes before, as a file system that is suspended takes no new file. A raw device's comes when all drop what is
     * written and the child still lives: before, a flush of the child's would make it durable; and while it is suspended, a read or
     * write of the child's holds the device's lock.
     *
     * @param token   what the unflushed canaries hold
     * @param killing the command that kills the child
     */
    String cut(String token, String killing) {
        return cut(token, "", killing);
    }

    /**
     * The cut of a mirror that is recorded: it is killed while all are suspended. So what it has taken down by its death ends where the power does, and nothing
     * that is acknowledged falsely is in it.
     *
     * @param token   what the unflushed canaries hold
     * @param killing the command that kills the child
     */
    String cutOfRecorded(String token, String killing) {
        return cut(token, killing + THEN, killing);
    }

    private String cut(String token, String suspended, String killing) {
        StringBuilder held = new StringBuilder();
        for (int i = 0; i < devices.size(); i++) {
            held.append("exec ").append(i + 3).append("<>").append(FlakeyLab.device(devices.get(i))).append(THEN);
        }
        String canaries = each(name -> canary(name, token, false)) + THEN;
        return held + (ext4 ? canaries : "") + "dmsetup suspend --nolockfs " + all() + THEN + suspended
                + each(name -> load(name, FlakeyLab.dropping(name))) + THEN + "dmsetup resume " + all() + THEN
                + (ext4 ? "" : canaries) + killing;
    }

    private static String load(String device, String table) {
        return "dmsetup load " + device + " --table '" + table + "'";
    }

    /**
     * The failure of one device: from now on each write to it fails. Then it gets its unflushed canary, which fails, at once or later.
     *
     * @param device which
     * @param token  what the canary holds
     */
    String fail(String device, String token) {
        return "dmsetup suspend --nolockfs " + device + THEN + load(device, FlakeyLab.failing(device)) + THEN + "dmsetup resume " + device
                + THEN + "{ " + canary(device, token, false) + " || true; }";
    }

    /**
     * The power comes back, when every opener is gone: prints what the canaries hold, a line each ({@link #canaryLine}), hands what is
     * left to the host, and puts the flushed canaries of the next cut. An error of a write-back that nobody has heard of is heard of
     * here: the kernel would tell it to the next flush, although all is well again.
     *
     * @param next what these hold
     */
    String powerOn(String next) {
        return (ext4 ? each(name -> "umount " + folder(name)) + THEN : "") + "echo 3 >/proc/sys/vm/drop_caches" + THEN
                + each(name -> load(name, FlakeyLab.working(name))) + THEN + "dmsetup resume " + all() + THEN
                + each(name -> "{ dd if=/dev/null of=" + FlakeyLab.device(name) + " conv=notrunc,fsync 2>/dev/null || true; }") + THEN
                + (ext4 ? each(FlakeyCommands::mount) + THEN : "") + each(name -> found(name, true) + THEN + found(name, false)) + THEN
                + left() + THEN + each(name -> canary(name, next, true));
    }

    /** The line that {@link #powerOn} prints if a canary holds a token. */
    static String canaryLine(String device, boolean flushed, String token) {
        return "canary " + device + " " + flushed + " " + token;
    }

    /**
     * {@return what is wrong with the canaries after a cut, nothing if it counts}
     *
     * @param lines     what {@link #powerOn} has printed
     * @param unflushed the devices that had one that was not flushed
     * @param token     what they held
     */
    String wrong(Set<String> lines, Set<String> unflushed, String token) {
        StringBuilder wrong = new StringBuilder();
        for (String name : devices) {
            if (!lines.contains(canaryLine(name, true, token))) {
                wrong.append("on ").append(name).append(" the flushed canary is gone; ");
            }
            if (unflushed.contains(name) && lines.contains(canaryLine(name, false, token))) {
                wrong.append("on ").append(name).append(" the unflushed canary has survived; ");
            }
        }
        return wrong.toString();
    }

    private String found(String device, boolean flushed) {
        String from = ext4 ? "if=" + file(device, flushed) : "if=" + FlakeyLab.device(device) + " skip=" + page(flushed);
        return "echo " + canaryLine(device, flushed, "$(dd " + from + " bs=" + PAGE + " count=1 2>/dev/null | tr -d '\\000')");
    }

    /** Hands what legs and log hold to the host. */
    String left() {
        return each(name -> copy(path(name), FlakeyLab.leftDevice(name), pages(name)));
    }

    /** Lets the file systems go. */
    String release() {
        return ext4 ? each(name -> "umount " + folder(name)) : "true";
    }
}
