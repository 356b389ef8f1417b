package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.log.LogFormat;
import dev.lockstep.volume.FileVolume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code volume convert-log}. */
@Command(name = "convert-log", sortOptions = false,
        description = "Has the log of a volume that nobody has open in the other format. The legs keep what they have, labels included. A "
                + "crash leaves the old log, the new one, or one that cannot be trusted.")
final class VolumeConvertLog extends Verb {
    @Mixin
    private VolumeOptions volume;

    @Option(names = "--to", required = true, paramLabel = "FORMAT", description = "hardened, or dm for dm-log version 2.")
    private String to;

    VolumeConvertLog(Console console) {
        super(console);
    }

    @Override
    VerbResult run(Progress progress) throws IOException {
        LogFormat format = LogFormats.parse("--to", to);
        FoundVolume found = FoundVolume.of(volume, folder().path().resolve(VolumeVerb.NAME + ".json"));
        found.requireTrusted();
        if (found.format() == format) {
            throw new UserMistake(found.files().log() + " is a log in the format " + format.words() + " already: the other was expected");
        }
        Path log = found.files().log();
        Optional<String> distrust = FileVolume.convertLog(log, format, found.description());
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("verb", VolumeVerb.NAME).put("command", "convert-log").put("log", log.toString());
        body.put("from", found.format().words()).put("to", format.words()).put("distrust", distrust.orElse(null));
        return VerbResult.of(Ending.AS_EXPECTED, body, log + " was " + found.format().words() + ", and is " + format.words() + " now\n"
                + distrust.map(why -> why + "; so every region is dirty\n").orElse("")).in(VolumeVerb.NAME);
    }
}
