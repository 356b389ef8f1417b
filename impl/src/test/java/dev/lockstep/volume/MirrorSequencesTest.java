package dev.lockstep.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lockstep.log.LogFormat;
import dev.lockstep.region.CleanWhen;
import dev.lockstep.region.LegsRead;
import dev.lockstep.region.Policy;
import dev.lockstep.store.Flush;
import dev.lockstep.store.ForwardingLeg;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * Sequences of all that can be done to a mirror, crashes included, against a {@link PlainDisk}. A sequence that fails is made as
 * short as it can be, and told together with the command that repeats it.
 */
class MirrorSequencesTest {
    private static final int TRIES = 10_000;
    private static final int MOST_DEEDS = 60;
    private static final UnaryOperator<Leg> NOTHING = leg -> leg;
    /** The property of the system that {@link #oneThatIsGiven} repeats a sequence by. */
    private static final String GIVEN = "lockstep.sequence";

    @Provide
    Arbitrary<Policy> policies() {
        return Arbitraries.of(Policy.all());
    }

    @Provide
    Arbitrary<List<Deed>> sequences() {
        Arbitrary<Integer> number = Arbitraries.integers().between(0, Deed.MOST - 1).withoutEdgeCases();
        Arbitrary<Deed.Kind> kind = Arbitraries.of(Stream.of(Deed.Kind.values())
                .flatMap(each -> Collections.nCopies(each.weight, each).stream()).toList());
        return Combinators.combine(kind, number, number, number).as(Deed::new).list().ofMinSize(1).ofMaxSize(MOST_DEEDS);
    }

    /** Where a page that is changed while it is written does no harm. */
    private static boolean bears(Policy policy) {
        return policy.legsRead() == LegsRead.COPIED || policy.cleanWhen() == CleanWhen.COMPARE;
    }

