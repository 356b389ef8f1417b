package dev.lockstep.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What {@code volume} can be given that it cannot use. */
final class BadVolumes {
    private static final String LOG = VolumeFolder.LOG;
    private static final String LEG_0 = VolumeFolder.LEG_0;
    private static final String LEG_1 = VolumeFolder.LEG_1;
    private static final String ALL_DIRTY = "every one of the 4 regions of 524288 bytes counts as dirty";

    private BadVolumes() {
    }

    static Stream<BadInput> all() {
        return Stream.of(logs(), legs(), twice(), create(), sizes()).flatMap(each -> each);
    }

    private static Stream<BadInput> logs() {
        return Stream.of(
                new BadInput("missing log", folder -> folder.status("no.log", LEG_0, LEG_1),
                        "there is no file DIR/no.log", "the log of a volume was expected"),
                new BadInput("log is a folder", folder -> {
                    Files.createDirectory(folder.file("folder"));
                    return folder.status("folder", LEG_0, LEG_1);
                }, "DIR/folder: is a directory", "expected a regular file"),
                damaged("corrupt magic", 0, 0x12345678, "begins with the number 0x12345678; expected 0x4D695272"),
                damaged("wrong version", 4, 3, "is a log of version 3; expected version 2"),
                damaged("wrong region count", 8, 5, "is a log of 5 regions; expected 4"),
                new BadInput("region size that the log was not made with",
                        folder -> with(folder.status(), "--region-size", "64KiB"),
                        "DIR/a.log: is a log of 4 regions; expected 32",
                        "every one of the 32 regions of 65536 bytes counts as dirty"),
                cut("log truncated to a sector", 512, "is 512 bytes long; expected at least 1536"),
                cut("log truncated within a sector", 700, "is 700 bytes long; expected a positive multiple of 512"),
                cut("empty log", 0, "is 0 bytes long; expected a positive multiple of 512"));
    }

    private static BadInput damaged(String name, long position, int word, String said) {
        return new BadInput(name, folder -> {
            folder.overwrite(LOG, position, word);
            return folder.status();
        }, "DIR/a.log: " + said, ALL_DIRTY);
    }

    private static BadInput cut(String name, long length, String said) {
        return new BadInput(name, folder -> {
            folder.cut(LOG, length);
            return folder.status();
        }, "DIR/a.log: " + said, ALL_DIRTY);
    }

    private static Stream<BadInput> legs() {
        return Stream.of(
                new BadInput("leg missing", folder -> folder.status(LOG, LEG_0, "no.leg"),
                        "there is no file DIR/no.leg", "a leg of the volume was expected"),
                new BadInput("leg too short", folder -> {
                    folder.cut(LEG_1, VolumeFolder.BYTES - 512);
                    return folder.status();
                }, "DIR/a.leg1: is 2096640 bytes long; expected 2097152, as DIR/a.leg0 is"),
                new BadInput("leg longer than the others", folder -> {
                    Files.write(folder.file("long"), new byte[(int) VolumeFolder.BYTES + 512]);
                    return folder.status(LOG, LEG_0, "long");
                }, "DIR/a.leg0: is 2097152 bytes long; expected 2097664, as DIR/long is"),
                new BadInput("leg not of whole sectors", folder -> {
                    folder.cut(LEG_1, VolumeFolder.BYTES - 1);
                    return folder.status();
                }, "DIR/a.leg1: is 2097151 bytes long; expected a positive multiple of 512 bytes"),
                new BadInput("empty leg", folder -> {
                    folder.cut(LEG_0, 0);
                    return folder.status();
                }, "DIR/a.leg0: is 0 bytes long; expected a positive multiple of 512 bytes"),
                new BadInput("leg is a directory", folder -> {
                    Files.createDirectory(folder.file("folder"));
                    return folder.status(LOG, LEG_0, "folder");
                }, "DIR/folder: is a directory; expected a regular file or a block device"),
                new BadInput("link that leads nowhere as a leg", folder -> {
                    Files.createSymbolicLink(folder.file("link"), folder.file("nowhere"));
                    return folder.status(LOG, LEG_0, "link");
                }, "there is no file DIR/link", "a leg of the volume was expected"),
                new BadInput("one leg only", folder -> folder.status(LOG, LEG_0), "has 1 legs; 2 to 9 are expected"),
                new BadInput("ten legs", folder -> {
                    for (int i = 0; i < 10; i++) {
                        Files.copy(folder.file(LEG_0), folder.file("leg" + i));
                    }
                    return folder.status(LOG, ten());
                }, "has 10 legs; 2 to 9 are expected"),
                new BadInput("no leg", folder -> folder.status(LOG), "DIR/a.log does not say which legs its volume has", "--leg was expected"));
    }

