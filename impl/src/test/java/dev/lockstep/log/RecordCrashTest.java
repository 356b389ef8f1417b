package dev.lockstep.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.store.Flush;
import dev.lockstep.store.ForwardingLeg;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Every crash in making a labelled volume, in opening it and in recording which legs are in use: after each write and each flush of the log
 * and of each leg, and whatever sectors a power cut keeps. None makes a clean region that may differ, loses what was acknowledged, brings
 * a leg back that is recorded to be out, or keeps the volume from being opened. See {@link RecordedVolume} for what is bounded, and how.
 */
class RecordCrashTest {
    private static final long SEED = 20_260;

    /** What can happen to a volume. */
    private enum Deed {
        WRITE, FLUSH, MARK_CLEAN, FAIL_FIRST, FAIL_SECOND, EMPTY_FIRST, EMPTY_SECOND, TAKE_IN, KILL
    }

    private static RecordedVolume done(RecordedVolume volume, Deed deed) throws IOException {
        switch (deed) {
            case WRITE -> volume.write();
            case FLUSH -> volume.flush();
            case MARK_CLEAN -> volume.markClean();
            case FAIL_FIRST -> volume.fail(0);
            case FAIL_SECOND -> volume.fail(1);
            case EMPTY_FIRST -> volume.empty(0);
            case EMPTY_SECOND -> volume.empty(1);
            case TAKE_IN -> volume.takeIn();
            case KILL -> {
                RecordedVolume left = volume.killed();
                left.open();
                return left;
            }
        }
        return volume;
    }

    private static RecordedVolume fresh(long seed, UnaryOperator<Leg> logFault, UnaryOperator<Leg> legFault, AtomicInteger states) {
        return new RecordedVolume(new Random(seed), logFault, legFault, states::incrementAndGet);
    }

    /** All of some deeds, of which the last is looked at; the others are looked at where they are last. */
    private static void live(List<Deed> deeds, UnaryOperator<Leg> logFault, UnaryOperator<Leg> legFault, boolean again, AtomicInteger states) {
        try {
            RecordedVolume volume = fresh(SEED, logFault, legFault, states);
            if (deeds.isEmpty()) {
                observe(volume, again);
            }
            volume.create();
            volume.open();
            for (int i = 0; i < deeds.size(); i++) {
                if (i == deeds.size() - 1) {
                    observe(volume, again);
                }
                volume = done(volume, deeds.get(i));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(deeds.toString(), e);
        } catch (AssertionError e) {
            throw new AssertionError("seed " + SEED + ", after " + deeds + ": " + e.getMessage(), e);
        }
    }

    /** What a crash leaves is opened too, and that is cut off at each of its steps. */
    private static void observe(RecordedVolume volume, boolean again) {
        volume.observe(left -> {
            if (again) {
                left.observe(twice -> { });
                try {
                    left.open();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
    }

    private static void lives(int length, List<Deed> before, UnaryOperator<Leg> logFault, UnaryOperator<Leg> legFault, AtomicInteger states) {
        live(before, logFault, legFault, before.size() < 2, states);
        if (before.size() < length) {
            for (Deed deed : Deed.values()) {
                List<Deed> next = new ArrayList<>(before);
                next.add(deed);
                lives(length, next, logFault, legFault, states);
            }
        }
    }

    @Test
    void everyCrashOfEveryShortLifeLeavesWhatWasPromised() {
        AtomicInteger states = new AtomicInteger();
        lives(2, List.of(), UnaryOperator.identity(), UnaryOperator.identity(), states);
        assertThat(states.get()).isGreaterThan(15_000);
    }

    @Test
    void soDoesEveryCrashOfLongLivesThatChanceChooses() {
        walk(UnaryOperator.identity(), UnaryOperator.identity(), 40);
    }

    private static void walk(UnaryOperator<Leg> logFault, UnaryOperator<Leg> legFault, int lives) {
        for (long seed = SEED; seed < SEED + lives; seed++) {
            Random random = new Random(seed);
            List<Deed> deeds = new ArrayList<>();
            try {
                RecordedVolume volume = fresh(seed, logFault, legFault, new AtomicInteger());
                volume.create();
                volume.open();
                for (int i = 0; i < 10; i++) {
                    Deed deed = Deed.values()[random.nextInt(Deed.values().length)];
                    deeds.add(deed);
                    volume.observe(left -> { });
                    volume = done(volume, deed);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("seed " + seed + ", after " + deeds, e);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ", after " + deeds + ": " + e.getMessage(), e);
            }
        }
    }

    /** A fault is planted between the code and a device: the same lives have to show it. */
    private static void shows(UnaryOperator<Leg> logFault, UnaryOperator<Leg> legFault) {
        assertThatThrownBy(() -> {
            lives(1, List.of(), logFault, legFault, new AtomicInteger());
            walk(logFault, legFault, 40);
        }).isInstanceOf(AssertionError.class).hasMessageContaining("after [");
    }

    private static UnaryOperator<Leg> withoutFlushes() {
        return leg -> new ForwardingLeg(leg) {
            @Override
            public Flush beginFlush() {
                return () -> { };
            }
        };
    }

    @Test
    void aFlushOfTheLogThatIsLeftOutShows() {
        shows(withoutFlushes(), UnaryOperator.identity());
    }

    @Test
    void aFlushOfTheLegsThatIsLeftOutShows() {
        shows(UnaryOperator.identity(), withoutFlushes());
    }

    @Test
    void aLabelThatIsWrittenOnceAndNeverAgainShows() {
        shows(UnaryOperator.identity(), leg -> new ForwardingLeg(leg) {
            @Override
            public void write(ByteBuffer from, long position) throws IOException {
                if (position < LegLabel.position(RecordedVolume.BYTES) || LegLabel.find(leg, RecordedVolume.BYTES).isEmpty()) {
                    super.write(from, position);
                }
            }
        });
    }

    @Test
    void bothCopiesOfALabelInOnePlaceShow() {
        long first = LegLabel.position(RecordedVolume.BYTES);
        shows(UnaryOperator.identity(), leg -> new ForwardingLeg(leg) {
            @Override
            public void write(ByteBuffer from, long position) throws IOException {
                if (position < first) {
                    super.write(from, position);
                } else {
                    // Torn in two, as a label that did not fit into a sector would be.
                    ByteBuffer half = from.duplicate();
                    super.write(ByteBuffer.allocate(Leg.SECTOR), first);
                    super.write(half.limit(half.position() + Leg.SECTOR), first);
                }
            }
        });
    }
}
