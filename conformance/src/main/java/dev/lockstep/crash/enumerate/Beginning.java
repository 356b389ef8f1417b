package dev.lockstep.crash.enumerate;

import dev.lockstep.crash.inside.Stamp;
import dev.lockstep.log.LogImage;
import dev.lockstep.volume.Layout;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongSupplier;

/** What a workload finds on its devices: legs as an earlier life may have left them, equal where the log says clean. */
final class Beginning {
    private static final int SMALLEST_REGION = 4 << 10;
    private static final int ONE_IN = 4;
    private static final int FEWEST = 2;

    private Beginning() {
    }

    /**
     * A small volume: two or three regions of 4 KiB, or two of 8 KiB; the last may be cut short; two legs, or three. Where resyncs
     * are what it is about there are three, as with two there is one leg alone to be copied to. Where a leg is removed there are three, and
     * where legs are changed two regions, as there are many more points then.
     */
    static Layout layout(Plan plan, Random random) {
        if (plan.change().isPresent()) {
            boolean three = plan.change().get() == LegChange.Kind.REMOVE || plan.change().get() == LegChange.Kind.REPLACE && random.nextInt(ONE_IN) == 0;
            int legs = three ? FEWEST + 1 : FEWEST;
            return new Layout((long) FEWEST * SMALLEST_REGION, SMALLEST_REGION, legs, random.nextInt(legs));
        }
        int regionBytes = SMALLEST_REGION << (random.nextInt(ONE_IN) == 0 ? 1 : 0);
        int regions = regionBytes > SMALLEST_REGION ? 2 : 2 + random.nextInt(2);
        int missing = random.nextInt(ONE_IN) == 0 ? (1 + random.nextInt(SMALLEST_REGION / Stamp.BLOCK - 1)) * Stamp.BLOCK : 0;
        int legs = plan == Plan.RESYNC || random.nextInt(ONE_IN) == 0 ? 3 : 2;
        return new Layout((long) regions * regionBytes - missing, regionBytes, legs, random.nextInt(legs));
    }

    /** What is done to the legs of a volume: the leg that is removed or replaced may be the source, and most often is. */
    static Optional<LegChange.Wanted> change(Plan plan, Layout layout, Random random) {
        return plan.change().map(kind -> switch (kind) {
            case ADD -> new LegChange.Wanted(kind, layout.legs(), layout.legs());
            case REMOVE -> new LegChange.Wanted(kind, aLeg(layout, random), Standing.NONE);
            case REPLACE -> new LegChange.Wanted(kind, aLeg(layout, random), layout.legs());
        });
    }

    private static int aLeg(Layout layout, Random random) {
        return random.nextBoolean() ? layout.source() : random.nextInt(layout.legs());
    }

    /**
     * Chooses what the devices hold, all of it durable.
     *
     * @param setting the volume's
     * @param plan    what the workload is about: of resyncs, most regions are to be out of sync
     * @param random  chooses
     * @param told    is told of the source's contents, block by block
     * @param next    numbers of contents that are in use nowhere else
     */
    static DiskState choose(Setting setting, Plan plan, Random random, Told told, LongSupplier next) {
        Layout layout = setting.layout();
        LogImage log = LogImage.allClean(layout.regions());
        for (int region = 0; region < layout.regions(); region++) {
            if (random.nextInt(ONE_IN) == 0 == (plan != Plan.RESYNC)) {
                log.markDirty(region);
            }
        }
        int[][] now = new int[setting.legDevices() + 1][];
        for (int leg = 0; leg < setting.legDevices(); leg++) {
            now[leg] = setting.newLeg(leg, random);
        }
        for (int block = 0; block < setting.blocks(); block++) {
            boolean clean = log.isClean(layout.region((long) block * Stamp.BLOCK));
            boolean written = random.nextBoolean() || !setting.onlooker().mayBeZeros();
            long content = written ? next.getAsLong() : Stamp.ZEROS;
            told.found(content);
            for (int leg = 0; leg < layout.legs(); leg++) {
                boolean stale = !clean && leg != layout.source() && random.nextInt(ONE_IN) == 0;
                now[leg][block] = setting.pool().stamped(block, stale ? next.getAsLong() : content);
            }
        }
        for (int block = 0; block < setting.blocks() && setting.legDevices() > layout.legs(); block++) {
            // What becomes a leg may hold anything.
            now[layout.legs()][block] = setting.pool().stamped(block, next.getAsLong());
        }
        now[setting.logDevice()] = setting.made(log);
        return DiskState.afterCut(now);
    }
}
