package dev.lockstep.cli;

import dev.lockstep.region.Policy;
import dev.lockstep.volume.FileVolume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** What a volume with a hardened log can be given, or have become, that cannot be used. */
final class BadHardened {
    private static final String LOG = VolumeFolder.LOG;
    private static final String LEG_0 = VolumeFolder.LEG_0;
    private static final String LEG_1 = VolumeFolder.LEG_1;

    private BadHardened() {
    }

    static Stream<BadInput> all() {
        return Stream.of(options(), logs(), legs(), legsToCome()).flatMap(each -> each);
    }

    /** A folder in the folder, with a hardened volume. */
    private static VolumeFolder volume(VolumeFolder folder, String name) throws IOException {
        return VolumeFolder.with(Files.createDirectory(folder.file(name)), true);
    }

    private static VolumeFolder volume(VolumeFolder folder) throws IOException {
        return volume(folder, "h");
    }

    private static Stream<BadInput> options() {
        return Stream.of(
                new BadInput("create: log format that there is not", folder -> with(new VolumeFolder(folder.path(), true)
                        .create("b.log", "b.0", "b.1"), "--log-format", "ext4"), "--log-format ext4 is no format of a log: hardened or dm was expected"),
                new BadInput("create: no leg", folder -> with(folder.create("b.log")), "has 0 legs; 2 to 9 are expected"),
                new BadInput("hardened log, and a leg that nothing is known of", folder -> {
                    VolumeFolder volume = volume(folder);
                    Files.write(volume.file("x"), new byte[512]);
                    return volume.status(LOG, LEG_0, "x");
                }, "--leg DIR/h/x is given, and DIR/h/a.log is a hardened log", "--log alone was expected"),
                new BadInput("hardened log, and region size", folder -> volume(folder).use("read", "--region-size", "64KiB"),
                        "--region-size 64KiB is given, and DIR/h/a.log is a hardened log", "--log alone was expected"),
                new BadInput("convert-log: format that there is not", folder -> volume(folder).use("convert-log", "--to", "ext4"),
                        "--to ext4 is no format of a log"),
                new BadInput("convert-log: to the format that it has", folder -> volume(folder).use("convert-log", "--to", "hardened"),
                        "DIR/h/a.log is a log in the format hardened, version 2 already: the other was expected"),
                new BadInput("convert-log: to dm from dm", folder -> folder.use("convert-log", "--to", "dm"),
                        "DIR/a.log is a log in the format dm-log version 2 already"));
    }

    private static Stream<BadInput> logs() {
        return Stream.of("status", "read", "flush", "resync", "scrub").flatMap(command -> Stream.of(
                new BadInput(command + ": hardened log truncated behind its superblock", folder -> {
                    VolumeFolder volume = volume(folder);
                    volume.cut(LOG, 8192);
                    return volume.use(command);
                }, "DIR/h/a.log: ", "every one of the 4 regions of 524288 bytes counts as dirty"),
                new BadInput(command + ": hardened log truncated to nothing", folder -> {
                    VolumeFolder volume = volume(folder);
                    volume.cut(LOG, 0);
                    return volume.use(command);
                }, "DIR/h/a.log does not say which legs its volume has", "--leg was expected"),
                new BadInput(command + ": hardened log of another volume", folder -> {
                    VolumeFolder volume = volume(folder);
                    Files.copy(volume(folder, "other").file(LOG), volume.file(LOG), StandardCopyOption.REPLACE_EXISTING);
                    return volume.use(command);
                }, "DIR/h/a.log: is the log of volume ", "as its legs' labels say", "counts as dirty")));
    }

    private static Stream<BadInput> legs() {
        return Stream.of("status", "read", "flush", "resync").flatMap(command -> Stream.of(
                new BadInput(command + ": leg of another volume", folder -> {
                    VolumeFolder volume = volume(folder);
                    Files.copy(volume(folder, "other").file(LEG_1), volume.file(LEG_1), StandardCopyOption.REPLACE_EXISTING);
                    return volume.use(command);
                }, "DIR/h/a.leg1: is a leg of volume ", "; expected one of "),
                new BadInput(command + ": legs that have changed places", folder -> {
                    VolumeFolder volume = volume(folder);
                    Path other = volume.file("other");
                    Files.move(volume.file(LEG_0), other);
                    Files.move(volume.file(LEG_1), volume.file(LEG_0));
                    Files.move(other, volume.file(LEG_1));
                    return volume.use(command);
                }, "DIR/h/a.leg0: is leg 1; expected leg 0"),
                new BadInput(command + ": two legs that were each used without the other", folder -> apart(folder).use(command),
                        "DIR/h/a.leg0 and DIR/h/a.leg1: each was used without the other")));
    }

