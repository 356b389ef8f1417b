package dev.lockstep.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.region.Policy;
import dev.lockstep.region.RegionState;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * Sequences in which legs are added to a labelled volume, removed from it and taken back, among writes, flushes, sweeps and resyncs; and a
 * kill or a power cut, between two steps or in the middle of one. What is read was written and not overwritten by what a flush has
 * acknowledged since; legs that differ are under a dirty bit; all that is found can be trusted.
 */
class LegChangesSequencesTest {
    private static final int TRIES = 400;
    private static final int MOST_DEEDS = 50;
    private static final int MOST_LEGS = 5;
    private static final int SOON = 12;

    @Provide
    Arbitrary<List<Integer>> deeds() {
        return Arbitraries.integers().between(0, (1 << 24) - 1).withoutEdgeCases().list().ofMinSize(1).ofMaxSize(MOST_DEEDS);
    }

    @Provide
    Arbitrary<Policy> policies() {
        // Those that bear what a sequence does: here no memory is changed while it is written.
        return Arbitraries.of(Policy.all());
    }

    @Property(seed = "2008", tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void whateverLegsComeAndGoTheVolumeHasWhatItWasGiven(@ForAll("policies") Policy policy, @ForAll @IntRange(min = 2, max = 4) int legs,
            @ForAll("deeds") List<Integer> deeds) throws IOException {
        Sequence sequence = new Sequence(new LabelledVolume(policy, legs));
        for (int deed : deeds) {
            sequence.perform(deed);
        }
        sequence.settle();
    }

    /** One sequence. */
    private static final class Sequence {
        private final LabelledVolume mirror;
        private Told adding;
        private int value;

        Sequence(LabelledVolume mirror) {
            this.mirror = mirror;
        }

        void perform(int deed) throws IOException {
            Random random = new Random(deed);
            try {
                make(deed % 16, random);
            } catch (LabelledVolume.CutOff e) {
                crash(random);
            }
        }

        private void make(int kind, Random random) throws IOException {
            int region = random.nextInt(LabelledVolume.REGIONS);
            switch (kind) {
                case 0, 1, 2, 3 -> mirror.submit(region, 1 + value++ % 100);
                case 4, 5 -> mirror.run(random, 1 + random.nextInt(8));
                case 6 -> mirror.run(random);
                case 7 -> mirror.flush();
                case 8 -> mirror.volume().sweep();
                case 9 -> mirror.volume().certify();
                case 10 -> mirror.volume().resync(region);
                case 11 -> add();
                case 12 -> remove(random);
                case 13 -> mirror.readmitAll();
                case 14 -> crash(random);
                default -> mirror.cutOffAfter(random.nextInt(SOON), random);
            }
        }

        private boolean takingIn() {
            return adding != null && !adding.hasEnded();
        }

        private void add() throws IOException {
            if (!takingIn() && mirror.places() < MOST_LEGS) {
                adding = mirror.beginAdding(IntStream.range(0, MOST_LEGS).filter(mirror::isAbsent).findFirst().orElseThrow());
            }
        }

        private void remove(Random random) throws IOException {
            List<Integer> held = IntStream.range(0, MOST_LEGS).filter(place -> !mirror.isAbsent(place)).boxed().toList();
            if (takingIn() || held.size() <= 2) {
                return;
            }
            int leg = held.get(random.nextInt(held.size()));
            if (mirror.volume().putOut(leg, new IOException("it is to be removed"))) {
                mirror.run(random);
                mirror.remove(leg);
            }
        }

        private void crash(Random random) throws IOException {
            mirror.crash(random.nextBoolean(), random);
            adding = null;
            mirror.requireNoDesync("after a crash");
            mirror.open();
            mirror.requireContents("after a crash");
        }

        void settle() throws IOException {
            perform(6);
            mirror.cutOffAfter(Integer.MAX_VALUE, new Random(0));
            mirror.run(new Random(0));
            mirror.requireContents("at the end");
            crash(new Random(0));
            mirror.readmitAll();
            mirror.run(new Random(0));
            mirror.resyncAll();
            mirror.requireContents("after a resync of all");
            mirror.requireEqualLegs("after a resync of all");
            assertThat(Rig.in(mirror.volume(), RegionState.NOSYNC)).isEmpty();
            int out = mirror.volume().inspect(driver -> driver.out() & ~driver.knownBlank());
            assertThat(out).as("every leg that there is is in use").isZero();
        }
    }
}
