package dev.lockstep.cli;

import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.sut.BlockContents;
import dev.lockstep.sut.Mirror;
import dev.lockstep.sut.Size;
import dev.lockstep.sut.Surroundings;
import dev.lockstep.sut.SystemUnderTest;
import dev.lockstep.sut.Variable;
import dev.lockstep.sut.Variables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Makes the mirror that is replayed on: Lockstep's own, or one behind a command. */
interface MirrorMaker {
    /** Lockstep's own mirror, of which everything is compared. */
    MirrorMaker OWN = new MirrorMaker() {
        @Override
        public SystemUnderTest make(Path folder, Size size, Policy policy, Surroundings surroundings, LogFormat format, BlockContents blocks)
                throws IOException {
            return new Mirror(folder, size, policy, surroundings, format, blocks, 0);
        }

        @Override
        public List<Variable> variables(Size size) {
            return Variables.of(size);
        }
    };

    /**
     * Makes one with its files in an empty folder; it is down.
     *
     * @throws IOException if the files cannot be made
     * @throws UserMistake if the mirror is a program that cannot be started
     */
    SystemUnderTest make(Path folder, Size size, Policy policy, Surroundings surroundings, LogFormat format, BlockContents blocks)
            throws IOException;

    /** The variables that are compared. */
    List<Variable> variables(Size size);
}
