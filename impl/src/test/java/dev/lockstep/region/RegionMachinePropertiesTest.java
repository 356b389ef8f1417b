package dev.lockstep.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.constraints.IntRange;

/** Whatever is done that may be done, what Mirror.tla says of the driver's variables stays true. */
class RegionMachinePropertiesTest {
    /** The first and the third overlap, in a region that both are in. */
    private static final int WRITES = 3;
    private static final int SELDOM = 30;
    private static final Set<Action> ENDS = EnumSet.of(Action.UNMOUNT_BEGIN, Action.FLUSH_BEGIN, Action.NOTICE_FAILURE,
            Action.LEG_FLUSH_FAILS, Action.SYNC_FAILS);

    @Provide
    Arbitrary<Policy> policies() {
        return Arbitraries.of(Policy.all());
    }

    /** Numbers from which {@link #chosen} takes which step is made. */
    @Provide
    Arbitrary<List<Integer>> choices() {
        return Arbitraries.integers().withDistribution(RandomDistribution.uniform()).between(0, 1 << 24)
                .withoutEdgeCases().list().ofMinSize(1).ofMaxSize(400)
                .withSizeDistribution(RandomDistribution.uniform());
    }

    @Property(seed = "2008", tries = 300)
    void theInvariantsHold(@ForAll("policies") Policy policy, @ForAll @IntRange(min = 1, max = 3) int regions,
            @ForAll @IntRange(min = 2, max = 3) int legs, @ForAll @IntRange(min = 0, max = 3) int absent,
            @ForAll("choices") List<Integer> choices) {
        // The first leg is the source, and so is there.
        Driven driven = new Driven(policy, regions, legs, 2, Driven.clean(regions)).without(absent << 1 & (1 << legs) - 1);
        List<Step> made = new ArrayList<>();
        for (int choice : choices) {
            if (choice % 5 == 0 && driven.machine.enabled(Step.of(Action.LOG_FLUSH_FAILS))) {
                // What waits for the log waits for ever from now on.
                driven.make(Step.of(Action.LOG_FLUSH_FAILS));
                assertInvariants(driven, made);
                assertThat(driven.machine.enabled(Step.of(Action.LOG_WRITE))).isFalse();
                driven = driven.killed();
                made.clear();
            }
            if (seldom(choice) && choice % 5 == 0) {
                driven = driven.killed();
                made.clear();
            }
            driven.differing.set(0, choice % 11 == 0);
            replaceOne(driven, choice, made);
            Step step = chosen(driven, choice);
            made.add(step);
            for (Step next : driven.make(step)) {
                assertThat(driven.machine.enabled(next)).as(next + ", which follows from the last of " + made).isTrue();
            }
            assertInvariants(driven, made);
        }
    }

    /** Sometimes puts another device in the place of a leg that is recorded to be out, or nothing. */
    private static void replaceOne(Driven driven, int choice, List<Step> made) {
        RegionMachine machine = driven.machine;
        int replaceable = machine.out() & machine.recordedOut();
        if (choice % 7 == 0 && replaceable > 0 && machine.mode() != Mode.DOWN) {
            for (Step next : driven.replace(Integer.numberOfTrailingZeros(replaceable), choice % 2 == 0)) {
                assertThat(machine.enabled(next)).as(next + ", as a leg is replaced after " + made).isTrue();
            }
            assertInvariants(driven, made);
        }
    }

    /**
     * First an action and then its parameters, or the many ways to submit a write would crowd out the rest; and seldom one
     * that makes an end of what the others have built up.
     */
    private static Step chosen(Driven driven, int choice) {
        Map<Action, List<Step>> possible = driven.steps(WRITES).stream()
                .filter(step -> driven.possible(step) && step.action() != Action.LOG_FLUSH_FAILS && (seldom(choice) || !ENDS.contains(step.action())))
                .collect(Collectors.groupingBy(Step::action, TreeMap::new, Collectors.toList()));
        List<List<Step>> actions = List.copyOf(possible.values());
        List<Step> steps = actions.get(choice % actions.size());
        return steps.get(choice / actions.size() % steps.size());
    }

