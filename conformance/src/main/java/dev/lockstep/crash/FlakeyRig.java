package dev.lockstep.crash;

import dev.lockstep.crash.inside.ChildLife;
import dev.lockstep.crash.inside.ChildTask;
import dev.lockstep.crash.inside.CrashChild;
import dev.lockstep.crash.inside.Rig;
import dev.lockstep.guest.GuestProgram;
import dev.lockstep.guest.RunningGuest;
import dev.lockstep.log.DmLogFormat;
import dev.lockstep.volume.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * A volume on dm-flakey devices whose power is cut: as raw block devices, or as files on an ext4 that is on each. A cut suspends all
 * devices, loads the table that drops writes into all, resumes all, and only then kills the child; when every opener is gone the
 * working tables are loaded again. What the child tells is kept on the host, which is not cut.
 *
 * <p>Each cut carries two canaries on each device: one that was flushed before and has to survive, and one that was not and has to be
 * gone. A cut whose canaries say otherwise does not count. (A device that says that it has flushed and has not is outside the model.)
 * Used by one thread.
 */
final class FlakeyRig implements Rig {
    private static final int PAGE = 4096;
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    /** How much slower than a usual machine emulated processors are. */
    private static final int SLOWNESS = 12;

    private final FlakeyLab lab;
    private final Path kept;
    private final Layout layout;
    private final boolean ext4;
    private final List<String> devices = new ArrayList<>();
    private final AtomicInteger cuts = new AtomicInteger();
    private final StringBuilder timeline = new StringBuilder();

    /**
     * A new volume: legs of zeros, and a log in which all is clean.
     *
     * @param lab    the guest
     * @param kept   where to keep what shows a failure
     * @param layout how the volume is divided
     * @param ext4   whether legs and log are files on file systems; else they are devices
     */
    FlakeyRig(FlakeyLab lab, Path kept, Layout layout, boolean ext4) throws IOException {
        this.lab = lab;
        this.kept = kept;
        this.layout = layout;
        this.ext4 = ext4;
        devices.addAll(FlakeyLab.LEGS.subList(0, layout.legs()));
        devices.add(FlakeyLab.LOG);
        if (ext4) {
            must(each(name -> "mke2fs -q -F -t ext4 -b 4096 -E lazy_itable_init=0,lazy_journal_init=0,nodiscard "
                    + FlakeyLab.device(name) + " && mkdir -p /m/" + name + " && " + mount(name)));
        }
        must(each(name -> "dd if=" + (name.equals(FlakeyLab.LOG) ? FlakeyLab.newLog() : "/dev/zero") + " of=" + path(name)
                + " bs=4096 count=" + pages(name) + " conv=fsync 2>&1"));
    }

    /** What a device is asked for, in the shell's words. */
    @FunctionalInterface
    private interface Ask {
        String of(String device);
    }

    private String each(Ask ask) {
        return devices.stream().map(ask::of).collect(Collectors.joining(" && "));
    }

    private String must(String command) throws IOException {
        return guest().must(command);
    }

    private RunningGuest guest() {
        return lab.guest();
    }

    private static String mount(String name) {
        return "mount -t ext4 " + FlakeyLab.device(name) + " /m/" + name;
    }

    private String path(String name) {
        return ext4 ? "/m/" + name + "/data" : FlakeyLab.device(name);
    }

    private long pages(String name) {
        long bytes = name.equals(FlakeyLab.LOG) ? DmLogFormat.requiredLength(layout.regions()) : layout.bytes();
        return (bytes + PAGE - 1) / PAGE;
    }

    @Override
    public List<Path> legs() {
        return devices.subList(0, layout.legs()).stream().map(name -> Path.of(path(name))).toList();
    }

    @Override
    public Path log() {
        return Path.of(path(FlakeyLab.LOG));
    }

    @Override
    public boolean cutsPower() {
        return true;
    }

    @Override
    public int slowness() {
        return SLOWNESS;
    }

    @Override
    public ChildLife.Fate live(ChildTask task, long afterReady) throws IOException {
        String token = "canary-" + cuts.incrementAndGet();
        must(each(name -> canary(name, token, true)));
        AtomicReference<GuestProgram> child = new AtomicReference<>();
        AtomicReference<Boolean> cut = new AtomicReference<>(false);
        try (ChildLife life = new ChildLife(task, afterReady, Long.MAX_VALUE, countNoMore -> {
            countNoMore.run();
            cut.set(true);
            cutPower(token, child);
        })) {
            synchronized (child) {
                child.set(guest().startJava(CrashChild.class, task.arguments(), life::hear));
            }
            child.get().awaitExit(PATIENCE);
            ChildLife.Fate fate = life.over(cut.get(), true);
            if (!fate.killed()) {
                return fate;
            }
            String wrong = powerOn(token);
            return wrong.isEmpty() ? fate : fate.uncounted();
        }
    }

