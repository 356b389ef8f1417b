package dev.lockstep.cli;

import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;

/** What the commands that open a volume can be given that they cannot use. */
final class BadUses {
    private static final String LOG = VolumeFolder.LOG;
    private static final String LEG_0 = VolumeFolder.LEG_0;
    private static final String LEG_1 = VolumeFolder.LEG_1;
    private static final String WHOLE_SECTORS = "is no multiple of 512: a volume is read and written in whole sectors of 512 bytes";
    /** Each command with what it needs. */
    private static final List<List<String>> COMMANDS = List.of(List.of("read", "--at", "0"), List.of("write", "--length", "512"),
            List.of("discard", "--at", "0", "--length", "512"), List.of("flush"), List.of("scrub"), List.of("resync"));

    private BadUses() {
    }

    static Stream<BadInput> all() {
        return Stream.of(everyCommand(), pieces(), data(), others()).flatMap(each -> each);
    }

    private static String[] more(List<String> command) {
        return command.subList(1, command.size()).toArray(String[]::new);
    }

    private static Stream<BadInput> everyCommand() {
        return COMMANDS.stream().flatMap(command -> Stream.of(
                new BadInput(command.get(0) + ": log missing", folder -> folder.volume(command.get(0), "no.log",
                        new String[] {LEG_0, LEG_1}, more(command)), "there is no file DIR/no.log", "the log of a volume was expected"),
                new BadInput(command.get(0) + ": leg missing", folder -> folder.volume(command.get(0), LOG,
                        new String[] {LEG_0, "no.leg"}, more(command)), "there is no file DIR/no.leg"),
                new BadInput(command.get(0) + ": leg too short", folder -> {
                    folder.cut(LEG_1, VolumeFolder.BYTES - 512);
                    return folder.use(command.get(0), more(command));
                }, "DIR/a.leg1: is 2096640 bytes long; expected 2097152"),
                new BadInput(command.get(0) + ": one file twice", folder -> folder.volume(command.get(0), LOG,
                        new String[] {LEG_0, LEG_0}, more(command)), "the file DIR/a.leg0 is given twice"),
                new BadInput(command.get(0) + ": foreign log", folder -> {
                    folder.overwrite(LOG, 0, 0x12345678);
                    return folder.use(command.get(0), more(command));
                }, "begins with the number 0x12345678", "counts as dirty; see volume resync --new-log"),
                new BadInput(command.get(0) + ": log of another number of regions", folder -> {
                    folder.overwrite(LOG, 8, 5);
                    return folder.use(command.get(0), more(command));
                }, "is a log of 5 regions; expected 4", "see volume resync --new-log"),
                new BadInput(command.get(0) + ": log with two names", folder -> {
                    Files.createLink(folder.file("hard"), folder.file(LOG));
                    // What is to be written is looked at before the volume is opened.
                    String data = Files.write(folder.file("data"), new byte[512]).toString();
                    return command.get(0).equals("write") ? folder.use("write", "--from", data) : folder.use(command.get(0), more(command));
                }, "DIR/a.log: has 2 names in the file system (hard links); a log with one is expected"),
                new BadInput(command.get(0) + ": policy that there is not", folder -> with(folder.use(command.get(0), more(command)),
                        "--policy", "Fast"), "there is no policy Fast: one of Original, ", "was expected"),
                new BadInput(command.get(0) + ": events into a leg", folder -> with(folder.use(command.get(0), more(command)),
                        "--events", folder.file(LEG_1).toString()), "--events DIR/a.leg1 is a leg of the volume: another file was expected")));
    }

    private static Stream<BadInput> pieces() {
        return Stream.of("read", "write", "discard").flatMap(command -> Stream.of(
                piece(command + ": position within a sector", command, "100", "512", "--at 100 " + WHOLE_SECTORS),
                piece(command + ": length within a sector", command, "0", "100", "--length 100 " + WHOLE_SECTORS),
                piece(command + ": position beyond the end", command, "2MiB", "512", "--at 2097152 is beyond the end",
                        "the volume has 2097152 bytes"),
                piece(command + ": end beyond the end", command, "1MiB", "2MiB", "2097152 bytes at 1048576 go beyond the end",
                        "of which 1048576 are left there"),
                piece(command + ": position that is no number", command, "here", "512", "--at here is no number of bytes"),
                piece(command + ": position below nothing", command, "-512", "512", "--at -512 is no number of bytes"),
                piece(command + ": nothing", command, "0", "0", "a length of at least 512 bytes was expected, and it is 0")));
    }

