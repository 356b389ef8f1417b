package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.log.Superblock;
import dev.lockstep.store.StoreException;
import dev.lockstep.volume.FileVolume;
import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code volume status}: what the files of a volume say about it. It reads them, and changes nothing. */
@Command(name = "status", sortOptions = false,
        description = "Says what the files of a volume tell: its size, its regions, how many are clean and how many "
                + "dirty, and who has it open. Only reads, and takes no lock: so it may be asked while the volume is used, and tells "
                + "what is on the disk. If the log cannot be trusted, every region is dirty, and the exit code is 2.")
final class VolumeStatus extends Verb {
    private static final String COMMAND = "status";
    /** How often the files are read before it is given up. */
    private static final int TRIES = 20;

    @Mixin
    private VolumeOptions volume;

    @Spec
    private CommandSpec spec;

    VolumeStatus(Console console) {
        super(console);
    }

    @Override
    VerbResult run(Progress progress) throws IOException {
        long start = System.nanoTime();
        FoundVolume found = settled();
        VolumeState state = VolumeState.of(COMMAND, found, FileVolume.user(found.files().log()));
        if (found.warning().isPresent()) {
            tell(state, start);
            throw new UserMistake(found.warning().get());
        }
        return VerbResult.of(Ending.AS_EXPECTED, state, state.text()).in(VolumeVerb.NAME);
    }

    /**
     * Looks at the volume. Who uses it may be writing the record of its legs meanwhile, so that of two files one is read from before and
     * the other from after: what is seen twice in a row is told, and nothing else.
     */
    private FoundVolume settled() throws IOException {
        FoundVolume last = null;
        for (int tries = 0; tries < TRIES; tries++) {
            FoundVolume found;
            try {
                found = FoundVolume.of(volume, folder().path().resolve(VolumeVerb.NAME + ".json"));
            } catch (StoreException | UserMistake e) {
                if (tries == TRIES - 1 || FileVolume.user(volume.log()).isEmpty()) {
                    throw e;
                }
                last = null;
                continue;
            }
            if (FileVolume.user(found.files().log()).isEmpty() || last != null && same(last, found)) {
                return found;
            }
            last = found;
        }
        throw new UserMistake(volume.log() + ": what its volume's files say of the legs changed each time that they were read, as "
                + FileVolume.user(volume.log()).orElse("somebody") + " uses it: the same twice in a row was expected, so ask again");
    }

    private static boolean same(FoundVolume one, FoundVolume other) {
        return one.legs().equals(other.legs()) && one.warning().equals(other.warning())
                && one.volume().map(Superblock::generation).equals(other.volume().map(Superblock::generation));
    }

    /**
     * Prints the state of a volume whose log is distrusted to whoever asked for JSON. It is the one mistake that has a
     * result: a program must be able to see that all is dirty, and why. As after any mistake, nothing is kept.
     */
    private void tell(VolumeState state, long start) {
        if (spec.commandLine().getParseResult().hasMatchedOption("--json")) {
            double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
            ObjectNode all = (ObjectNode) VerbResult.of(Ending.FINDING, state, "").json(COMMAND, seconds);
            console().out().print(Json.text(all.put("result", "bad input")));
            console().out().flush();
        }
    }
}
