package dev.lockstep.sut;

import dev.lockstep.region.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Which of a machine's regions and writes play one of the model's. What happens to all of them happens in another order each time, the same in each
 * run, as a set that is emptied has them in many. They lie apart as far as makes a set that finds regions by a hash have them close together. Not
 * thread-safe.
 */
final class Members {
    private static final int REGIONS_APART = 21;
    private static final int WRITES_APART = 7;
    private static final long SEED = 20_080_517;

    private final int wide;
    private final Random random = new Random(SEED);

    /**
     * So many for each.
     *
     * @param wide how many play one; 1, and each plays itself
     */
    Members(int wide) {
        this.wide = wide;
    }

    /** How many regions a machine has for so many of the model's. */
    int regions(int model) {
        return wide == 1 ? model : model * wide * REGIONS_APART;
    }

    int region(int region, int member) {
        return wide == 1 ? region : (region * wide + member) * REGIONS_APART;
    }

    /** The model's region that a region of the machine plays, or -1: it is there to have the others apart. */
    int played(int region) {
        return wide == 1 ? region : region % REGIONS_APART == 0 ? region / REGIONS_APART / wide : -1;
    }

    int write(int write, int member) {
        return wide == 1 ? write : (write * wide + member) * WRITES_APART;
    }

    /** The members, from one of them on. */
    List<Integer> from(int first) {
        List<Integer> members = new ArrayList<>(IntStream.range(first, wide).boxed().toList());
        Collections.shuffle(members, random);
        return members;
    }

    /** The machine's steps that play one of the model's. */
    List<Step> of(Step step) {
        return switch (step.action()) {
            case ISSUE, LEG_WRITE, END_WRITE -> from(0).stream().map(each -> new Step(step.action(), write(step.first(), each), step.second())).toList();
            case QUIESCE, COMPARE -> from(0).stream().map(each -> new Step(step.action(), region(step.first(), each), step.second())).toList();
            case RESYNC_BEGIN, RESYNC_END -> List.of(Step.of(step.action(), region(step.first(), 0)));
            default -> List.of(step);
        };
    }

    /**
     * {@return what is true of each member, or of none}
     *
     * @param what what is asked
     * @param said the answer of a member
     * @throws AdapterException if they do not agree
     */
    boolean agreed(Object what, Function<Integer, Boolean> said) {
        return agreed(what, IntStream.range(0, wide).boxed().map(said).toList());
    }

    static boolean agreed(Object what, List<Boolean> each) {
        if (each.contains(!each.get(0))) {
            throw new AdapterException("the same of all regions that play one of the model", "of " + what + " they say " + each);
        }
        return each.get(0);
    }
}
