package dev.lockstep.cli;

import dev.lockstep.region.Policy;
import dev.lockstep.volume.FileVolume;
import dev.lockstep.volume.Resyncer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What {@code add-leg}, {@code remove-leg} and a leg that is elsewhere can be given that they cannot use. */
final class BadLegChanges {
    private static final String LOG = VolumeFolder.LOG;
    private static final String LEG_0 = VolumeFolder.LEG_0;
    private static final String LEG_1 = VolumeFolder.LEG_1;

    private BadLegChanges() {
    }

    static Stream<BadInput> all() {
        return Stream.of(adding(), addingElsewhere(), removing(), moved()).flatMap(each -> each);
    }

    private static VolumeFolder volume(VolumeFolder folder, String name) throws IOException {
        return VolumeFolder.with(Files.createDirectory(folder.file(name)), true);
    }

    private static VolumeFolder volume(VolumeFolder folder) throws IOException {
        return volume(folder, "h");
    }

    /** A volume with so many legs. */
    private static VolumeFolder volumeOf(VolumeFolder folder, int legs) throws IOException {
        VolumeFolder volume = volume(folder);
        try (FileVolume open = FileVolume.open(volume.file(LOG), Policy.BOUNCE_COPY)) {
            for (int leg = 2; leg < legs; leg++) {
                open.addLeg(volume.file("a.leg" + leg));
            }
            Resyncer resync = new Resyncer(open, 0);
            resync.start();
            resync.await();
        }
        return volume;
    }

    private static List<String> add(VolumeFolder volume, String file) {
        return volume.use("add-leg", volume.file(file).toString());
    }

    private static Stream<BadInput> adding() {
        return Stream.of(
                new BadInput("add-leg: a tenth leg", folder -> add(volumeOf(folder, 9), "new"),
                        "DIR/h/new cannot be added: the volume has 9 legs, and fewer than 9 were expected"),
                new BadInput("add-leg: a leg that it has", folder -> add(volume(folder), LEG_1),
                        "DIR/h/a.leg1 is a leg of the volume: another file was expected"),
                new BadInput("add-leg: a leg that it has, by another name", folder -> {
                    VolumeFolder volume = volume(folder);
                    Files.createSymbolicLink(volume.file("link"), volume.file(LEG_1));
                    return add(volume, "link");
                }, "DIR/h/link is a leg of the volume: another file was expected"),
                new BadInput("add-leg: a leg that it has, by a hard link", folder -> {
                    VolumeFolder volume = volume(folder);
                    Files.createLink(volume.file("hard"), volume.file(LEG_1));
                    return add(volume, "hard");
                }, "DIR/h/hard is a leg of the volume: another file was expected"),
                new BadInput("add-leg: a copy of a leg that it has", folder -> {
                    VolumeFolder volume = volume(folder);
                    Files.copy(volume.file(LEG_1), volume.file("copy"));
                    return add(volume, "copy");
                }, "DIR/h/copy is leg 1 of volume ", "a file was expected that is not in use elsewhere"),
                new BadInput("add-leg: the log", folder -> add(volume(folder), LOG), "DIR/h/a.log is the log of a volume: another file was expected"),
                new BadInput("add-leg: a folder", folder -> {
                    VolumeFolder volume = volume(folder);
                    Files.createDirectory(volume.file("folder"));
                    return add(volume, "folder");
                }, "DIR/h/folder is a folder: a file or a device was expected"),
                new BadInput("add-leg: a link that leads nowhere", folder -> {
                    VolumeFolder volume = volume(folder);
                    Files.createSymbolicLink(volume.file("link"), Path.of("nowhere"));
                    return add(volume, "link");
                }, "DIR/h/link cannot be made"),
                new BadInput("add-leg: in a missing folder", folder -> add(volume(folder), "no/new"), "DIR/h/no/new cannot be made"),
                new BadInput("add-leg: no file", folder -> volume(folder).use("add-leg"), "FILE", "volume add-leg --help"));
    }

