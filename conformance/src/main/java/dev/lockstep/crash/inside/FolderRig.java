package dev.lockstep.crash.inside;

import dev.lockstep.log.LogFormat;
import dev.lockstep.store.FileLeg;
import dev.lockstep.volume.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A volume of regular files in a folder, whose users are killed. Used by one thread. */
public final class FolderRig implements Rig {
    private final String classPath;
    private final Path folder;
    private final Path kept;
    private final LogFormat format;
    private final List<Path> legs = new ArrayList<>();

    /**
     * Makes a new volume.
     *
     * @param classPath what the children's classes are in
     * @param folder    where; it is made here, and removed at the end
     * @param kept      where to keep what shows a failure
     * @param layout    how the volume is divided
     * @param format    the log's format; beside a hardened one the legs carry labels
     * @throws IOException if it cannot be made
     */
    public FolderRig(String classPath, Path folder, Path kept, Layout layout, LogFormat format) throws IOException {
        this.classPath = classPath;
        this.folder = Files.createDirectory(folder);
        this.kept = kept;
        this.format = format;
        for (int leg = 0; leg < layout.legs(); leg++) {
            legs.add(folder.resolve("leg" + leg));
        }
        make(format, layout, legs, log());
    }

    /** Makes a volume's files: the legs first, the log last. */
    static void make(LogFormat format, Layout layout, List<Path> legs, Path log) throws IOException {
        List<FileLeg> made = new ArrayList<>();
        try {
            for (Path leg : legs) {
                made.add(FileLeg.create(leg, VolumeLog.legBytes(format, layout)));
            }
            made.add(FileLeg.create(log, format.requiredLength(layout.regions())));
            VolumeLog.make(format, layout, made.subList(0, legs.size()), made.get(legs.size()));
        } finally {
            for (FileLeg each : made) {
                each.close();
            }
        }
    }

    @Override
    public List<Path> legs() {
        return List.copyOf(legs);
    }

    @Override
    public Path log() {
        return folder.resolve("log");
    }

    @Override
    public LogFormat format() {
        return format;
    }

    @Override
    public boolean cutsPower() {
        return false;
    }

    @Override
    public int slowness() {
        return 1;
    }

    @Override
    public ChildLife.Fate live(ChildTask task, long afterReady) throws IOException {
        return ChildProcess.run(classPath, task, afterReady);
    }

    @Override
    public List<Path> left() {
        List<Path> all = new ArrayList<>(legs);
        all.add(log());
        return all;
    }

    @Override
    public String keep(String name, String text) throws IOException {
        Path place = Files.createDirectories(kept.resolve(name + "-" + folder.getFileName()));
        for (Path file : left()) {
            copy(file, place);
        }
        Files.writeString(place.resolve("story.txt"), text);
        return "its files are kept in " + place;
    }

    private static void copy(Path file, Path into) throws IOException {
        Path copy = into.resolve(file.getFileName());
        Files.deleteIfExists(copy);
        Files.copy(file, copy);
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (NoSuchFileException e) {
            // It is gone already: that is what was wanted.
            return;
        }
    }
}
