package dev.lockstep.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.LogFormat;
import dev.lockstep.log.LogImage;
import dev.lockstep.log.Membership;
import dev.lockstep.log.Superblock;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The legs and the log of a {@link Mirrored}, which outlive a crash, and what stands in their blocks: a number in each half word, beside the
 * block's own. Not thread-safe.
 */
final class MirroredDevices {
    static final int REGION = 4096;
    static final int BLOCK = Leg.SECTOR;
    static final int PER_REGION = REGION / BLOCK;
    static final int REGIONS = 3;
    /** The last region is short. */
    static final int BLOCKS = REGIONS * PER_REGION - 5;

    private final LogFormat format;
    private final UnaryOperator<Leg> around;
    private final Layout layout;
    private final Superblock superblock;
    /** A leg that is replaced is another one. */
    private final List<CutLeg> legs = new ArrayList<>();
    private final CutLeg log;

    /**
     * Of a new volume, every region clean.
     *
     * @param around put around each leg, and around the log
     */
    MirroredDevices(int legCount, LogFormat format, UnaryOperator<Leg> around) {
        this.format = format;
        this.around = around;
        layout = new Layout((long) BLOCKS * BLOCK, REGION, legCount, 0);
        for (int leg = 0; leg < legCount; leg++) {
            legs.add(new CutLeg("leg" + leg, layout.bytes()));
        }
        log = new CutLeg("log", format.requiredLength(REGIONS));
        superblock = new Superblock(new UUID(2008, 1), layout.bytes(), REGION, 0,
                legs.stream().map(leg -> new Superblock.LegEntry(leg.name(), false)).toList());
    }

    /** Makes the log. */
    void make() throws IOException {
        if (format == LogFormat.HARDENED) {
            DirtyRegionLog.create(log, superblock, LogImage.allClean(REGIONS));
        } else {
            DirtyRegionLog.create(log, LogImage.allClean(REGIONS));
        }
    }

    // ---- what stands in a block

    static byte[] content(int block, int value) {
        byte[] content = new byte[BLOCK];
        if (value != 0) {
            for (int at = 0; at < BLOCK; at += Short.BYTES) {
                content[at] = (byte) block;
                content[at + 1] = (byte) value;
            }
        }
        return content;
    }

    static int value(int block, byte[] content) {
        int value = content[1];
        assertThat(content).as("block " + block + ", torn inside or another block's").isEqualTo(content(block, value));
        return value;
    }

    int value(int block, int leg) {
        return value(block, legs.get(leg).sector(block));
    }

    // ---- as the volume has them

    Layout layout() {
        return layout;
    }

    List<CutLeg> legs() {
        return legs;
    }

    CutLeg leg(int leg) {
        return legs.get(leg);
    }

    Leg opened(int leg) {
        return around.apply(legs.get(leg));
    }

    List<Leg> allOpened() {
        return legs.stream().map(around).toList();
    }

    DirtyRegionLog openLog() {
        return openLog(around.apply(log));
    }

    private DirtyRegionLog openLog(Leg leg) {
        return format == LogFormat.HARDENED ? DirtyRegionLog.open(leg, superblock) : DirtyRegionLog.open(leg, REGIONS);
    }

    /** Another device takes the place of a leg, with contents that no write has ever written. */
    void replace(int leg, int unwritten, Random random) {
        CutLeg blank = new CutLeg("leg" + leg, layout.bytes());
        for (int block = 0; block < BLOCKS; block++) {
            blank.spoil(block, content(block, unwritten + random.nextInt(2)));
        }
        legs.set(leg, blank);
    }

    // ---- what a crash does to them, and leaves

    void revive() {
        legs.forEach(CutLeg::revive);
        log.revive();
    }

    void cut(Random random) {
        legs.forEach(leg -> leg.cut(random));
        log.cut(random);
    }

    void tear(Random random) {
        legs.forEach(leg -> leg.tear(random));
        log.tear(random);
    }

    /** The log as it is, by nobody who puts a fault around it. */
    LogImage logImage() {
        return openLog(log).image();
    }

    boolean equalIn(int block) {
        return legs.stream().allMatch(leg -> Arrays.equals(leg.sector(block), legs.get(0).sector(block)));
    }

    void requireDirtyWhereLegsDiffer(Membership membership, PlainDisk disk) {
        revive();
        LogImage image = logImage();
        CutLeg source = legs.get(membership.source());
        for (int block = 0; block < BLOCKS; block++) {
            if (image.isClean(block / PER_REGION) && !disk.isSpoilt(block)) {
                for (CutLeg leg : inUse(membership)) {
                    assertThat(value(block, leg.sector(block))).as("a desync: block " + block + " of " + leg.name() + ", against "
                            + source.name() + ", under a bit that says clean").isEqualTo(value(block, source.sector(block)));
                }
            }
        }
    }

    private List<CutLeg> inUse(Membership membership) {
        return IntStream.range(0, legs.size()).filter(leg -> !membership.isOut(leg)).mapToObj(legs::get).toList();
    }
}
