package dev.lockstep.cli;

import dev.lockstep.log.LogContents;
import dev.lockstep.log.Superblock;
import dev.lockstep.volume.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A volume as its files say it is: the result of {@code volume create} and {@code volume status}, as it is kept.
 *
 * @param verb        {@code volume}, in place of the command's name
 * @param command     the command
 * @param log         the log's file
 * @param format      the log's format
 * @param identity    the volume's identity; null if neither its log nor its legs have one
 * @param generation  its generation; 0 likewise
 * @param source      the leg that a region out of sync is read from, counted from 0
 * @param legs        the legs
 * @param bytes       the length of the volume
 * @param regionBytes the length of a region
 * @param regions     how many regions there are
 * @param clean       how many of them the log calls clean; 0 if it cannot be trusted
 * @param dirty       how many are dirty
 * @param trusted     whether the log can be trusted
 * @param distrust    why not; null if it can
 * @param inUse       who has the volume open; null if nobody has
 */
record VolumeState(String verb, String command, String log, String format, String identity, long generation, int source,
        List<LegFile> legs, long bytes, int regionBytes, int regions, int clean, int dirty, boolean trusted, String distrust, String inUse) {

    /** A leg that has all that is written. */
    static final String IN_USE = "in use";
    /** A leg that was recorded to be out of use. */
    static final String OUT = "out of use";
    /** A leg whose file is not there or cannot be opened. */
    static final String MISSING = "missing";
    /** A leg that has been put back: its label is older than it is known to have been. */
    static final String STALE = "stale";
    /** A slot that holds no leg, below one that does. */
    static final String ABSENT = "no leg";
    /** A leg that should have a label and has none. */
    static final String UNLABELLED = "without its label";

    /**
     * A leg.
     *
     * @param file  its file, as the user or the log names it
     * @param bytes its length; 0 if it is missing
     * @param state how it is
     */
    record LegFile(String file, long bytes, String state) {
    }

    /** Returns what the files say of a volume. */
    static VolumeState of(String command, FoundVolume found, Optional<String> user) {
        Layout layout = found.layout();
        LogContents contents = found.contents();
        return new VolumeState(VolumeVerb.NAME, command, found.files().log().toString(), found.format().words(),
                found.volume().map(volume -> volume.volume().toString()).orElse(null), found.volume().map(volume -> volume.generation().number()).orElse(0L),
                layout.source(), found.legs(), layout.bytes(), layout.regionBytes(), layout.regions(), contents.image().cleanCount(), contents.image().dirtyCount(),
                contents.distrust().isEmpty(), contents.distrust().orElse(null), user.orElse(null));
    }

    /** Returns the same for a reader. */
    String text() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("size", ByteCount.text(bytes)));
        rows.add(List.of("regions", regions + " of " + ByteCount.text(regionBytes)));
        rows.add(List.of("clean", "" + clean));
        rows.add(List.of("dirty", "" + dirty));
        if (identity != null) {
            rows.add(List.of("volume", identity + ", generation " + generation));
        }
        rows.add(List.of("log", log + ": " + format));
        IntStream.range(0, legs.size()).forEach(i -> rows.add(List.of("leg " + i,
                legs.get(i).state().equals(ABSENT) ? ABSENT : legs.get(i).file() + ": " + (legs.get(i).state().equals(MISSING) ? "" : ByteCount.text(legs.get(i).bytes()) + ", ")
                        + legs.get(i).state() + (i == source ? ", the source" : ""))));
        if (inUse != null) {
            rows.add(List.of("in use", "by " + inUse));
        }
        return new Columns(rows).text(0, -1);
    }
}
