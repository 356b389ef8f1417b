package dev.lockstep.cli;

import dev.lockstep.region.CleanWhen;
import dev.lockstep.region.LegsRead;
import dev.lockstep.region.Policy;
import dev.lockstep.sut.Mirror;
import dev.lockstep.sut.Size;
import dev.lockstep.tlc.Model;
import java.util.Locale;

/**
 * The model whose state graph is replayed: a policy at a size, with storing and marking page-dirty as two steps, since
 * that has every behaviour of one step and more. Every assumption holds, and nothing happens beside stores and crashes, as
 * the mirror has nothing of that yet. No property, no symmetry.
 */
final class ReplayModel {
    static final boolean STORE_MARKS = false;
    static final int VALUES = 2;

    private ReplayModel() {
    }

    /** Returns the model of a policy. */
    static Model of(SpecFolder spec, Policy policy, Size size) {
        String configuration = """
                SPECIFICATION Spec

                CONSTANTS
                  Regions = %d
                  BlocksPerRegion = %d
                  Legs = %d
                  Slots = %d
                  Source = %d
                  Value = {0, 1}

                  LegsRead = "%s"
                  CleanWhen = "%s"

                  Storing = "%s"
                  Environment = {"read"}
                  Off = {}

                  Leg <- MCLeg
                  Block <- MCBlock
                  Page <- MCPage
                  Region <- MCRegion
                  Slot <- MCSlot
                  PageOf <- MCPageOf
                  RegionOf <- MCRegionOf
                """.formatted(size.regions(), size.blocksPerRegion(), size.legs(), size.blocks(), Mirror.SOURCE,
                name(policy.legsRead()), name(policy.cleanWhen()), STORE_MARKS ? "mmap" : "storeMark");
        return new Model("Replay_" + policy.name() + "_" + size, spec.path(), "MCMirror", configuration);
    }

    private static String name(LegsRead read) {
        return read.name().toLowerCase(Locale.ROOT);
    }

    private static String name(CleanWhen when) {
        return when.name().toLowerCase(Locale.ROOT);
    }
}
