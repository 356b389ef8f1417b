package dev.lockstep.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.region.RegionState;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * The long tasks that are done to a {@link Mirrored}: resync of all, scrub with repair, a leg replaced. While one waits for
 * something, steps are made in any order, other things are done to the mirror, legs fail, and now and then the process dies.
 */
final class MirroredTasks implements TaskVolume {
    /** What is done beside a task; often what is named often. */
    private static final List<Deed.Kind> BESIDE = List.of(Deed.Kind.WRITE, Deed.Kind.WRITE, Deed.Kind.WRITE, Deed.Kind.DISCARD,
            Deed.Kind.STORE_INTO, Deed.Kind.READ, Deed.Kind.READ, Deed.Kind.FLUSH, Deed.Kind.SWEEP, Deed.Kind.CERTIFY, Deed.Kind.FAIL,
            Deed.Kind.SUSPECT);
    private static final int ONE_IN_DIES = 50;
    private static final int ONE_IN_IS_BESIDE = 5;
    private static final int MOST_STEPS = 4;

    /** The process is to die now. */
    static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Died() {
            super("the process has died", null, false, false);
        }
    }

    private final Mirrored mirrored;
    private final Random random;
    /** Whether regions are suspected beside; not where a scrub is to know what it repairs. */
    private boolean suspects = true;
    /** How often something was done beside the task. */
    private int beside;

    /** Tasks whose course the numbers choose. */
    MirroredTasks(Mirrored mirrored, Random random) {
        this.mirrored = mirrored;
        this.random = random;
    }

    @Override
    public Volume volume() {
        return mirrored.volume();
    }

    @Override
    public void tell(VolumeEvent event) {
        // Nobody listens.
    }

    @Override
    public boolean attend(Beginning beginning) throws IOException {
        Told end = new Told();
        beginning.begin(end);
        goOnUntil(end);
        if (end.cause() != null) {
            throw new IOException(end.cause().getMessage(), end.cause());
        }
        return true;
    }

    private void goOnUntil(Told end) throws IOException {
        while (end.times() == 0) {
            if (random.nextInt(ONE_IN_DIES) == 0) {
                throw new Died();
            }
            if (random.nextInt(ONE_IN_IS_BESIDE) == 0) {
                beside++;
                Deed.Kind kind = BESIDE.get(random.nextInt(suspects ? BESIDE.size() : BESIDE.size() - 1));
                mirrored.make(new Deed(kind, random.nextInt(Deed.MOST), random.nextInt(Deed.MOST),
                        random.nextInt(Deed.MOST)));
            }
            assertThat(end.times() > 0 || !mirrored.steps().offered().isEmpty()).as("what a task waits for comes").isTrue();
            mirrored.steps().run(random, 1 + random.nextInt(MOST_STEPS));
        }
    }

    private static void toTheEnd(PacedTask task) throws IOException {
        while (task.step() != PacedTask.ENDED) {
            // At once, as nothing limits it.
        }
    }

    /** Resyncs all that is out of sync, and has it marked clean. */
    void resync() throws IOException {
        boolean alone = random.nextBoolean();
        if (alone) {
            mirrored.steps().run(random);
        }
        toTheEnd(new Resyncer(this, 0, () -> 0, TaskProgress.Listener.NONE));
        if (alone && beside == 0) {
            assertThat(Rig.in(volume(), RegionState.NOSYNC)).as("regions out of sync after a resync of all").isEmpty();
        }
    }

    /**
     * One leg's sector is spoilt where all legs agree, if there is such a one; and the legs are scrubbed, and repaired from
     * another leg. What a scrub calls a desync has to be spoilt, and is not any more once it is repaired.
     */
    void scrub() throws IOException {
        int spoilt = random.nextInt(mirrored.legCount());
        int from = (spoilt + 1 + random.nextInt(mirrored.legCount() - 1)) % mirrored.legCount();
        if (volume().inspect(driver -> (driver.knownBlank() & 1 << from) != 0)) {
            // It has nothing of the volume to be repaired from.
            return;
        }
        OptionalInt block = mirrored.spoil(random.nextInt(Deed.MOST), spoilt);
        Set<Integer> repaired = new HashSet<>();
        Map<Integer, byte[]> chosen = new TreeMap<>();
        suspects = false;
        toTheEnd(new Scrub(this, new ScrubChoice(mirrored.tears() || random.nextBoolean(), OptionalInt.of(from)), 0, () -> 0,
                new ScrubListener() {
            @Override
            public void differs(Difference difference) {
                assertThat(!difference.isDesync() || mirrored.isSpoilt((int) difference.sector())).as("a scrub takes sector "
                        + difference.sector() + " for a desync, and nobody has spoilt it").isTrue();
                if (difference.isDesync()) {
                    chosen.put((int) difference.sector(), difference.legs().get(from));
                }
            }

            @Override
            public void repaired(int region, int leg, String why) {
                if (why == null) {
                    repaired.add(region);
                    chosen.forEach((block, content) -> mirrored.repaired(block, leg, content));
                }
            }

            @Override
            public void progressed(TaskProgress progress) {
                chosen.clear();
            }
        }));
        if (beside == 0 && block.isPresent()) {
            assertThat(repaired).as("the regions that a scrub has repaired").contains(mirrored.regionOf(block.getAsInt()));
        }
    }

    /** A leg is replaced by a device with anything on it: one that is out, or else one is put out. It may be waited for. */
    void replace(int leg) throws IOException {
        Told in = mirrored.replace(leg, random);
        if (in != null && random.nextBoolean()) {
            goOnUntil(in);
            if (in.cause() == null && random.nextBoolean()) {
                resync();
            }
        }
    }
}
