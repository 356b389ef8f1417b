package dev.lockstep.validate;

import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.sut.Size;
import dev.lockstep.sut.Storing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which mirrors are recorded: every policy, on two regions, on a region of two blocks, and on three legs; pages changed in each of the ways
 * that the specification has and threads can take; logs of both formats; steps run by threads of a pool and by whoever asks; in one of five of each policy legs and
 * sync()s fail, and the power. What TLC can judge
 * together is together.
 */
public final class Plan {
    private static final int SLOTS = 4;
    private static final List<Kind> KINDS = List.of(new Kind(new Size(2, 1, 2, SLOTS), Storing.MMAP),
            new Kind(new Size(1, 2, 2, SLOTS), Storing.STORE_MARK), new Kind(new Size(2, 1, 2, SLOTS), Storing.MARK_STORE),
            new Kind(new Size(2, 1, 3, SLOTS), Storing.STORE_MARK));
    private static final List<LogFormat> FORMATS = List.of(LogFormat.HARDENED, LogFormat.DM);

    /** In one of so many something fails: by turns each kind of mirror. */
    private static final int FAILS_IN = 5;

    private Plan() {
    }

    /** What recordings have to have in common that TLC judges together, beside the policy. */
    private record Kind(Size size, Storing storing) {
    }

    /** What they have in common. */
    private record Together(Policy policy, Kind kind) {
    }

    /**
     * {@return what is to be recorded, in groups that TLC judges together}
     *
     * @param policies   the policies, by turns
     * @param recordings how many recordings there are to be, of all policies together
     * @param events     how many events each is to have at least
     * @param seed       what the workloads' seeds are made from: the first has this one
     */
    public static List<List<RunSettings>> of(List<Policy> policies, int recordings, int events, long seed) {
        return of(policies, FORMATS, recordings, events, seed);
    }

    /**
     * {@return the same, with logs of some formats only}
     *
     * @param policies   the policies, by turns
     * @param formats    the formats of a log, by turns
     * @param recordings how many recordings there are to be, of all policies together
     * @param events     how many events each is to have at least
     * @param seed       what the workloads' seeds are made from: the first has this one
     */
    public static List<List<RunSettings>> of(List<Policy> policies, List<LogFormat> formats, int recordings, int events, long seed) {
        Map<Together, List<RunSettings>> groups = new LinkedHashMap<>();
        for (int i = 0; i < recordings; i++) {
            Policy policy = policies.get(i % policies.size());
            int turn = i / policies.size();
            Kind kind = KINDS.get(turn % KINDS.size());
            LogFormat format = formats.get(turn / KINDS.size() % formats.size());
            groups.computeIfAbsent(new Together(policy, kind), first -> new ArrayList<>())
                    .add(new RunSettings(policy, kind.size(), kind.storing(), format, seam(turn), turn % FAILS_IN == FAILS_IN - 1, seed + i, events));
        }
        return List.copyOf(groups.values());
    }

    /** By turns, and so that each kind of mirror comes to have both, and each with both formats. */
    private static Seam seam(int turn) {
        Seam[] seams = Seam.values();
        return seams[(turn + turn / KINDS.size() + turn / (KINDS.size() * FORMATS.size())) % seams.length];
    }
}
