package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.log.LogContents;
import dev.lockstep.log.LogImage;
import dev.lockstep.store.Access;
import dev.lockstep.store.FileLeg;
import dev.lockstep.store.StoreException;
import dev.lockstep.volume.Layout;
import dev.lockstep.volume.VolumeDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code volume status}: what the files of a volume say about it. It reads them, and changes nothing. */
@Command(name = "status", sortOptions = false,
        description = "Says what the files of a volume tell: its size, its regions, how many are clean and how many "
                + "dirty. Only reads. If the log cannot be trusted, every region is dirty, and the exit code is 2.")
final class VolumeStatus extends Verb {
    private static final String COMMAND = "status";

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
        VolumeFiles files = volume.files();
        files.requireThere(folder().path().resolve(VolumeVerb.NAME + ".json"));
        List<FileLeg> legs = legs(files);
        Layout layout = volume.layout(VolumeDescription.commonLength(legs));
        VolumeState state = VolumeState.of(COMMAND, layout, files.log(), contents(files.log(), layout.regions()),
                legs.stream().map(VolumeState.LegFile::of).toList());
        if (!state.trusted()) {
            tell(state, start);
            throw new UserMistake(state.warning());
        }
        return VerbResult.of(Ending.AS_EXPECTED, state, state.text()).in(VolumeVerb.NAME);
    }

    /** The legs, closed: what is asked of them is their names and their lengths. */
    private static List<FileLeg> legs(VolumeFiles files) throws IOException {
        List<FileLeg> legs = new ArrayList<>();
        for (Path file : files.legs()) {
            try (FileLeg leg = FileLeg.open(file, Access.READ_ONLY)) {
                legs.add(leg);
            }
        }
        return legs;
    }

    private static LogContents contents(Path file, int regions) throws IOException {
        try (FileLeg leg = FileLeg.open(file, Access.READ_ONLY)) {
            return LogContents.read(leg, regions);
        } catch (StoreException e) {
            if (!Files.isRegularFile(file)) {
                throw e;
            }
            // A file that is no leg, for it was cut to a length that no leg has, is a log that cannot be trusted.
            return new LogContents(LogImage.allDirty(regions), Optional.of(e.getMessage()));
        }
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
