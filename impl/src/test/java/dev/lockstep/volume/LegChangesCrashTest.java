package dev.lockstep.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.region.Policy;
import dev.lockstep.region.RegionState;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A leg is added or removed, and a kill or a power cut comes at each single write and flush of a device on the way. */
class LegChangesCrashTest {
    private static final int ORDERS = 2;
    private static final int LABEL_WRITES = 2;

    /** What is cut off. */
    @FunctionalInterface
    private interface Change {
        void perform(LabelledVolume volume, Random random) throws IOException;
    }

    /** What the volume may be afterwards. */
    @FunctionalInterface
    private interface Judgement {
        void judge(LabelledVolume volume, String when) throws IOException;
    }

    private static void cutOffEverywhere(int legs, Change change, Judgement judgement) throws IOException {
        for (Policy policy : new Policy[] {Policy.BOUNCE_COPY, Policy.MAYBE_DIRTY}) {
            for (boolean power : new boolean[] {false, true}) {
                for (int seed = 0; seed < ORDERS; seed++) {
                    cutOffEverywhere(policy, legs, power, seed, change, judgement);
                }
            }
        }
    }

    private static void cutOffEverywhere(Policy policy, int legs, boolean power, int seed, Change change, Judgement judgement)
            throws IOException {
        boolean whole = false;
        for (int operations = 0; !whole; operations++) {
            String when = policy.name() + ", " + (power ? "power cut" : "kill") + " after " + operations + " operations, seed " + seed;
            LabelledVolume volume = new LabelledVolume(policy, legs);
            volume.write(0, 1);
            volume.write(1, 2);
            volume.markClean();
            assertThat(volume.dirtyInLog()).as(when + ": with places that hold no leg").isEmpty();
            volume.cutOffAfter(operations, new Random(seed));
            try {
                change.perform(volume, new Random(seed));
                whole = true;
            } catch (LabelledVolume.CutOff e) {
                volume.crash(power, new Random(seed));
            }
            volume.requireNoDesync(when);
            if (!whole) {
                volume.open();
            }
            judgement.judge(volume, when);
            volume.requireContents(when);
            volume.resyncAll();
            volume.requireEqualLegs(when);
            assertThat(Rig.in(volume.volume(), RegionState.NOSYNC)).as(when).isEmpty();
            assertThat(volume.dirtyInLog()).as(when).isEmpty();
        }
        assertThat(volume(legs).places()).isEqualTo(legs);
    }

    private static LabelledVolume volume(int legs) throws IOException {
        return new LabelledVolume(Policy.BOUNCE_COPY, legs);
    }

    @Test
    void aLegIsAddedWhollyOrNotAtAll() throws IOException {
        cutOffEverywhere(2, (volume, random) -> {
            Told in = volume.beginAdding(2);
            volume.submit(0, 3);
            volume.run(random);
            assertThat(in.hasEnded()).isTrue();
            volume.write(1, 4);
            volume.resyncAll();
        }, (volume, when) -> {
            int out = volume.volume().inspect(driver -> driver.out());
            boolean absent = volume.isAbsent(2);
            assertThat((out & 4) != 0).as(when + ": it is in use, or is not there").isEqualTo(absent);
            assertThat(out & 3).as(when).isZero();
            if (absent) {
                Told in = volume.beginAdding(2);
                volume.run(new Random(0));
                assertThat(in.hasEnded()).as(when + ": it can be added after all").isTrue();
            }
            assertThat(volume.dirtyInLog()).as(when + ": what it may lack").containsAll(volume.regionsThatDiffer());
        });
    }

    @Test
    void aLegIsRemovedAndTheOthersHaveWhatItHad() throws IOException {
        for (int leg : new int[] {2, 0}) {
            cutOffEverywhere(3, (volume, random) -> {
                assertThat(volume.volume().putOut(leg, new IOException("it is to be removed"))).isTrue();
                volume.submit(0, 3);
                volume.run(random);
                volume.remove(leg);
                volume.write(1, 4);
                volume.markClean();
                assertThat(volume.dirtyInLog()).as("a leg that was removed keeps nothing dirty").isEmpty();
            }, (volume, when) -> {
                int out = volume.volume().inspect(driver -> driver.out());
                assertThat(out & 7 & ~(1 << leg)).as(when).isZero();
                if (!volume.isAbsent(leg)) {
                    // The source is not put out while it alone has what is out of sync.
                    volume.resyncAll();
                    volume.volume().putOut(leg, new IOException("it is to be removed"));
                    volume.run(new Random(0));
                    volume.remove(leg);
                }
                assertThat(volume.isAbsent(leg)).as(when).isTrue();
            });
        }
    }

    @Test
    void aPlaceThatWasGivenUpIsTakenAgain() throws IOException {
        LabelledVolume volume = volume(3);
        volume.write(0, 1);
        volume.volume().putOut(1, new IOException("it is to be removed"));
        volume.run(new Random(0));
        volume.remove(1);
        volume.write(0, 2);
        volume.markClean();
        Told in = volume.beginAdding(1);
        volume.run(new Random(0));
        assertThat(in.hasEnded()).isTrue();
        assertThat(volume.dirtyInLog()).hasSize(LabelledVolume.REGIONS);
        volume.resyncAll();
        volume.crash(true, new Random(1));
        volume.open();
        volume.requireContents("reopened");
        volume.requireEqualLegs("reopened");
        assertThat(volume.dirtyInLog()).isEmpty();
    }

    /**
     * A leg that is added fails after so many writes of its label: one that it gets before anything calls it in use, and that of the record. What it
     * was to be recorded as may be on the log and on its label: it is not to count as one without anything, whose absence keeps no region dirty.
     */
    @Test
    void aNewLegThatFailsWhileItIsRecordedIsNotBelievedToHaveWhatIsMarkedCleanWithoutIt() throws IOException {
        boolean in = false;
        for (int writes = LABEL_WRITES; !in; writes++) {
            String when = "the label is written " + writes + " times";
            LabelledVolume volume = new LabelledVolume(Policy.BOUNCE_COPY, 2);
            volume.write(0, 1);
            volume.write(1, 2);
            Told added = volume.beginAddingOneThatFails(2, writes);
            volume.run(new Random(writes));
            in = added.hasEnded();
            volume.resyncAll();
            volume.markClean();
            volume.requireNoDesync(when);
            volume.crash(false, new Random(writes));
            volume.open();
            volume.readmitAll();
            volume.run(new Random(writes));
            volume.requireNoDesync(when);
            volume.resyncAll();
            volume.requireNoDesync(when);
            volume.requireEqualLegs(when);
            volume.requireContents(when);
        }
    }

    /** Nothing was recorded of the new leg, so a crash leaves the one that was there before, which lacks what was written since it was put out. */
    @Test
    void theOldLegIsNotBelievedToHaveWhatIsMarkedCleanAfterTheNewOneHasFailed() throws IOException {
        LabelledVolume volume = new LabelledVolume(Policy.BOUNCE_COPY, 2);
        volume.write(0, 1);
        assertThat(volume.volume().putOut(1, new IOException("it was pulled out"))).isTrue();
        volume.write(0, 2);
        volume.replaceByOneThatFailsAtOnce(1);
        volume.resyncAll();
        volume.crash(false, new Random(0));
        volume.open();
        volume.readmitAll();
        volume.run(new Random(0));
        volume.requireNoDesync("the old leg is taken in");
        volume.resyncAll();
        volume.requireEqualLegs("the old leg is taken in");
        volume.requireContents("the old leg is taken in");
    }
}