    @Property(seed = "2008", tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void whateverIsDoneTheMirrorIsADisk(@ForAll("policies") Policy policy, @ForAll @IntRange(min = 2, max = 3) int legs,
            @ForAll LogFormat format, @ForAll("sequences") List<Deed> deeds) {
        perform(new Setting(policy, legs, format, bears(policy), Mirrored.Fault.NONE), deeds, NOTHING);
    }

    /** Repeats the sequence that the property of the system has, if there is one. */
    @Example
    void oneThatIsGiven() {
        String given = System.getProperty(GIVEN);
        if (given != null) {
            String[] parts = given.split(",");
            perform(new Setting(Policy.named(parts[0]).orElseThrow(), Integer.parseInt(parts[1]), LogFormat.valueOf(parts[2]),
                    Boolean.parseBoolean(parts[3]), Mirrored.Fault.NONE), Stream.of(parts).skip(4).map(Deed::parse).toList(), NOTHING);
        }
    }

    /** What a sequence is done to: stores into memory that is being written; with a fault for the test to find. */
    private record Setting(Policy policy, int legs, LogFormat format, boolean stores, Mirrored.Fault fault) {
        @Override
        public String toString() {
            return policy.name() + "," + legs + "," + format + "," + stores;
        }
    }

    private static void perform(Setting setting, List<Deed> deeds, UnaryOperator<Leg> around) {
        List<Deed> done = new ArrayList<>();
        try {
            Mirrored mirrored = new Mirrored(setting.policy, setting.legs, setting.format, setting.stores, around).with(setting.fault);
            for (Deed deed : deeds) {
                done.add(deed);
                mirrored.perform(deed);
            }
            mirrored.settle(deeds.size());
        } catch (IOException | RuntimeException | AssertionError e) {
            String sequence = setting + String.join("", done.stream().map(deed -> "," + deed).toList());
            throw new AssertionError(e.getMessage() + "\nto repeat it: mvn -pl impl test -Dtest=MirrorSequencesTest#oneThatIsGiven -D"
                    + GIVEN + "=" + sequence, e);
        }
    }

    /** The test itself is tested: each fault is found within a few thousand sequences. */
    private static void assertFound(boolean stores, Policy policy, String as, UnaryOperator<Leg> fault) {
        assertFound(stores, Mirrored.Fault.NONE, Set.of(), policy, as, fault);
    }

    private static void assertFound(boolean stores, Mirrored.Fault planted, Set<Deed.Kind> without, Policy policy, String as, UnaryOperator<Leg> fault) {
        for (int sequence = 0; sequence < TRIES; sequence++) {
            Random random = new Random(sequence);
            Setting setting = new Setting(policy, 2 + random.nextInt(2), LogFormat.values()[random.nextInt(2)], stores, planted);
            List<Deed> deeds = Deed.some(random, MOST_DEEDS, without);
            Throwable found = catchThrowable(() -> perform(setting, deeds, fault));
            if (found != null) {
                assertThat(found).as("sequence " + sequence).isInstanceOf(AssertionError.class).message().containsPattern(as);
                return;
            }
        }
        throw new AssertionError("the fault was not found in " + TRIES + " sequences");
    }

    private static UnaryOperator<Leg> of(String name, UnaryOperator<Leg> fault) {
        return leg -> leg.name().equals(name) ? fault.apply(leg) : leg;
    }

    private static Leg notFlushed(Leg leg) {
        return new ForwardingLeg(leg) {
            @Override
            public Flush beginFlush() {
                return () -> { };
            }
        };
    }

    /** No write of a sequence is as long as what a resync or a repair copies at a time, or comes to the end of the volume. */
    private static Leg withoutLongWrites(Leg leg) {
        return new ForwardingLeg(leg) {
            @Override
            public void write(ByteBuffer from, long position) throws IOException {
                if (from.remaining() > 3 * SECTOR) {
                    from.position(from.limit());
                } else {
                    super.write(from, position);
                }
            }
        };
    }

    @Example
    void aLogThatIsNotFlushedIsFound() {
        assertFound(false, Policy.BOUNCE_COPY, "a desync", of("log", MirrorSequencesTest::notFlushed));
    }

    @Example
    void aSourceThatDoesNotFlushIsFound() {
        assertFound(false, Policy.NEVER_CLEAN, "may return|against leg0", of("leg0", MirrorSequencesTest::notFlushed));
    }

    @Example
    void aResyncThatCopiesNothingIsFound() {
        assertFound(false, Policy.BOUNCE_COPY, "leg ?1", of("leg1", MirrorSequencesTest::withoutLongWrites));
    }

    @Example
    void aFailureThatIsNotRecordedIsFound() {
        assertFound(false, Mirrored.Fault.FORGETS, Set.of(), Policy.BOUNCE_COPY, "a desync|may return", NOTHING);
    }

    @Example
    void aBlankLegThatIsTakenForOneThatHasReturnedIsFound() {
        assertFound(false, Mirrored.Fault.BLANK_TAKEN_FOR_RETURNED, Set.of(), Policy.BOUNCE_COPY, "a desync|may return", NOTHING);
    }

    /** Under a policy that marks nothing clean else before the unmount. */
    @Example
    void aTargetOfAResyncThatDoesNotFlushIsFound() {
        assertFound(false, Policy.NEVER_CLEAN, "a desync: block \\d+ of leg1", of("leg1", MirrorSequencesTest::notFlushed));
    }

    /** Where no leg goes, so that leg 0 stays the source and no resync writes it. */
    @Example
    void aRepairThatDoesNotReachTheSourceIsFound() {
        assertFound(false, Mirrored.Fault.NONE, Set.of(Deed.Kind.FAIL, Deed.Kind.REPLACE), Policy.LOCK_BUFFERS, "of leg0, repaired from leg", of("leg0", MirrorSequencesTest::withoutLongWrites));
    }

    @Example
    void aLegThatMissesABlockIsFound() {
        assertFound(false, Policy.MAYBE_DIRTY, "leg ?1", of("leg1", leg -> new ForwardingLeg(leg) {
            @Override
            public void write(ByteBuffer from, long position) throws IOException {
                if (position == 5 * SECTOR) {
                    from.position(from.position() + SECTOR);
                    if (from.hasRemaining()) {
                        super.write(from, position + SECTOR);
                    }
                } else {
                    super.write(from, position);
                }
            }
        }));
    }

    @Example
    void aBlockThatIsWrittenInAnothersPlaceIsFound() {
        assertFound(false, Policy.COMPARE_LEGS, "another block's|what a read of block 9 from leg 0", of("leg0", leg -> new ForwardingLeg(leg) {
            @Override
            public void write(ByteBuffer from, long position) throws IOException {
                super.write(from, position == 9 * SECTOR ? 8 * SECTOR : position);
            }
        }));
    }

    /**
     * The mail's: "old version can be written to one mirror leg, the new versions to the other mirror leg". Idea 4 does not
     * reach a write past the page cache (C1).
     */
    @Example
    void theBugOf2008IsFound() {
        assertFound(true, Policy.ORIGINAL, "", NOTHING);
        assertFound(true, Policy.MAYBE_DIRTY, "", NOTHING);
    }
}
