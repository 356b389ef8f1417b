package dev.lockstep.cli;

import dev.lockstep.log.LegLabel;
import dev.lockstep.log.Superblock;
import dev.lockstep.store.Access;
import dev.lockstep.store.FileLeg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Legs that are elsewhere than the log of their volume says: each is told by its label. */
final class MovedLegs {
    private MovedLegs() {
    }

    /**
     * Returns where the legs are.
     *
     * @param log   the log's file
     * @param said  what it says
     * @param named where the legs are as the log says, by their numbers
     * @param moved files that the user names, in any order
     * @throws UserMistake if one of them is none of the volume's legs, or two are the same one
     */
    static List<Path> of(Path log, Superblock said, List<Path> named, List<Path> moved) {
        List<Path> legs = new ArrayList<>(named);
        List<Integer> found = new ArrayList<>();
        for (Path file : moved) {
            int number = number(log, said, file);
            if (found.contains(number)) {
                throw new UserMistake(legs.get(number) + " and " + file + " are both leg " + number + ": a file of its own was expected for each "
                        + "leg");
            }
            found.add(number);
            legs.set(number, file);
        }
        return legs;
    }

    private static int number(Path log, Superblock said, Path file) {
        if (!Files.exists(file)) {
            throw new UserMistake("there is no file " + file + ": a leg of the volume was expected");
        }
        LegLabel label;
        try (FileLeg leg = FileLeg.open(file, Access.READ_ONLY)) {
            label = LegLabel.find(leg, said.bytes()).orElseThrow(() -> new UserMistake("--leg " + file + " is given, and " + log + " is a "
                    + "hardened log, which names the legs itself: --log alone was expected, or a leg with a label that tells which one it is"));
        } catch (IOException e) {
            throw new UserMistake(e.getMessage(), e);
        }
        if (!label.volume().equals(said.volume())) {
            throw new UserMistake(file + " is a leg of volume " + label.volume() + ": one of " + said.volume() + " was expected");
        }
        if (said.membership().isAbsent(label.leg())) {
            throw new UserMistake(file + " was leg " + label.leg() + ", and was removed: a leg that the volume has was expected");
        }
        return label.leg();
    }
}
