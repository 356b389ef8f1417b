package dev.lockstep.crash;

import dev.lockstep.crash.inside.CrashCycle;
import dev.lockstep.crash.inside.CycleResult;
import dev.lockstep.crash.inside.Rig;
import dev.lockstep.guest.Guest;
import dev.lockstep.guest.GuestSettings;
import dev.lockstep.guest.MissingPackageException;
import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.volume.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The tier {@code flakey}: power cuts through dm-flakey in a throw-away guest, of legs and a log that are devices, or files on ext4.
 * dm-flakey loses all that was not written out at one instant; it neither reorders nor tears. A guest is used on every machine, also
 * where the kernel has device-mapper: so no device, mount or loop device of the machine itself is ever touched.
 */
public final class FlakeyTier {
    /** The name of the tier. */
    public static final String NAME = "flakey";

    private static final int REGION = 16 << 10;
    private static final int REGIONS = 8;
    private static final int MOST_LEGS = 3;
    private static final int ROUNDS = 3;
    /** How many times as many cuts the policy that has to be caught may take for it. */
    private static final int TRIES = 12;

    /** How many void cuts a policy may have, beside as many as it has cuts: more, and the tier says nothing. */
    private static final long MOST_VOID = 5;

    private final CrashSettings settings;

    /**
     * A tier.
     *
     * @param settings what it is to do; a cycle is a cut that counts
     */
    public FlakeyTier(CrashSettings settings) {
        this.settings = settings;
    }

    /**
     * Runs it.
     *
     * @return what it found, a policy and a format of its log each
     * @throws MissingPartException if a part of the guest is missing
     * @throws IOException          if the guest cannot be used
     */
    public List<CrashRun> run() throws IOException {
        try (FlakeyLab lab = FlakeyLab.boot(Guest.build(GuestSettings.usual()), settings.work(), layout(0))) {
            List<CrashRun> runs = new ArrayList<>();
            long each = (settings.cycles() - 1) / settings.policies().size() + 1;
            for (Policy policy : settings.policies()) {
                runs.addAll(runs(lab, policy, each));
            }
            return runs;
        } catch (MissingPackageException e) {
            MissingPartException missing = new MissingPartException(e.getMessage());
            missing.initCause(e);
            throw missing;
        }
    }

    private static Layout layout(long seed) {
        return new Layout((long) REGIONS * REGION, REGION, 2 + Math.floorMod(seed, MOST_LEGS - 1), 0);
    }

    private List<CrashRun> runs(FlakeyLab lab, Policy policy, long cuts) throws IOException {
        boolean mayDesync = settings.mayDesync().contains(policy.name());
        boolean mustDesync = policy.equals(Policy.ORIGINAL);
        FormatSums sum = new FormatSums(settings.formats());
        for (long i = 0; !tooManyVoid(sum, policy) && (sum.crashes() < cuts
                || mustDesync && sum.desyncs() == 0 && sum.crashes() < TRIES * cuts); i++) {
            long seed = settings.seed() + i;
            settings.progress().accept(NAME + "  " + policy.name() + ", " + sum.crashes() + " cuts of " + cuts);
            // So that of few volumes some are of each kind, although each policy begins with the same seed.
            long kind = seed + Policy.all().indexOf(policy);
            Layout layout = layout(kind / 2);
            Path kept = settings.kept().resolve("seed-" + seed);
            LogFormat format = settings.formats().get(Math.floorMod(seed, settings.formats().size()));
            try (Rig rig = new FlakeyRig(lab, kept, layout, format, Math.floorMod(kind, 2) == 1)) {
                CycleResult cycle = new CrashCycle(rig, policy, layout, mayDesync, seed).run(ROUNDS);
                sum.add(format, cycle, seed);
            }
            if (sum.failed()) {
                break;
            }
        }
        return sum.runs(NAME, policy.name(), settings);
    }

    private boolean tooManyVoid(FormatSums sum, Policy policy) {
        boolean tooMany = sum.voidCuts() > sum.crashes() + MOST_VOID;
        if (tooMany) {
            sum.fail("this tier proves nothing: " + sum.voidCuts() + " cuts under " + policy.name() + " were void, the last as "
                    + sum.lastVoid(), settings.seed());
        }
        return tooMany;
    }
}