    private static void assertInvariants(Driven driven, List<Step> made) {
        RegionMachine machine = driven.machine;
        int recovering = 0;
        for (int region = 0; region < driven.regions; region++) {
            RegionState state = machine.state(region);
            List<WritePhase> phases = phases(machine, region);
            boolean mayBeClean = driven.mayBeClean.get(region);
            String broken = machine.bit(region) && state != RegionState.CLEAN ? "a clean bit, and it is not CLEAN"
                    : machine.durablyDirty(region) && mayBeClean ? "known to be durably dirty, and may be found clean"
                    : phases.contains(WritePhase.ISSUED) && mayBeClean ? "being written, and may be found clean"
                    : phases.contains(WritePhase.PARKED) && state != RegionState.RECOVERING ? "parked for no reason"
                    : machine.resyncRegion() == region && !allParked(phases) && !nothingCopied(driven)
                    ? "copied while it was being written"
                    : toBeCompared(driven, region) && !(machine.sweep() == Sweep.COMPARING && state == RegionState.CLEAN_CANDIDATE)
                    ? "to be compared, and no candidate of a sweep that compares"
                    : machine.chosen(region) ? notToBeChosen(driven, region, phases) : "";
            int which = region;
            assertThat(broken).as(() -> "region " + which + " in " + driven.seen() + " after " + made).isEmpty();
            recovering += state == RegionState.RECOVERING ? 1 : 0;
            assertThat(machine.nextOutOfSync(region) == region).as(() -> "region " + which + " is found to be out of sync in "
                    + driven.seen() + " after " + made).isEqualTo(state == RegionState.NOSYNC);
        }
        assertThat(overlappingOnTheirWay(machine)).as(() -> "writes that overlap and are both issued in " + driven.seen()
                + " after " + made).isFalse();
        assertThat(brokenOfLegs(driven)).as(() -> driven.seen() + " after " + made).isEmpty();
        assertThat(recovering).as(() -> "regions RECOVERING in " + driven.seen() + " after " + made)
                .isEqualTo(machine.resyncRegion() >= 0 ? 1 : 0);
    }

    /** What Mirror.tla's TypeOK says of the legs, and that nothing has ended which waits for the record of a failure. */
    private static String brokenOfLegs(Driven driven) {
        RegionMachine machine = driven.machine;
        boolean anyChosen = (machine.out() & ~machine.knownBlank()) != 0 && IntStream.range(0, driven.regions).anyMatch(machine::chosen);
        if ((machine.knownBlank() & ~driven.recordedBlank()) != 0) {
            return "legs count as blank that are not recorded to be";
        }
        if (machine.mode() != Mode.DOWN && (driven.recordedBlank() & ~machine.out()) != 0 && !driven.mayBeClean.isEmpty()) {
            return "a leg is in use that is recorded to be blank, and a region may be found clean";
        }
        for (int leg = 0; leg < driven.legs; leg++) {
            int mask = 1 << leg;
            if ((machine.out() & mask) == 0) {
                continue;
            }
            int which = leg;
            boolean copied = IntStream.range(0, driven.chunks).anyMatch(chunk -> machine.copyTodo(chunk, which));
            boolean written = IntStream.range(0, WRITES).anyMatch(write -> (machine.legsTodo(write) & mask) != 0);
            if (copied || written || machine.legFlush(leg) == LegFlush.BUSY || leg == machine.source() || anyChosen) {
                return "leg " + leg + " is out, and "
                        + (copied ? "is copied to" : written ? "is written" : leg == machine.source() ? "is the source"
                        : anyChosen ? "a region will be marked clean" : "is flushed");
            }
        }
        return "";
    }

    private static boolean overlappingOnTheirWay(RegionMachine machine) {
        List<Write> issued = IntStream.range(0, WRITES).mapToObj(machine.writes::get)
                .filter(write -> write != null && write.phase == WritePhase.ISSUED).toList();
        return issued.stream().anyMatch(one -> issued.stream().anyMatch(other ->
                one != other && one.first < other.end && other.first < one.end));
    }

    private static boolean seldom(int choice) {
        return (choice >>> 12) % SELDOM == 0;
    }

    private static boolean allParked(List<WritePhase> phases) {
        return phases.stream().allMatch(WritePhase.PARKED::equals);
    }

    private static boolean nothingCopied(Driven driven) {
        return IntStream.range(0, driven.legs).filter(leg -> leg != driven.machine.source() && driven.machine.inUse(leg))
                .allMatch(leg -> IntStream.range(0, driven.chunks).allMatch(chunk -> driven.machine.copyTodo(chunk, leg)));
    }

