package dev.lockstep.volume;

import dev.lockstep.log.Superblock;
import dev.lockstep.store.Leg;
import dev.lockstep.store.StoreException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * What has to be known of a volume to open it by its log: what the log says of it, or, as a log of dm-log version 2 says
 * nothing of the kind, what its user does.
 *
 * @param legs        the legs' files, in the order of the legs; {@link #NO_LEG} where a slot before the last leg holds none
 * @param bytes       the length of the volume in bytes; if nobody says it, its legs are of one length, and that is it
 * @param regionBytes the length of a region in bytes; if nobody says it, {@link Layout#defaultRegionBytes}
 * @param source      the leg that a region out of sync is read and resynced from
 */
public record VolumeDescription(List<Path> legs, OptionalLong bytes, OptionalInt regionBytes, int source) {

    /** Stands for the file of a slot that holds no leg. */
    public static final Path NO_LEG = Path.of("");

    /** Keeps a copy. */
    public VolumeDescription {
        legs = List.copyOf(legs);
    }

    /**
     * {@return the description of a volume of which no more is known than its legs; the first is its source}
     *
     * @param legs the legs' files, in the order of the legs
     */
    public static VolumeDescription of(List<Path> legs) {
        return new VolumeDescription(legs, OptionalLong.empty(), OptionalInt.empty(), 0);
    }

    /**
     * {@return what a hardened log says of its volume} The legs' paths are taken from the log's folder on, unless they are absolute.
     *
     * @param log    the log's file
     * @param opened the same, open
     * @throws StoreException if it says nothing, being damaged or a log of dm-mirror's, or is of another version; one sentence
     */
    static VolumeDescription ofLog(Path log, Leg opened) throws StoreException {
        Superblock found = Superblock.find(opened).orElseThrow(() -> new StoreException(log + ": does not say which legs its volume has,"
                + " as it is a log of dm-log version 2 or its superblock is damaged; expected the legs to be named"));
        return of(log, found);
    }

    /**
     * {@return what a superblock says of its volume} The legs' paths are taken from the log's folder on, unless they are absolute.
     *
     * @param log   the log's file
     * @param found what was found on it
     */
    public static VolumeDescription of(Path log, Superblock found) {
        Path folder = VolumeFiles.folder(log);
        List<Path> legs = IntStream.range(0, found.legs().size()).mapToObj(slot -> found.membership().isAbsent(slot) ? NO_LEG
                : folder.resolve(found.legs().get(slot).path())).toList();
        return new VolumeDescription(legs,
                OptionalLong.of(found.bytes()), OptionalInt.of(found.regionBytes()), found.source());
    }

    /**
     * {@return the description of a volume whose layout is known}
     *
     * @param legs   the legs' files, in the order of the legs
     * @param layout the layout
     */
    public static VolumeDescription of(List<Path> legs, Layout layout) {
        return new VolumeDescription(legs, OptionalLong.of(layout.bytes()), OptionalInt.of(layout.regionBytes()), layout.source());
    }

    /**
     * {@return how the volume is divided, its legs being these} There is one rule for their lengths: each leg has at least the
     * length of the volume, and what is beyond that is neither read nor written. Where nobody says how long the volume is,
     * legs of different lengths leave it open whether one was cut off or another has grown: they are refused.
     *
     * @param opened the legs, open
     * @throws StoreException           if the legs' lengths do not allow it; one sentence that names the leg
     * @throws IllegalArgumentException if no volume can be divided so
     */
    public Layout layout(List<? extends Leg> opened) throws StoreException {
        long length = bytes.isPresent() ? bytes.getAsLong() : commonLength(opened);
        Layout layout = new Layout(length, regionBytes.orElse(Layout.defaultRegionBytes(length)), legs.size(), source);
        Optional<String> tooShort = layout.tooShort(opened);
        if (tooShort.isPresent()) {
            throw new StoreException(tooShort.get());
        }
        return layout;
    }

    /**
     * {@return the length of a volume of which nobody says it: that of its legs}
     *
     * @param legs the legs, at least one
     * @throws StoreException if they are not of one length; one sentence that names the shortest and the longest
     */
    public static long commonLength(List<? extends Leg> legs) throws StoreException {
        Leg shortest = legs.get(0);
        Leg longest = legs.get(0);
        for (Leg leg : legs) {
            shortest = leg.length() < shortest.length() ? leg : shortest;
            longest = leg.length() > longest.length() ? leg : longest;
        }
        if (shortest.length() < longest.length()) {
            throw new StoreException(shortest.name() + ": is " + shortest.length() + " bytes long; expected " + longest.length()
                    + ", as " + longest.name() + " is");
        }
        return shortest.length();
    }
}