    private static Stream<BadInput> addingElsewhere() {
        return Stream.of(
                new BadInput("add-leg: too short", folder -> {
                    VolumeFolder volume = volume(folder);
                    Files.write(volume.file("new"), new byte[(int) VolumeFolder.BYTES]);
                    return add(volume, "new");
                }, "DIR/h/new has 2097152 bytes: at least 2105344 were expected, label included"),
                new BadInput("add-leg: a leg of another volume", folder -> {
                    VolumeFolder volume = volume(folder);
                    Files.copy(volume(folder, "other").file(LEG_1), volume.file("new"));
                    return add(volume, "new");
                }, "DIR/h/new is leg 1 of volume ", "a file was expected that is not in use elsewhere"),
                new BadInput("add-leg: hardened log, and no labels", folder -> {
                    VolumeFolder volume = new VolumeFolder(folder.path(), true);
                    CommandLineRun.of(with(volume.create("b.log", "b.0", "b.1"), "--no-labels"));
                    return volume.volume("add-leg", "b.log", new String[0], folder.file("new").toString());
                }, "no leg of DIR/b.log can be added: a volume was expected whose legs carry labels"),
                new BadInput("add-leg: labels, and a log of dm-mirror's", folder -> {
                    VolumeFolder volume = new VolumeFolder(folder.path(), true);
                    CommandLineRun.of(with(volume.create("b.log", "b.0", "b.1"), "--log-format", "dm"));
                    return volume.volume("add-leg", "b.log", new String[] {"b.0", "b.1"}, folder.file("new").toString());
                }, "no leg of DIR/b.log can be added", "a hardened log was expected; see volume convert-log"),
                new BadInput("add-leg: dm log, too short", folder -> {
                    Files.write(folder.file("new"), new byte[512]);
                    return add(folder, "new");
                }, "DIR/new has 512 bytes: at least 2097152 were expected"),
                new BadInput("add-leg: dm log, a leg that it has", folder -> add(folder, LEG_0),
                        "DIR/a.leg0 is a leg of the volume: another file was expected"));
    }

    private static Stream<BadInput> removing() {
        return Stream.of(
                new BadInput("remove-leg: of two", folder -> volume(folder).use("remove-leg", "--number", "1"),
                        "leg 1, DIR/h/a.leg1, cannot be removed: the volume has 2 legs, and more than 2 were expected"),
                new BadInput("remove-leg: of two, dm log", folder -> folder.use("remove-leg", "--number", "1"),
                        "leg 1, DIR/a.leg1, cannot be removed: the volume has 2 legs"),
                new BadInput("remove-leg: leg that there is not", folder -> volume(folder).use("remove-leg", "--number", "2"),
                        "--number 2: the volume has no such leg; 0 to 1 was expected"),
                new BadInput("remove-leg: leg below nothing", folder -> volume(folder).use("remove-leg", "--number", "-1"),
                        "--number -1: the volume has no such leg"),
                new BadInput("remove-leg: leg that was removed", folder -> {
                    VolumeFolder volume = volumeOf(folder, 4);
                    FileVolume open = FileVolume.open(volume.file(LOG), Policy.BOUNCE_COPY);
                    open.removeLeg(1);
                    open.close();
                    return volume.use("remove-leg", "--number", "1");
                }, "--number 1: the volume has no such leg; the number of one that it has was expected"),
                new BadInput("remove-leg: the last that is there", folder -> {
                    VolumeFolder volume = volumeOf(folder, 3);
                    Files.delete(volume.file(LEG_0));
                    Files.delete(volume.file("a.leg2"));
                    return volume.use("remove-leg", "--number", "1");
                }, "leg 1, DIR/h/a.leg1, has what no other leg has"),
                new BadInput("remove-leg: no number", folder -> volume(folder).use("remove-leg"), "--number", "volume remove-leg --help"));
    }

    private static Stream<BadInput> moved() {
        return Stream.of(
                new BadInput("hardened log, and a leg of another volume", folder -> {
                    VolumeFolder volume = volume(folder);
                    return volume.status(LOG, volume(folder, "other").file(LEG_1).toString());
                }, "DIR/other/a.leg1 is a leg of volume ", ": one of "),
                new BadInput("hardened log, and a leg twice", folder -> {
                    VolumeFolder volume = volume(folder);
                    Files.copy(volume.file(LEG_1), volume.file("copy"));
                    return volume.status(LOG, LEG_1, "copy");
                }, "DIR/h/a.leg1 and DIR/h/copy are both leg 1"),
                new BadInput("hardened log, and a leg that is not there", folder -> volume(folder).status(LOG, "no"),
                        "there is no file DIR/h/no: a leg of the volume was expected"),
                new BadInput("hardened log, and the copy of a leg that was removed", folder -> {
                    VolumeFolder volume = volumeOf(folder, 3);
                    Files.copy(volume.file(LEG_1), volume.file("copy"));
                    FileVolume open = FileVolume.open(volume.file(LOG), Policy.BOUNCE_COPY);
                    open.removeLeg(1);
                    open.close();
                    return volume.status(LOG, "copy");
                }, "DIR/h/copy was leg 1, and was removed: a leg that the volume has was expected"));
    }

    private static List<String> with(List<String> arguments, String... more) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of(more));
        return all;
    }
}
