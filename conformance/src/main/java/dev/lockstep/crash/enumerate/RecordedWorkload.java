package dev.lockstep.crash.enumerate;

import dev.lockstep.crash.inside.Stamp;
import dev.lockstep.log.LogImage;
import dev.lockstep.region.CleanWhen;
import dev.lockstep.sut.Mirror;
import dev.lockstep.sut.Size;
import dev.lockstep.sut.Storing;
import dev.lockstep.validate.Recording;
import dev.lockstep.validate.RunSettings;
import dev.lockstep.volume.Layout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A workload of the tier, of a volume of the size of the specification's models, that is recorded; and with it, wherever a crash may come, what a power
 * cut may leave there: every state, or a sample, as for the other workloads. Not thread-safe.
 */
final class RecordedWorkload {
    private static final int BLOCKS_OF_PAGE = Size.BLOCK_BYTES / Stamp.BLOCK;
    private static final int ACTIONS = 40;
    private static final int MARKED_LATER = 2;
    /** Up to so many states of a point are all of them looked at. */
    private static final long ALL = 4096;
    private static final int SOME = 256;

    private final RunSettings settings;
    private final Plan plan;
    private final Random random;
    private final RecordedUse use;
    private final Setting setting;
    private final Map<Integer, Integer> numbers = new HashMap<>();
    private CrashStates before;
    private int seenBefore = -1;
    private long states;

    /**
     * A workload.
     *
     * @param settings what it is of; pages are stored into, and marked then or later
     * @param plan     what it is about
     * @param wiring   what lies between mirror and devices
     */
    RecordedWorkload(RunSettings settings, Plan plan, Wiring wiring) {
        this.settings = settings;
        this.plan = plan;
        this.random = new Random(settings.seed());
        Size size = settings.size();
        this.use = new RecordedUse(size, UsedVolume.SLOTS);
        this.setting = new Setting(settings.policy(), new Layout(size.bytes(), size.regionBytes(), size.legs(), Mirror.SOURCE), settings.format(), wiring, use);
    }

    /** How pages are changed in all of them. */
    static Storing storing() {
        return Storing.STORE_MARK;
    }

    /**
     * Runs it.
     *
     * @return the recording
     */
    Recording run() {
        boolean later = settings.policy().cleanWhen() != CleanWhen.SWEEP && random.nextInt(MARKED_LATER) == 0;
        Workload workload = new Workload(setting, plan, later ? Workload.Marking.LATER : Workload.Marking.AT_ONCE, Size.BLOCK_BYTES, 1, random);
        Journal journal = workload.journal();
        Random chosen = new Random(settings.seed());
        journal.watchedBy(point -> looked(point, chosen));
        use.afterEachStep(journal::point);
        holds(workload.found());
        Workload.Ending[] endings = Workload.Ending.values();
        Optional<String> cutShort = Optional.empty();
        try {
            workload.run(ACTIONS + random.nextInt(ACTIONS), endings[random.nextInt(endings.length)]);
        } catch (IOException | RuntimeException e) {
            cutShort = Optional.of("it fails: " + e);
        }
        return use.witness().recording(settings, cutShort);
    }

    /** How many crash states were looked at. */
    long states() {
        return states;
    }

    private void holds(DiskState found) {
        use.witness().holding(legs(found), bits(found));
    }

    /** Nothing is new where nothing was done since. */
    private void looked(Point point, Random chosen) {
        CrashStates cut = CrashStates.afterCut(point);
        if (use.witness().seen() == seenBefore && cut.same(before)) {
            return;
        }
        Set<List<Object>> outcomes = new HashSet<>();
        List<List<Set<Integer>>> legs = new ArrayList<>();
        for (int leg = 0; leg < settings.size().legs(); leg++) {
            legs.add(IntStream.range(0, settings.size().blocks()).mapToObj(block -> (Set<Integer>) new HashSet<Integer>()).toList());
        }
        Set<List<Boolean>> logs = new HashSet<>();
        cut.forEach(ALL, SOME, chosen, state -> {
            states++;
            List<List<Integer>> left = legs(state);
            List<Boolean> bits = bits(state);
            if (outcomes.add(List.of(left, bits))) {
                logs.add(bits);
                for (int leg = 0; leg < left.size(); leg++) {
                    for (int block = 0; block < left.get(leg).size(); block++) {
                        legs.get(leg).get(block).add(left.get(leg).get(block));
                    }
                }
            }
        });
        use.witness().cutLeaves(legs, logs, outcomes.size());
        before = cut;
        seenBefore = use.witness().seen();
    }

    private List<List<Integer>> legs(DiskState state) {
        List<List<Integer>> legs = new ArrayList<>();
        for (int leg = 0; leg < settings.size().legs(); leg++) {
            int[] now = state.now(leg);
            legs.add(IntStream.range(0, settings.size().blocks()).mapToObj(block -> content(block, now[block * BLOCKS_OF_PAGE])).toList());
        }
        return legs;
    }

    /** The number that a content of a page's first block has in the recording. */
    private int content(int block, int number) {
        return numbers.computeIfAbsent(number, first -> {
            ByteBuffer bytes = ByteBuffer.allocate(Stamp.BLOCK);
            setting.pool().put(number, bytes);
            return use.numbered(Stamp.read((long) block * BLOCKS_OF_PAGE, bytes, 0));
        });
    }

    private List<Boolean> bits(DiskState state) {
        LogImage log = setting.log(state);
        return IntStream.range(0, settings.size().regions()).mapToObj(log::isClean).toList();
    }
}
