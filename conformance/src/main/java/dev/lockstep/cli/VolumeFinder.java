package dev.lockstep.cli;

import dev.lockstep.log.FoundRecord;
import dev.lockstep.log.Generation;
import dev.lockstep.log.LegLabel;
import dev.lockstep.log.LogContents;
import dev.lockstep.log.LogFormat;
import dev.lockstep.log.LogImage;
import dev.lockstep.log.Superblock;
import dev.lockstep.store.Access;
import dev.lockstep.store.FileLeg;
import dev.lockstep.store.StoreException;
import dev.lockstep.volume.Layout;
import dev.lockstep.volume.VolumeDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/** Reads what the files of a volume say, and judges it as opening does; takes no lock and changes nothing. */
final class VolumeFinder {
    private final VolumeOptions options;
    private final Optional<Superblock> onLog;
    private final VolumeFiles files;
    /** Whether some of the legs are elsewhere than the log says. */
    private final boolean moved;
    /** The legs, closed, as their names and lengths are asked for; null where there is none that can be opened. */
    private final List<FileLeg> legs = new ArrayList<>();

    /** @throws StoreException if the log is of a version that is not read */
    VolumeFinder(VolumeOptions options, Path result) throws StoreException {
        this.options = options;
        this.onLog = superblock(options.log());
        if (onLog.isPresent()) {
            options.requireNoRegionSize();
            List<Path> named = VolumeDescription.of(options.log(), onLog.get()).legs();
            this.moved = !options.files().legs().isEmpty();
            this.files = new VolumeFiles(options.log(), moved ? MovedLegs.of(options.log(), onLog.get(), named, options.files().legs()) : named);
            files.requireLog(result);
        } else {
            if (Files.exists(options.log())) {
                options.requireLegs();
            }
            this.moved = false;
            this.files = options.files();
            files.requireThere(result);
        }
    }

    private static Optional<Superblock> superblock(Path log) throws StoreException {
        if (!Files.isReadable(log)) {
            return Optional.empty();
        }
        FileLeg opened;
        try {
            opened = FileLeg.open(log, Access.READ_ONLY);
        } catch (StoreException e) {
            // It is told of later, with what is to be opened.
            return Optional.empty();
        }
        try (opened) {
            return Superblock.find(opened);
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw new StoreException(log + ": cannot be closed: " + e.getMessage(), e);
        }
    }

    /**
     * Looks.
     *
     * @throws StoreException if these are not the files of one volume
     */
    FoundVolume find() throws IOException {
        Optional<LegLabel> atEnd = Optional.empty();
        for (Path file : files.legs()) {
            try (FileLeg leg = FileLeg.open(file, Access.READ_ONLY)) {
                legs.add(leg);
                atEnd = atEnd.isPresent() || onLog.isPresent() ? atEnd : LegLabel.findAtEnd(leg);
            } catch (StoreException e) {
                if (onLog.isEmpty()) {
                    throw e;
                }
                legs.add(null);
            }
        }
        Layout layout = layout(atEnd);
        List<Optional<LegLabel>> labels = labels(layout);
        LogFormat format;
        LogContents contents;
        try (FileLeg log = FileLeg.open(files.log(), Access.READ_ONLY)) {
            format = LogFormat.of(log);
            contents = LogContents.read(log, layout.regions());
        } catch (StoreException e) {
            if (!Files.isRegularFile(files.log())) {
                throw e;
            }
            // A file that is no leg, for it was cut to a length that no leg has, is a log that cannot be trusted.
            format = LogFormat.DM;
            contents = new LogContents(LogImage.allDirty(layout.regions()), Optional.of(e.getMessage()));
        }
        boolean labelled = labels.stream().anyMatch(Optional::isPresent)
                || onLog.isPresent() && onLog.get().legs().stream().anyMatch(Superblock.LegEntry::labelled);
        return labelled ? labelled(layout, labels, format, contents) : unlabelled(layout, format, contents);
    }

    private Layout layout(Optional<LegLabel> atEnd) throws StoreException {
        List<FileLeg> there = legs.stream().filter(Objects::nonNull).toList();
        if (onLog.isEmpty() && atEnd.isEmpty()) {
            return options.layout(VolumeDescription.commonLength(there));
        }
        long bytes = onLog.map(Superblock::bytes).orElseGet(() -> atEnd.orElseThrow().bytes());
        int regionBytes = onLog.map(Superblock::regionBytes).orElseGet(() -> options.regionSize().isPresent()
                ? options.layout(bytes).regionBytes() : atEnd.orElseThrow().regionBytes());
        try {
            return new VolumeDescription(files.legs(), OptionalLong.of(bytes), OptionalInt.of(regionBytes),
                    onLog.map(Superblock::source).orElse(0)).layout(there);
        } catch (IllegalArgumentException e) {
            throw new UserMistake(e.getMessage(), e);
        }
    }

