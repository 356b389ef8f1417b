package dev.lockstep.crash.enumerate;

import dev.lockstep.crash.CrashRun;
import dev.lockstep.log.LogFormat;
import dev.lockstep.region.CleanWhen;
import dev.lockstep.region.Policy;
import dev.lockstep.volume.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The tier's work on one policy: one small workload after the other, until each plan was followed and there were enough states. */
final class PolicyRun {
    private static final String TIER = "enumerate";
    /** Contents of different workloads have different numbers. */
    private static final int CONTENTS_BITS = 20;
    private static final int MARKED_LATER = 4;
    /** One in so many workloads with a hardened log has legs without labels, unless legs are changed. */
    private static final int UNLABELLED = 3;
    private static final int FEWEST_ACTIONS = 30;
    private static final int MORE_ACTIONS = 30;
    private static final int LARGE_PAGE = 4 << 10;

    private final Policy policy;
    private final LogFormat format;
    private final boolean mayDesync;
    private final long states;
    private final Limits limits;
    private final List<Plan> plans;
    private final Wiring wiring;
    private final Findings findings;
    private final long seed;
    private final Tally tally = new Tally();

    /**
     * Of one policy.
     *
     * @param policy    the policy
     * @param format    the log's format
     * @param mayDesync whether a desync is no finding
     * @param states    how many states of a first crash there are to be at least
     * @param seed      decides everything
     * @param kept      where the images of findings go
     * @param limits    how much of a point is looked at
     * @param wiring    what lies between mirror and devices
     */
    PolicyRun(Policy policy, LogFormat format, boolean mayDesync, long states, long seed, Path kept, Limits limits, Wiring wiring) {
        this.policy = policy;
        this.format = format;
        this.mayDesync = mayDesync;
        this.states = states;
        this.limits = limits;
        this.plans = Plan.of(format, limits.plans());
        this.wiring = wiring;
        this.seed = seed;
        this.findings = new Findings(policy.name(), CrashRun.name(format), states, seed, kept);
    }

    /**
     * Runs it.
     *
     * @return what was found
     * @throws IOException if a log cannot be made on a simulated device
     */
    CrashRun run() throws IOException {
        long start = System.nanoTime();
        new Creation(format, tally, findings, wiring, random(0)).run();
        tally.ended("a log made");
        new Conversion(format, tally, findings, wiring, random(0)).run();
        tally.ended("a log converted");
        for (int workload = 1; !enough() && (workload <= plans.size() || tally.states < states); workload++) {
            examine(workload);
        }
        if (!enough()) {
            new SettingUp(format, tally, findings, wiring, random(0)).run();
            tally.ended("a volume set up");
        }
        List<String> failures = new ArrayList<>(findings.sentences());
        if (policy.name().equals(Policy.ORIGINAL.name()) && tally.desyncs == 0) {
            failures.add("this tier proves nothing: " + policy.name() + " shows no desync in " + tally.states
                    + " states, and the bug of 2008 is in it; it is repeated by: " + findings.command());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new CrashRun(TIER, policy.name(), CrashRun.name(format), tally.states + tally.secondCrashStates, tally.desyncs, tally.lostAcknowledged,
                tally.resyncBytes, tally.figures(seconds), tally.workloads(), failures, List.of());
    }

    private boolean enough() {
        return findings.count() >= limits.enough();
    }

    private Random random(int workload) {
        return new Random(seed(workload));
    }

    private long seed(int workload) {
        return (seed * 1_000_003 + policy.name().hashCode()) * 1_000_003 + workload;
    }

    /** A sweep that asks sync() is right only if a store marks its page at once (C2): that is told of MaybeDirty by the spec. */
    private void examine(int number) {
        Random random = random(number);
        Plan plan = plans.get((number - 1) % plans.size());
        Layout layout = Beginning.layout(plan, random);
        boolean labels = plan.change().isPresent() && !isNamed(plan) || format == LogFormat.HARDENED && random.nextInt(UNLABELLED) > 0;
        Setting setting = new Setting(policy, layout, format, labels, Beginning.change(plan, layout, random), wiring);
        if (isNamed(plan)) {
            examineNamed(number, plan, setting, random);
            return;
        }
        boolean later = policy.cleanWhen() != CleanWhen.SWEEP && number % MARKED_LATER == 0;
        Workload workload = new Workload(setting, plan, later ? Workload.Marking.LATER : Workload.Marking.AT_ONCE,
                random.nextBoolean() ? LARGE_PAGE : LARGE_PAGE / 2, (long) number << CONTENTS_BITS, random);
        String name = "workload " + number + " (" + plan + (format == LogFormat.HARDENED && !labels ? ", no labels" : "")
                + (later ? ", pages marked later)" : ")");
        Journal journal = workload.journal();
        try {
            // The first one is sure to show what Original is in the list for.
            Workload.Ending[] endings = Workload.Ending.values();
            workload.run(FEWEST_ACTIONS + random.nextInt(MORE_ACTIONS),
                    number == 1 ? Workload.Ending.TEAR : endings[random.nextInt(endings.length)]);
        } catch (IOException | RuntimeException e) {
            findings.add(name + ": the mirror failed: " + e, setting.pool(), journal.now(), journal::lines);
        }
        new Examination(setting, limits, mayDesync, name, seed(number), journal, tally, findings).run();
        tally.ended(plan.toString());
    }

    /** Whether a leg comes in by being named, and nothing else. */
    private boolean isNamed(Plan plan) {
        return format == LogFormat.DM && plan == Plan.ADD_CLOSED;
    }

    private void examineNamed(int number, Plan plan, Setting setting, Random random) {
        long[] content = {(long) number << CONTENTS_BITS};
        NamedAddition addition = new NamedAddition(setting, plan, LARGE_PAGE, () -> content[0]++, random);
        String name = "workload " + number + " (" + plan + ", no labels";
        try {
            addition.run();
        } catch (IOException | RuntimeException e) {
            findings.add(name + "): the mirror failed: " + e, setting.pool(), addition.until().now(), addition.until()::lines);
        }
        new Examination(setting, limits, mayDesync, name + ")", seed(number), addition.until(), tally, findings).run();
        new Examination(addition.after(), limits, mayDesync, name + ", named)", seed(number), addition.since(), tally, findings).run();
        tally.ended(plan.toString());
    }
}
