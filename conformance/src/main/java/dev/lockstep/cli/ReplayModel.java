package dev.lockstep.cli;

import dev.lockstep.region.Policy;
import dev.lockstep.sut.MirrorConstants;
import dev.lockstep.sut.Size;
import dev.lockstep.sut.Storing;
import dev.lockstep.sut.Surroundings;
import dev.lockstep.tlc.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The model whose state graph is replayed: a policy at a size, with storing and marking page-dirty as two steps, since
 * that has every behaviour of one step and more. Every assumption holds, and nothing happens beside stores, reads and
 * crashes, unless more is asked for. No property, no symmetry.
 *
 * <p>Where legs fail, writes are direct: the page cache adds nothing to what a failed leg means, and a graph with both has millions
 * of edges.
 */
final class ReplayModel {
    static final Surroundings SURROUNDINGS = Surroundings.of(Storing.STORE_MARK);
    static final int VALUES = 2;
    /** What can happen beside what always does, by its name in Mirror.tla. */
    static final List<String> MORE = List.of("fail", "flushFails", "syncFails");
    private static final Set<String> OF_LEGS = Set.of("fail", "flushFails");

    private ReplayModel() {
    }

    /** Returns the model of a policy. */
    static Model of(SpecFolder spec, Policy policy, Size size) {
        return of(spec, policy, size, List.of());
    }

    /** Returns the model of a policy where more happens. */
    static Model of(SpecFolder spec, Policy policy, Size size, List<String> more) {
        boolean direct = more.stream().anyMatch(OF_LEGS::contains);
        List<String> environment = new ArrayList<>(List.of("read"));
        if (direct) {
            environment.add("direct");
        }
        environment.addAll(more);
        String configuration = MirrorConstants.of(policy, size, direct ? Storing.NONE : SURROUNDINGS.storing(), environment);
        return new Model(String.join("_", "Replay", policy.name(), String.join("_", more) + size), spec.path(), "MCMirror",
                configuration);
    }
}