    private static BadInput piece(String name, String command, String at, String length, String... said) {
        return new BadInput(name, folder -> folder.use(command, "--at", at, "--length", length), said);
    }

    private static Stream<BadInput> data() {
        return Stream.of(
                new BadInput("write: standard input shorter than --length", folder -> folder.use("write", "--length", "1024"),
                        "standard input ends after 0 bytes: --length 1024 was expected"),
                new BadInput("write: standard input empty", folder -> folder.use("write"), "a length of at least 512 bytes was expected"),
                new BadInput("write: file missing", folder -> folder.use("write", "--from", folder.file("no").toString()),
                        "--from DIR/no: there is no such file"),
                new BadInput("write: file is a folder", folder -> folder.use("write", "--from", folder.path().toString()),
                        "--from DIR is no file that can be read"),
                new BadInput("write: file shorter than --length", folder -> {
                    Files.write(folder.file("data"), new byte[512]);
                    return folder.use("write", "--from", folder.file("data").toString(), "--length", "1KiB");
                }, "DIR/data ends after 512 bytes: --length 1KiB was expected"),
                new BadInput("write: file not of whole sectors", folder -> {
                    Files.write(folder.file("data"), new byte[1000]);
                    return folder.use("write", "--from", folder.file("data").toString());
                }, "DIR/data has 1000 bytes: a multiple of 512 was expected"),
                new BadInput("write: file longer than what follows", folder -> {
                    Files.write(folder.file("data"), new byte[1024]);
                    return folder.use("write", "--from", folder.file("data").toString(), "--at", "2096640");
                }, "1024 bytes at 2096640 go beyond the end", "of which 512 are left there"),
                new BadInput("write: from a leg", folder -> folder.use("write", "--from", folder.file(LEG_0).toString()),
                        "DIR/a.leg0 is a leg of the volume: another file was expected"),
                new BadInput("read: to a leg", folder -> folder.use("read", "--to", folder.file(LEG_1).toString()),
                        "DIR/a.leg1 is a leg of the volume: another file was expected"),
                new BadInput("read: to a file that is there", folder -> {
                    Files.writeString(folder.file("there"), "stays");
                    return folder.use("read", "--to", folder.file("there").toString());
                }, "--to DIR/there exists already: a file that is yet to be made was expected"),
                new BadInput("read: to a missing folder", folder -> folder.use("read", "--to", folder.file("no/file").toString()),
                        "--to DIR/no/file cannot be made: there is no folder DIR/no"),
                new BadInput("read: bytes and JSON in one stream", folder -> folder.use("read", "--json"),
                        "--json was given without --to"));
    }

    private static Stream<BadInput> others() {
        return Stream.of(
                new BadInput("discard: no length", folder -> folder.use("discard", "--at", "0"), "--length=BYTES", "volume discard --help"),
                new BadInput("scrub: repair from a leg that there is not", folder -> folder.use("scrub", "--repair-from", "2"),
                        "--repair-from 2: the volume has no such leg; 0 to 1 was expected"),
                new BadInput("scrub: repair from a leg below nothing", folder -> folder.use("scrub", "--repair-from", "-1"),
                        "--repair-from -1: the volume has no such leg"),
                new BadInput("scrub: no speed", folder -> folder.use("scrub", "--throttle", "0"), "--throttle 0 is nothing at all"),
                new BadInput("resync: no speed", folder -> folder.use("resync", "--throttle", "0"), "--throttle 0 is nothing at all"),
                new BadInput("resync: speed that is no number", folder -> folder.use("resync", "--throttle", "fast"),
                        "--throttle fast is no number of bytes"),
                new BadInput("resync: events in a missing folder", folder -> folder.use("resync", "--events", folder.file("no/e").toString()),
                        "--events DIR/no/e cannot be written: a file was expected that can be"));
    }

    private static List<String> with(List<String> arguments, String... more) {
        return Stream.concat(arguments.stream(), Stream.of(more)).toList();
    }
}
