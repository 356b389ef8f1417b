package dev.lockstep.volume;

import dev.lockstep.region.RegionState;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Compares the legs of a volume, region by region, beside its users, and names every sector in which they differ. It changes nothing
 * unless it was asked to repair.
 *
 * <p>A difference is reported as one of a CLEAN region only if the region was neither written nor resynced while its legs were
 * read, and two reads have found the same; a part of a region that is in use is read again, a few times, and then reported as in use. So
 * {@link Difference#isDesync} is never true for a write that was on its way. What is reported of regions in other states is no fault:
 * nobody says that their legs agree.
 *
 * <h2>Repair</h2>
 * On request, a region whose legs differ, and that was not in use then, is made what a chosen leg holds of it: spec action {@code Suspect},
 * a write, and a resync. That leg is held to be right by whoever chooses it; nothing in the mirror can tell. Writes
 * to the region wait until the chosen leg's content is on the source; none is undone and none that was acknowledged is lost. A region
 * that is out of sync is not repaired, as all legs but the source may lack what was written since: it is for a {@link Resyncer}.
 * A repaired region is marked clean by a round at the end, or by any before.
 *
 * <p>When the volume is closed the region under way is done first. Thread-safe.
 */
public final class Scrub extends PacedTask {
    private final TaskVolume volume;
    private final Layout layout;
    private final ScrubChoice choice;
    private final ScrubListener listener;
    private final LegsCompared legs;
    private int region;
    private volatile long bytesDone;
    private volatile ScrubTotals totals = ScrubTotals.NONE;

    /**
     * A scrub of a volume, to be {@linkplain #start started}.
     *
     * @param volume         the volume, open
     * @param choice         what to look at, and what to do about it
     * @param bytesPerSecond how many bytes it may read a second, each leg counted; 0 for no limit
     * @param listener       told what differs, and how far it has come
     * @throws IllegalArgumentException if the volume has no such leg to repair from
     */
    public Scrub(FileVolume volume, ScrubChoice choice, long bytesPerSecond, ScrubListener listener) {
        this(volume, choice, bytesPerSecond, System::nanoTime, listener);
    }

    /**
     * A scrub of a volume, to be {@linkplain #start started} or {@linkplain #step stepped}.
     *
     * @param volume         the volume, open
     * @param choice         what to look at, and what to do about it
     * @param bytesPerSecond how many bytes it may read a second, each leg counted; 0 for no limit
     * @param nanoTime       the clock: nanoseconds from any origin, never going back
     * @param listener       told what differs, and how far it has come
     * @throws IllegalArgumentException if the volume has no such leg to repair from
     */
    public Scrub(FileVolume volume, ScrubChoice choice, long bytesPerSecond, LongSupplier nanoTime, ScrubListener listener) {
        this(volume.forTasks(), choice, bytesPerSecond, nanoTime, listener);
    }

    Scrub(TaskVolume volume, ScrubChoice choice, long bytesPerSecond, LongSupplier nanoTime, ScrubListener listener) {
        super(bytesPerSecond, nanoTime);
        this.volume = volume;
        this.layout = volume.volume().layout();
        this.choice = choice;
        this.listener = Objects.requireNonNull(listener, "listener");
        this.legs = new LegsCompared(volume.volume());
        choice.repairFrom().ifPresent(leg -> {
            int absent = volume.volume().inspect(driver -> driver.knownBlank());
            if (leg < 0 || leg >= layout.legs() || (absent & 1 << leg) != 0) {
                throw new IllegalArgumentException("leg " + leg + " is to be repaired from; a leg of the volume is expected");
            }
        });
    }

    @Override
    long region() throws IOException {
        if (region == layout.regions()) {
            return ENDED;
        }
        if (choice.cleanOnly() && state() != RegionState.CLEAN) {
            totals = totals.passedOver();
        } else {
            boolean differs = false;
            for (int chunk = 0; chunk < layout.chunksPerRegion(); chunk++) {
                Found found = new Found(chunk);
                if (!volume.attend(found::look)) {
                    return ENDED;
                }
                differs |= report(found.differences);
            }
            if (differs) {
                tell();
                if (choice.repairFrom().isPresent() && !repair(choice.repairFrom().getAsInt())) {
                    return ENDED;
                }
            }
            totals = totals.lookedAt();
        }
        long bytes = layout.bytesOf(region);
        bytesDone += bytes;
        region++;
        listener.progressed(progress());
        return bytes * volume.volume().shell().tasks().legsInUse().size();
    }

    private RegionState state() {
        return volume.volume().inspect(driver -> driver.state(region));
    }

    /** What was found in a chunk. */
    private final class Found {
        private final int chunk;
        private List<Difference> differences = List.of();

        Found(int chunk) {
            this.chunk = chunk;
        }

        void look(Completion ended) throws IOException {
            differences = legs.differences(region, chunk);
            ended.ended();
        }
    }

    /** Reports what was asked for; whether there is something that could be repaired. */
    private boolean report(List<Difference> differences) {
        boolean repairable = false;
        for (Difference difference : differences) {
            if (!choice.cleanOnly() || difference.state() == RegionState.CLEAN) {
                totals = totals.with(difference);
                listener.differs(difference);
                repairable |= !difference.inUse();
            }
        }
        return repairable;
    }

    private void tell() {
        volume.tell(VolumeEvent.ofRegion(VolumeEvent.Kind.SCRUB_DIFFERENCE, region, "the legs differ in region " + region
                + ", which is " + state()));
    }

    private boolean repair(int leg) throws IOException {
        Repair[] repair = new Repair[1];
        boolean attended = volume.attend(ended -> {
            repair[0] = new Repair(volume.volume(), region, leg, ended);
            repair[0].begin();
        });
        if (attended) {
            totals = totals.repaired(repair[0].obstacle() == null);
            listener.repaired(region, leg, repair[0].obstacle());
        }
        return attended;
    }

    @Override
    void atEnd() throws IOException {
        if (totals.repaired() > 0) {
            volume.attend(volume.volume().shell().rounds()::certify);
        }
        volume.tell(VolumeEvent.of(VolumeEvent.Kind.SCRUB_ENDED, "the scrub has ended: " + totals.regions() + " regions, "
                + totals.desyncs() + " sectors that differ under a clean bit, " + totals.otherwise() + " others"));
        listener.progressed(progress());
    }

    /** {@return what it has found so far} */
    public ScrubTotals totals() {
        return totals;
    }

    @Override
    public TaskProgress progress() {
        long done = totals.regions() + totals.skipped();
        return new TaskProgress(done, layout.regions() - done, bytesDone, layout.bytes() - bytesDone);
    }
}
