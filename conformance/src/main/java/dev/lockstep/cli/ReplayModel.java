package dev.lockstep.cli;

import dev.lockstep.region.Policy;
import dev.lockstep.sut.MirrorConstants;
import dev.lockstep.sut.Size;
import dev.lockstep.sut.Storing;
import dev.lockstep.sut.Surroundings;
import dev.lockstep.tlc.Model;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The model whose state graph is replayed: a policy at a size, with storing and marking page-dirty as two steps, since
 * that has every behaviour of one step and more. Every assumption holds, and nothing happens beside stores, reads and
 * crashes, unless more is asked for, or storing and marking in one step. No property, no symmetry.
 *
 * <p>Where legs fail, writes are direct: the page cache adds nothing to what a failed leg means, and a graph with both has millions
 * of edges.
 */
final class ReplayModel {
    static final int VALUES = 2;
    /** What can happen beside what always does, or otherwise than it does, by its name in Mirror.tla. */
    static final List<String> MORE = List.of("direct", "fail", "flushFails", "syncFails", "scrub", "replace", "absent", "mmap");
    private static final Set<String> DIRECT = Set.of("direct", "fail", "flushFails", "replace", "absent");
    /** Not something that happens, but how pages are changed: what is stored into is marked in the same step. */
    private static final String MMAP = "mmap";

    private ReplayModel() {
    }

    /** Returns the model of a policy. */
    static Model of(SpecFolder spec, Policy policy, Size size) {
        return of(spec, policy, size, List.of());
    }

    /** Returns the model of a policy where more happens. */
    static Model of(SpecFolder spec, Policy policy, Size size, List<String> more) {
        String configuration = MirrorConstants.of(policy, size, storing(more), environment(more));
        return new Model(String.join("_", "Replay", policy.name(), String.join("_", more) + size), spec.path(), "MCMirror",
                configuration);
    }

    /** Returns what the rig does above the mirror and to its devices. */
    static Surroundings surroundings(List<String> more) {
        return Surroundings.of(storing(more), environment(more));
    }

    private static Storing storing(List<String> more) {
        return isDirect(more) ? Storing.NONE : more.contains(MMAP) ? Storing.MMAP : Storing.STORE_MARK;
    }

    private static boolean isDirect(List<String> more) {
        return more.stream().anyMatch(DIRECT::contains);
    }

    private static List<String> environment(List<String> more) {
        return Stream.of(Stream.of("read"), isDirect(more) ? Stream.of("direct") : Stream.<String>empty(), more.stream())
                .flatMap(each -> each).filter(each -> !each.equals(MMAP)).distinct().toList();
    }
}
