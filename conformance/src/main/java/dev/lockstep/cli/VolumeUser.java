package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.region.RegionState;
import dev.lockstep.volume.FileVolume;
import dev.lockstep.volume.VolumeCounters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A command that opens a volume, does something and closes it. All that was given is checked before anything is opened, as opening
 * writes the log: so a mistake leaves every file as it was.
 */
abstract class VolumeUser extends Verb {
    /** What a volume is read and written in, in bytes. */
    static final int SECTOR = 512;
    /** How much is read or written at a time, in bytes. */
    static final int PIECE = 1 << 20;

    @Mixin
    private VolumeOptions volume;

    @Mixin
    private UseOptions use;

    @Spec
    private CommandSpec spec;

    VolumeUser(Console console) {
        super(console);
    }

    /**
     * What was done.
     *
     * @param ending how it ended
     * @param keys   what the result has beside what it always has, in this order
     * @param text   the same for a reader, lines and all
     */
    record Did(Ending ending, Map<String, Object> keys, String text) {
    }

    /**
     * Checks what was given.
     *
     * @throws UserMistake if it cannot be used
     */
    abstract void check(FoundVolume found) throws IOException;

    /** Does it. */
    abstract Did use(FileVolume open, FoundVolume found, Progress progress) throws IOException;

    /** Says whether the log may be one that cannot be trusted. */
    boolean takesDistrustedLog() {
        return false;
    }

    /** Returns what the user called a file of this command's own, which must be none of the volume's. */
    Optional<Path> ownFile() {
        return Optional.empty();
    }

    /** Says whether a reader is told of regions out of sync; not if standard output is for something else. */
    boolean tellsState() {
        return true;
    }

    /** Takes away what the command has made for itself. */
    void cleanUp() throws IOException {
        // Most make nothing.
    }

    @Override
    final VerbResult run(Progress progress) throws IOException {
        try {
            return checkedAndUsed(progress);
        } finally {
            cleanUp();
        }
    }

    private VerbResult checkedAndUsed(Progress progress) throws IOException {
        FoundVolume found = FoundVolume.of(volume, folder().path().resolve(VolumeVerb.NAME + ".json"));
        use.policy();
        use.events().ifPresent(file -> found.files().requireOther("--events", file));
        ownFile().ifPresent(file -> found.files().requireOther("", file));
        if (!takesDistrustedLog()) {
            found.requireTrusted();
        }
        check(found);
        FileVolume open = found.open(use.policy());
        try (EventsFile events = EventsFile.at(use.events()); OrderlyStop stop = OrderlyStop.of(open)) {
            open.listen(events);
            return used(open, found, events, stop, progress);
        } catch (UserMistake e) {
            open.close();
            throw e;
        }
    }

    private VerbResult used(FileVolume open, FoundVolume found, EventsFile events, OrderlyStop stop, Progress progress)
            throws IOException {
        Did did;
        VolumeCounters counters;
        try {
            try (open) {
                did = use(open, found, progress);
                counters = open.counters();
            }
        } catch (IOException e) {
            stop.awaitEnd();
            throw e;
        }
        events.counted(counters);
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("verb", VolumeVerb.NAME).put("command", spec.name()).put("log", found.files().log().toString());
        body.put("bytes", found.layout().bytes()).put("regionBytes", found.layout().regionBytes())
                .put("regions", found.layout().regions()).put("policy", use.policy().name());
        body.set("putOut", Json.MAPPER.valueToTree(open.putOutByOpening()));
        body.setAll((ObjectNode) Json.MAPPER.valueToTree(did.keys()));
        body.set("counters", Json.MAPPER.valueToTree(counters));
        return VerbResult.of(did.ending(), body, did.text() + (tellsState() ? putOut(open) + outOfSync(counters, found)
                : "")).in(VolumeVerb.NAME);
    }

    private static String putOut(FileVolume open) {
        return open.putOutByOpening().stream().map(sentence -> sentence + "\n").collect(Collectors.joining());
    }

    private static String outOfSync(VolumeCounters counters, FoundVolume found) {
        int regions = counters.regions().get(RegionState.NOSYNC);
        return regions == 0 ? "" : regions + " of " + found.layout().regions() + " regions are out of sync: until volume resync has made "
                + "the legs equal, they are read from leg " + found.layout().source() + " and written to it alone\n";
    }
}