    /** A canary is a page of its own, behind the data, or a file of its own. */
    private String canary(String name, String token, boolean flushed) {
        String to = ext4 ? "of=/m/" + name + "/canary-" + flushed
                : "of=" + FlakeyLab.device(name) + " seek=" + canaryPage(name, flushed);
        return "printf " + token + " | dd " + to + " bs=4096 conv=sync" + (flushed ? ",fsync" : "") + " 2>&1";
    }

    private long canaryPage(String name, boolean flushed) {
        return pages(name) + (flushed ? 0 : 1);
    }

    /**
     * The cut. The shell holds each device open, so that nothing is written back by a last close while it is suspended. A raw device's
     * unflushed canary comes when all is suspended, as a flush of the child's would make it durable before; a file's comes before, as
     * a file system that is suspended takes no new file.
     */
    private void cutPower(String token, AtomicReference<GuestProgram> child) throws IOException {
        StringBuilder cut = new StringBuilder();
        for (int i = 0; i < devices.size(); i++) {
            cut.append("exec ").append(i + 3).append("<>").append(FlakeyLab.device(devices.get(i))).append(" && ");
        }
        String suspend = "dmsetup suspend --nolockfs " + String.join(" ", devices);
        String canaries = each(name -> canary(name, token, false));
        cut.append(ext4 ? canaries + " && " + suspend : suspend + " && " + canaries);
        cut.append(" && ").append(each(name -> "dmsetup load " + name + " --table '" + FlakeyLab.dropping(name) + "'"));
        cut.append(" && dmsetup resume ").append(String.join(" ", devices));
        GuestProgram dying;
        synchronized (child) {
            dying = child.get();
        }
        try {
            must(cut.toString());
        } finally {
            dying.kill(PATIENCE);
        }
    }

    /** Closes what is open, loads the working tables, and looks for the canaries; returns what is wrong with them. */
    private String powerOn(String token) throws IOException {
        String off = ext4 ? each(name -> "umount /m/" + name) + " && " : "";
        String all = String.join(" ", devices);
        must(off + "echo 3 >/proc/sys/vm/drop_caches && dmsetup suspend " + all + " && " + each(name -> "dmsetup load " + name
                + " --table '" + FlakeyLab.working(name) + "'") + " && dmsetup resume " + all
                + (ext4 ? " && " + each(FlakeyRig::mount) : ""));
        StringBuilder wrong = new StringBuilder();
        for (String name : devices) {
            if (!found(name, true).equals(token)) {
                wrong.append("on ").append(name).append(" the flushed canary is gone; ");
            }
            if (found(name, false).equals(token)) {
                wrong.append("on ").append(name).append(" the unflushed canary has survived; ");
            }
        }
        timeline.append("cut ").append(token).append(wrong.isEmpty() ? " counts" : ": " + wrong).append('\n');
        return wrong.toString();
    }

    private String found(String name, boolean flushed) throws IOException {
        String from = ext4 ? "if=/m/" + name + "/canary-" + flushed
                : "if=" + FlakeyLab.device(name) + " skip=" + canaryPage(name, flushed);
        return guest().run("dd " + from + " bs=4096 count=1 2>/dev/null | tr -d '\\000'").text().strip();
    }

    @Override
    public List<Path> left() throws IOException {
        must(each(name -> "dd if=" + path(name) + " of=" + FlakeyLab.leftDevice(name) + " bs=4096 count=" + pages(name)
                + " conv=fsync 2>&1"));
        return devices.stream().map(lab::leftFile).toList();
    }

    @Override
    public String keep(String name, String text) throws IOException {
        Path place = Files.createDirectories(kept.resolve(name + "-" + (ext4 ? "ext4" : "raw") + "-" + cuts.get()));
        List<Path> files = left();
        for (int i = 0; i < files.size(); i++) {
            Path copy = place.resolve(devices.get(i));
            Files.deleteIfExists(copy);
            Files.copy(files.get(i), copy);
        }
        Files.writeString(place.resolve("story.txt"), text + timeline);
        return "its devices are kept in " + place;
    }

    /** Lets the file systems go; the devices stay, for the next volume. */
    @Override
    public void close() throws IOException {
        if (ext4) {
            must(each(name -> "umount /m/" + name));
        }
    }
}