    private static Stream<BadInput> twice() {
        return Stream.of(
                new BadInput("the same leg twice", folder -> folder.status(LOG, LEG_0, LEG_0),
                        "the file DIR/a.leg0 is given twice", "a file of its own was expected"),
                new BadInput("the same leg under another name", folder -> folder.status(LOG, LEG_0, "./" + LEG_0),
                        "DIR/a.leg0 and DIR/./a.leg0 are the same file", "a file of its own was expected"),
                new BadInput("the same leg through a symlink", folder -> {
                    Files.createSymbolicLink(folder.file("link"), folder.file(LEG_0));
                    return folder.status(LOG, LEG_0, "link");
                }, "DIR/a.leg0 and DIR/link are the same file", "a file of its own was expected"),
                new BadInput("the same leg through a hard link", folder -> {
                    Files.createLink(folder.file("link"), folder.file(LEG_0));
                    return folder.status(LOG, LEG_0, "link");
                }, "DIR/a.leg0 and DIR/link are the same file", "a file of its own was expected"),
                new BadInput("the log as a leg", folder -> folder.status(LOG, LEG_0, LOG),
                        "the file DIR/a.log is given twice", "a file of its own was expected"),
                new BadInput("create: the same leg twice", folder -> folder.create("b.log", "b.0", "b.0"),
                        "the file DIR/b.0 is given twice", "a file of its own was expected"),
                new BadInput("create: the same leg through a linked folder", folder -> {
                    Files.createSymbolicLink(folder.file("link"), folder.path());
                    return folder.create("b.log", "b.0", "link/b.0");
                }, "DIR/b.0 and DIR/link/b.0 are the same file", "a file of its own was expected"),
                new BadInput("the log where the result would be kept", folder -> {
                    Path log = folder.out().resolve("volume.json");
                    Files.copy(folder.file(LOG), log, StandardCopyOption.REPLACE_EXISTING);
                    return folder.status(log.toString(), LEG_0, LEG_1);
                }, "-out/volume.json is where the result of this command is to be kept", "another file"));
    }

    private static Stream<BadInput> create() {
        return Stream.of(
                new BadInput("create over a leg", folder -> folder.create("b.log", "b.0", LEG_1),
                        "DIR/a.leg1 exists already", "yet to be made was expected"),
                new BadInput("create over a log", folder -> folder.create(LOG, "b.0", "b.1"),
                        "DIR/a.log exists already", "yet to be made was expected"),
                new BadInput("create over a link that leads nowhere", folder -> {
                    Files.createSymbolicLink(folder.file("link"), folder.file("nowhere"));
                    return folder.create("b.log", "b.0", "link");
                }, "DIR/link exists already", "yet to be made was expected"),
                new BadInput("create in a missing folder", folder -> folder.create("b.log", "b.0", "no/b.1"),
                        "DIR/no/b.1 cannot be made", "a folder was expected, and there is no DIR/no"),
                new BadInput("create where a file is in place of the folder",
                        folder -> folder.create("b.log", "b.0", LEG_0 + "/b.1"),
                        "DIR/a.leg0/b.1 cannot be made", "a folder was expected, and DIR/a.leg0 is a file"),
                // Root may write into every folder, but not even root makes a file there.
                new BadInput("create in a read-only place",
                        folder -> folder.create("b.log", "b.0", "/proc/lockstep.leg"),
                        "/proc/lockstep.leg", "cannot be"),
                new BadInput("create: one leg only", folder -> folder.create("b.log", "b.0"),
                        "has 1 legs; 2 to 9 are expected"),
                new BadInput("create: ten legs", folder -> folder.create("b.log", ten()),
                        "has 10 legs; 2 to 9 are expected"));
    }

    private static Stream<BadInput> sizes() {
        return Stream.of(
                size("size not a multiple of 512", "1000", "is 1000 bytes; a multiple of 512 is expected"),
                size("size of nothing", "0", "is 0 bytes; a multiple of 512 is expected"),
                size("size below nothing", "-512", "--size -512 is no number of bytes", "were expected"),
                size("size with a unit that there is not", "2MB", "--size 2MB is no number of bytes", "were expected"),
                size("size that no number holds", "99999999TiB", "--size 99999999TiB is too much",
                        "less than 8388608TiB was expected"),
                size("size that makes too many regions", "4194304TiB",
                        "has 4611686018427387904 bytes and regions of 67108864",
                        "at most 2147483647 regions are expected"),
                size("largest size that a number holds", "9223372036854775296",
                        "has 9223372036854775296 bytes",
                        "at most 2147483647 regions are expected"),
                regionSize("region size no power of two", "5000",
                        "is 5000 bytes; a power of two from 4096 to 67108864"),
                regionSize("region size too small", "2KiB", "is 2048 bytes; a power of two from 4096 to 67108864"),
                regionSize("region size too large", "128MiB",
                        "is 134217728 bytes; a power of two from 4096 to 67108864"),
                regionSize("region size far too large", "4GiB",
                        "--region-size 4GiB is too much: at most 64MiB was expected"),
                regionSize("region size no number", "big", "--region-size big is no number of bytes", "were expected"),
                new BadInput("status: region size no power of two",
                        folder -> with(folder.status(), "--region-size", "5000"),
                        "is 5000 bytes; a power of two from 4096 to 67108864 is expected"));
    }

    private static BadInput size(String name, String size, String... said) {
        return new BadInput(name, folder -> folder.createOf(size, "b.log", "b.0", "b.1"), said);
    }

    private static BadInput regionSize(String name, String size, String... said) {
        return new BadInput(name, folder -> with(folder.create("b.log", "b.0", "b.1"), "--region-size", size), said);
    }

    private static String[] ten() {
        return IntStream.range(0, 10).mapToObj(i -> "leg" + i).toArray(String[]::new);
    }

    private static List<String> with(List<String> arguments, String... more) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(Arrays.asList(more));
        return all;
    }
}