    /** A volume that was copied; then each copy was used with one leg. */
    private static VolumeFolder apart(VolumeFolder folder) throws IOException {
        VolumeFolder volume = volume(folder);
        VolumeFolder copy = new VolumeFolder(Files.createDirectory(folder.file("copy")), true);
        for (String file : List.of(LOG, LEG_1)) {
            Files.copy(volume.file(file), copy.file(file));
        }
        Files.delete(volume.file(LEG_1));
        FileVolume.open(volume.file(LOG), Policy.BOUNCE_COPY).close();
        FileVolume.open(copy.file(LOG), Policy.BOUNCE_COPY).close();
        Files.move(copy.file(LEG_1), volume.file(LEG_1));
        return volume;
    }

    private static Stream<BadInput> legsToCome() {
        return Stream.of(
                new BadInput("read: leg missing, and no labels to record it", folder -> {
                    VolumeFolder volume = new VolumeFolder(folder.path(), true);
                    CommandLineRun.of(with(volume.create("b.log", "b.0", "b.1"), "--no-labels"));
                    Files.delete(folder.file("b.1"));
                    return volume.volume("read", "b.log", new String[0]);
                }, "DIR/b.1"),
                new BadInput("replace-leg: no labels", folder -> folder.use("replace-leg", "--number", "1", folder.file("new").toString()),
                        "no leg of DIR/a.log can be replaced: a volume was expected whose legs carry labels"),
                new BadInput("replace-leg: leg that there is not", folder -> replace(volume(folder), "2", "new"),
                        "--number 2: the volume has no such leg; 0 to 1 was expected"),
                new BadInput("replace-leg: by the other leg", folder -> replace(volume(folder), "1", LEG_0),
                        "DIR/h/a.leg0 is a leg of the volume: another file was expected"),
                new BadInput("replace-leg: by a leg of another volume", folder -> {
                    VolumeFolder volume = volume(folder);
                    Files.copy(volume(folder, "other").file(LEG_1), volume.file("new"));
                    return replace(volume, "1", "new");
                }, "DIR/h/new is leg 1 of volume ", "a file was expected that is not in use elsewhere"),
                new BadInput("replace-leg: too short", folder -> {
                    VolumeFolder volume = volume(folder);
                    Files.write(volume.file("new"), new byte[(int) VolumeFolder.BYTES]);
                    return replace(volume, "1", "new");
                }, "DIR/h/new has 2097152 bytes: at least 2105344 were expected"),
                new BadInput("replace-leg: in a missing folder", folder -> replace(volume(folder), "1", "no/new"),
                        "DIR/h/no/new cannot be made"),
                new BadInput("replace-leg: the last leg", folder -> {
                    VolumeFolder volume = volume(folder);
                    Files.delete(volume.file(LEG_0));
                    return replace(volume, "1", "new");
                }, "leg 1, DIR/h/a.leg1, has what no other leg has"),
                new BadInput("readmit: leg that is in use", folder -> volume(folder).use("readmit", "--number", "1"),
                        "leg 1, DIR/h/a.leg1, is in use: a leg that is there and out of use was expected"),
                new BadInput("readmit: leg that is missing", folder -> {
                    VolumeFolder volume = volume(folder);
                    Files.delete(volume.file(LEG_1));
                    return volume.use("readmit", "--number", "1");
                }, "leg 1, DIR/h/a.leg1, is missing"));
    }

    private static List<String> replace(VolumeFolder volume, String number, String file) {
        return volume.use("replace-leg", "--number", number, volume.file(file).toString());
    }

    private static List<String> with(List<String> arguments, String... more) {
        return Stream.concat(arguments.stream(), Stream.of(more)).toList();
    }
}
