package dev.lockstep.cli;

import dev.lockstep.region.Policy;
import dev.lockstep.sut.MirrorConstants;
import dev.lockstep.sut.Size;
import dev.lockstep.sut.Storing;
import dev.lockstep.sut.Surroundings;
import dev.lockstep.tlc.Model;

/**
 * The model whose state graph is replayed: a policy at a size, with storing and marking page-dirty as two steps, since
 * that has every behaviour of one step and more. Every assumption holds, and nothing happens beside stores, reads and
 * crashes, as the mirror has nothing else yet. No property, no symmetry.
 */
final class ReplayModel {
    static final Surroundings SURROUNDINGS = Surroundings.of(Storing.STORE_MARK);
    static final int VALUES = 2;

    private ReplayModel() {
    }

    /** Returns the model of a policy. */
    static Model of(SpecFolder spec, Policy policy, Size size) {
        String configuration = MirrorConstants.of(policy, size, SURROUNDINGS.storing());
        return new Model("Replay_" + policy.name() + "_" + size, spec.path(), "MCMirror", configuration);
    }
}