    private List<Optional<LegLabel>> labels(Layout layout) throws IOException {
        List<Optional<LegLabel>> labels = new ArrayList<>();
        for (int leg = 0; leg < legs.size(); leg++) {
            if (legs.get(leg) == null) {
                labels.add(Optional.empty());
            } else {
                try (FileLeg opened = FileLeg.open(files.legs().get(leg), Access.READ_ONLY)) {
                    labels.add(LegLabel.find(opened, layout.bytes()));
                }
            }
        }
        return labels;
    }

    private FoundVolume unlabelled(Layout layout, LogFormat format, LogContents contents) {
        List<VolumeState.LegFile> found = new ArrayList<>();
        for (int leg = 0; leg < legs.size(); leg++) {
            found.add(file(leg, legs.get(leg) == null ? VolumeState.MISSING : VolumeState.IN_USE));
        }
        return new FoundVolume(files, layout, format, contents, found, onLog, onLog.isPresent(), false);
    }

    private FoundVolume labelled(Layout layout, List<Optional<LegLabel>> labels, LogFormat format, LogContents contents)
            throws StoreException {
        Superblock volume = volume(layout, labels);
        Optional<String> distrust = contents.distrust().or(() -> onLog.filter(log -> !log.volume().equals(volume.volume())).map(log ->
                files.log() + ": is the log of volume " + log.volume() + "; expected " + volume.volume() + ", as its legs' labels say"));
        List<FoundRecord.Found> found = new ArrayList<>();
        for (int leg = 0; leg < legs.size(); leg++) {
            found.add(new FoundRecord.Found(files.legs().get(leg).toString(), legs.get(leg) != null, labels.get(leg)));
        }
        FoundRecord judged = FoundRecord.judge(volume, onLog.isPresent() && distrust.isEmpty(), distrust,
                distrust.isEmpty() && contents.image().dirtyCount() == 0, found);
        List<VolumeState.LegFile> states = new ArrayList<>();
        for (int leg = 0; leg < legs.size(); leg++) {
            states.add(file(leg, state(judged.opened(), leg, labels.get(leg))));
        }
        Layout believed = new Layout(layout.bytes(), layout.regionBytes(), layout.legs(), judged.opened().source());
        LogContents trusted = judged.distrust().isEmpty() ? contents
                : new LogContents(LogImage.allDirty(layout.regions()), judged.distrust());
        // Judging gives the generation that opening would begin.
        Superblock now = judged.opened().in(new Generation(Math.max(1, judged.opened().generation().number() - 1), 0),
                judged.opened().membership());
        return new FoundVolume(files, believed, format, trusted, states, Optional.of(now), onLog.isPresent() && !moved, true);
    }

    /** What the log says, unless every label there is speaks of another volume; else what the labels do. */
    private Superblock volume(Layout layout, List<Optional<LegLabel>> labels) {
        List<LegLabel> there = labels.stream().flatMap(Optional::stream).toList();
        if (onLog.isPresent() && (there.isEmpty() || there.stream().anyMatch(label -> label.volume().equals(onLog.get().volume())))) {
            return onLog.get();
        }
        UUID identity = there.get(0).volume();
        return new Superblock(identity, layout.bytes(), layout.regionBytes(), layout.source(), files.legs().stream()
                .map(file -> new Superblock.LegEntry(file.toString(), true)).toList());
    }

    private String state(Superblock judged, int leg, Optional<LegLabel> label) {
        if (judged.membership().isAbsent(leg)) {
            return VolumeState.ABSENT;
        } else if (legs.get(leg) == null) {
            return VolumeState.MISSING;
        } else if (label.isEmpty()) {
            return VolumeState.UNLABELLED;
        } else if (label.get().isStale(judged.slots().get(leg).generation())) {
            return VolumeState.STALE;
        }
        return judged.membership().isOut(leg) ? VolumeState.OUT : VolumeState.IN_USE;
    }

    private VolumeState.LegFile file(int leg, String state) {
        return new VolumeState.LegFile(files.legs().get(leg).toString(), legs.get(leg) == null ? 0 : legs.get(leg).length(), state);
    }
}
