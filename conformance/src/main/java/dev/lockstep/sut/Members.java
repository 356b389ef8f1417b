package dev.lockstep.sut;

import dev.lockstep.region.Extent;
import dev.lockstep.region.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Which of a machine's regions and writes play one of the model's. What happens to all of them happens in another order each time, the same in each
 * run, as a set that is emptied has them in many. Not thread-safe.
 *
 * @param wide  how many regions play one
 * @param apart how far they lie apart: as far as makes a set that finds regions by a hash have them close together
 * @param parts how many writes play one of every second slot, each of a part of its block; one of the others' is of some of each part
 * @param random in which order what happens to all happens
 */
record Members(int wide, int apart, int parts, Random random) {
    private static final int CLOSE_BY_HASH = 21;
    /** More than a table has places for that holds the writes to a few regions. */
    private static final int IN_ONE_PLACE = 256;
    private static final int FEW = 5;
    private static final int WRITES_APART = 7;
    /** One at the beginning of a block, one in the middle, one at the end. */
    private static final int PARTS = 3;
    /** The blocks of the machine that a part has. */
    private static final int PART = 2;
    private static final long SEED = 20_080_517;

    /** Each plays itself. */
    static Members themselves() {
        return new Members(1, 1, 1, new Random(SEED));
    }

    /** So many regions play one, with a write to each of them. */
    static Members of(int wide) {
        return new Members(wide, CLOSE_BY_HASH, 1, new Random(SEED));
    }

    /** A few regions play one, whose writes are all looked for in one place. */
    static Members inOnePlace() {
        return new Members(FEW, IN_ONE_PLACE, 1, new Random(SEED));
    }

    /** Several blocks play one, and writes that overlap do so in part. */
    static Members ofParts() {
        return new Members(1, 1, PARTS, new Random(SEED));
    }

    /** How many regions a machine has for so many of the model's. */
    int regions(int model) {
        return model * wide * apart;
    }

    int region(int region, int member) {
        return wide == 1 ? region : (region * wide + member) * apart;
    }

    /** The model's region that a region of the machine plays, or -1: it is there to have the others apart. */
    int played(int region) {
        return region % apart == 0 ? region / apart / wide : -1;
    }

    int write(int write, int member) {
        return wide == 1 ? write * parts + member : (write * wide + member) * WRITES_APART;
    }

    private boolean isDivided(int write) {
        return parts > 1 && write % 2 == 0;
    }

    /**
     * The blocks of a write.
     *
     * @param block the block that it is of, where each of the model's is one of the machine's
     */
    Extent extent(int write, int member, long block) {
        long first = block * parts * PART;
        long end = first + (long) parts * PART;
        return parts == 1 ? new Extent(block, block + 1) : isDivided(write) ? new Extent(first + (long) member * PART, first + (long) (member + 1) * PART)
                : new Extent(first + 1, end - 1);
    }

    /** The members that play a write: one in each region, or each of its parts. */
    List<Integer> ofWrite(int write) {
        return isDivided(write) ? shuffled(0, parts) : from(0);
    }

    /** The members, from one of them on. */
    List<Integer> from(int first) {
        return shuffled(first, wide);
    }

    private List<Integer> shuffled(int first, int end) {
        List<Integer> members = new ArrayList<>(IntStream.range(first, end).boxed().toList());
        Collections.shuffle(members, random);
        return members;
    }

    /** The machine's steps that play one of the model's. */
    List<Step> of(Step step) {
        return switch (step.action()) {
            case ISSUE, LEG_WRITE, END_WRITE -> ofWrite(step.first()).stream().map(each -> new Step(step.action(), write(step.first(), each), step.second())).toList();
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
