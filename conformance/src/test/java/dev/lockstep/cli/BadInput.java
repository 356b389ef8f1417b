package dev.lockstep.cli;

import java.io.IOException;
import java.util.List;

/**
 * One way to give the command line what it cannot use.
 *
 * @param name        what is wrong, for a reader
 * @param arrangement makes it so, in a folder with a good volume
 * @param said        what the sentence must say: what was given and what was expected; {@code DIR} is the folder
 */
record BadInput(String name, Arrangement arrangement, String... said) {
    /** Prepares a folder, and returns the arguments. */
    interface Arrangement {
        List<String> in(VolumeFolder folder) throws IOException;
    }

    /** Returns what the sentence must say, in this folder. */
    List<String> sentence(VolumeFolder folder) {
        return List.of(said).stream().map(words -> words.replace("DIR", folder.path().toString())).toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
