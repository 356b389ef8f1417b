package dev.lockstep.crash.enumerate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * The states that a crash may leave at a point: the product, over all blocks of all devices, of what it may leave in each. All of
 * them if they are few, else a sample. Not thread-safe.
 */
final class CrashStates {
    private static final int LEANINGS = 3;

    private final int[][] first;
    private final int[][][] firstMay;
    private final List<Choice> choices = new ArrayList<>();
    private final boolean kill;

    /** A block of which a crash may leave one of several contents, the oldest first. */
    private record Choice(int device, int block, int[] contents, int[][] may) {
    }

    private CrashStates(List<VolatileBlocks.Epoch> devices, boolean kill) {
        this.kill = kill;
        this.first = new int[devices.size()][];
        this.firstMay = new int[devices.size()][][];
    }

    /** What a power cut may leave: of each block, any content since the device's last flush. */
    static CrashStates afterCut(Point point) {
        CrashStates states = new CrashStates(point.devices(), false);
        for (int device = 0; device < states.first.length; device++) {
            VolatileBlocks.Epoch epoch = point.devices().get(device);
            states.first[device] = epoch.now().clone();
            for (int block = 0; block < epoch.may().length; block++) {
                if (epoch.may()[block].length > 1) {
                    // What is chosen here is set for each state; for telling points apart it is to be the same.
                    states.first[device][block] = epoch.may()[block][0];
                    states.choices.add(new Choice(device, block, epoch.may()[block], null));
                }
            }
        }
        return states;
    }

    /** What a kill may leave: all that has ended, and any blocks of a write under way. */
    static CrashStates afterKill(Point point) {
        CrashStates states = new CrashStates(point.devices(), true);
        for (int device = 0; device < states.first.length; device++) {
            VolatileBlocks.Epoch epoch = point.devices().get(device);
            states.first[device] = epoch.settled();
            states.firstMay[device] = epoch.mayWithout();
            for (int block = 0; block < epoch.now().length; block++) {
                if (epoch.settled()[block] != epoch.now()[block]) {
                    states.choices.add(new Choice(device, block, new int[] {epoch.settled()[block], epoch.now()[block]},
                            new int[][] {epoch.mayWithout()[block], epoch.may()[block]}));
                }
            }
        }
        return states;
    }

    /** Whether they are the states of another point as well. */
    boolean same(CrashStates other) {
        if (other == null || choices.size() != other.choices.size() || !Arrays.deepEquals(first, other.first)
                || !Arrays.deepEquals(firstMay, other.firstMay)) {
            return false;
        }
        for (int i = 0; i < choices.size(); i++) {
            Choice mine = choices.get(i);
            Choice theirs = other.choices.get(i);
            if (mine.device != theirs.device || mine.block != theirs.block || !Arrays.equals(mine.contents, theirs.contents)) {
                return false;
            }
        }
        return true;
    }

    /** How many there are; {@link Long#MAX_VALUE} if a long does not hold it. */
    long count() {
        long count = 1;
        for (Choice choice : choices) {
            if (count > Long.MAX_VALUE / choice.contents.length) {
                return Long.MAX_VALUE;
            }
            count *= choice.contents.length;
        }
        return count;
    }

    /**
     * Gives each of them, or a sample.
     *
     * @param all    up to how many are all of them given
     * @param some   how many are given of more; some of these may be the same
     * @param random chooses
     * @param taker  whom to give them
     */
    void forEach(long all, int some, Random random, Consumer<DiskState> taker) {
        int[] chosen = new int[choices.size()];
        if (count() <= all) {
            do {
                taker.accept(state(chosen));
            } while (next(chosen));
        } else {
            for (int i = 0; i < some; i++) {
                choose(chosen, random);
                taker.accept(state(chosen));
            }
        }
    }

    private boolean next(int[] chosen) {
        for (int i = 0; i < chosen.length; i++) {
            chosen[i]++;
            if (chosen[i] < choices.get(i).contents.length) {
                return true;
            }
            chosen[i] = 0;
        }
        return false;
    }

    /** A device that lost all, one that kept all, and one that kept some are equally likely beside one another. */
    private void choose(int[] chosen, Random random) {
        int[] leaning = new int[first.length];
        for (int device = 0; device < leaning.length; device++) {
            leaning[device] = random.nextInt(LEANINGS);
        }
        for (int i = 0; i < chosen.length; i++) {
            int contents = choices.get(i).contents.length;
            chosen[i] = switch (leaning[choices.get(i).device]) {
                case 0 -> 0;
                case 1 -> contents - 1;
                default -> random.nextInt(contents);
            };
        }
    }

    private DiskState state(int[] chosen) {
        int[][] now = new int[first.length][];
        int[][][] may = new int[first.length][][];
        for (int device = 0; device < now.length; device++) {
            now[device] = first[device].clone();
            may[device] = kill ? firstMay[device].clone() : null;
        }
        for (int i = 0; i < chosen.length; i++) {
            Choice choice = choices.get(i);
            now[choice.device][choice.block] = choice.contents[chosen[i]];
            if (kill) {
                may[choice.device][choice.block] = choice.may[chosen[i]];
            }
        }
        return kill ? DiskState.afterKill(now, may) : DiskState.afterCut(now);
    }
}