    private static boolean toBeCompared(Driven driven, int region) {
        return IntStream.range(0, driven.chunks).anyMatch(chunk -> driven.machine.compareTodo(region, chunk));
    }

    private static boolean foundEqual(Driven driven, int region) {
        return driven.foundEqual.getOrDefault(region, new BitSet()).cardinality() == driven.chunks;
    }

    private static String notToBeChosen(Driven driven, int region, List<WritePhase> phases) {
        RegionMachine machine = driven.machine;
        RegionState state = machine.state(region);
        boolean compares = machine.policy.cleanWhen() == CleanWhen.COMPARE;
        return state != RegionState.CLEAN && state != RegionState.CLEAN_CANDIDATE
                && (machine.mode() != Mode.CLOSING || compares)
                ? "chosen, and is neither CLEAN nor a candidate nor closing"
                : state == RegionState.NOSYNC || state == RegionState.RECOVERING ? "chosen, and out of sync"
                : machine.bit(region) ? "chosen, and has a clean bit"
                : compares && state == RegionState.CLEAN_CANDIDATE && !foundEqual(driven, region)
                ? "chosen, and not found equal in every chunk since it was written"
                : !phases.isEmpty() ? "chosen, and being written" : "";
    }

    /** Where the writes in flight in a region are. */
    private static List<WritePhase> phases(RegionMachine machine, int region) {
        return IntStream.range(0, WRITES).mapToObj(machine.writes::get)
                .filter(write -> write != null && write.region == region).map(write -> write.phase).toList();
    }

    @Property(seed = "2008", tries = 100)
    void whatMayNotBeDoneIsRefusedByNameAndChangesNothing(@ForAll("policies") Policy policy,
            @ForAll("choices") List<Integer> choices) {
        Driven driven = new Driven(policy, 2, 2, 2, Driven.clean(2));
        for (int choice : choices) {
            List<Step> steps = driven.steps(WRITES);
            driven.make(chosen(driven, choice));
            Step refused = steps.get(choice / 7 % steps.size());
            if (!driven.machine.enabled(refused)) {
                String before = driven.seen();
                assertThat(catchThrowable(() -> driven.make(refused))).as(refused + " in " + before)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage(refused.action().specName() + " is not enabled");
                assertThat(driven.seen()).isEqualTo(before);
            }
        }
    }

    @Property(seed = "2008", tries = 100)
    void whateverHasHappenedAnUnmountEndsWithAllThatIsInSyncDurablyClean(@ForAll("policies") Policy policy,
            @ForAll("choices") List<Integer> choices) {
        Driven driven = new Driven(policy, 3, 2, 2, Driven.clean(3));
        List<Step> offered = new ArrayList<>(driven.make(Step.of(Action.RESTART)));
        for (int choice : choices) {
            // Here the user's steps are mixed with those that were offered, as a seam would.
            List<Step> possible = new ArrayList<>(offered);
            possible.add(new Step(Action.SUBMIT, choice % WRITES, choice / WRITES % 3));
            possible.add(Step.of(Action.FLUSH_BEGIN));
            possible.add(Step.of(Action.CERTIFY_BEGIN));
            possible.add(Step.of(Action.NOMINATE));
            driven.differing.set(choice % 3, choice % 13 == 0);
            Step step = possible.get(choice / 3 % possible.size());
            if (driven.possible(step)) {
                offered.addAll(driven.make(step));
            }
            offered.remove(step);
        }
        driven.makeAll(offered);
        assertThat(driven.machine.writes.isEmpty()).as("every write has ended: " + driven.seen()).isTrue();
        driven.makeAll(Action.UNMOUNT_BEGIN);
        assertThat(driven.machine.mode()).as(driven.seen()).isEqualTo(Mode.DOWN);
        BitSet inSync = Driven.clean(3);
        for (int region = 0; region < 3; region++) {
            if (driven.machine.state(region) == RegionState.NOSYNC) {
                assertThat(policy.cleanWhen()).as("whose legs are found to differ").isEqualTo(CleanWhen.COMPARE);
                inSync.clear(region);
            }
        }
        assertThat(driven.mayBeClean).isEqualTo(inSync);
        assertThat(driven.cleanNow).isEqualTo(inSync);
    }
}
