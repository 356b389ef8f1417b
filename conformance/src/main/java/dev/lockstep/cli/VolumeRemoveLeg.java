package dev.lockstep.cli;

import dev.lockstep.log.LogFormat;
import dev.lockstep.volume.FileVolume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code volume remove-leg}. */
@Command(name = "remove-leg", sortOptions = false,
        description = "Removes a leg from a volume whose legs carry labels; the others keep their numbers, and its file stays. Of a volume with "
                + "a log in dm-mirror's format and no labels nothing is recorded: it is said how to name the legs from then on.")
final class VolumeRemoveLeg extends VolumeUser {
    private static final int FEWEST = 2;

    @Option(names = "--number", required = true, paramLabel = "LEG", description = "Which leg, counted from 0.")
    private int number;

    VolumeRemoveLeg(Console console) {
        super(console);
    }

    @Override
    boolean takesDistrustedLog() {
        // What this is for may be why it is distrusted: a leg that was put back.
        return true;
    }

    /** Opening and removing check it too; but then a new generation has begun. */
    @Override
    void check(FoundVolume found) {
        found.requireWaysToChange("removed");
        found.requireLeg("--number", number);
        if (found.legsHeld() <= FEWEST) {
            throw new UserMistake("leg " + number + ", " + found.legs().get(number).file() + ", cannot be removed: the volume has "
                    + found.legsHeld() + " legs, and more than " + FEWEST + " were expected");
        }
        found.requireAnother(number);
    }

    @Override
    Did use(FileVolume open, FoundVolume found, Progress progress) throws IOException {
        Path file = found.files().legs().get(number);
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("number", number);
        keys.put("file", file.toString());
        if (found.labelled()) {
            open.removeLeg(number);
            return new Did(Ending.AS_EXPECTED, keys, "leg " + number + ", " + file + ", is no leg of the volume any more\n");
        }
        List<Path> legs = new ArrayList<>(found.files().legs());
        legs.remove(number);
        return new Did(Ending.AS_EXPECTED, keys, "leg " + number + ", " + file + ", can be left out: as a log in the format "
                + LogFormat.DM.words() + " does not name the legs, from now on the volume is " + named(legs) + "\n");
    }

    /** The options that name legs, in their order. */
    static String named(List<Path> legs) {
        return legs.stream().map(leg -> "--leg " + leg).collect(Collectors.joining(" "));
    }
}
