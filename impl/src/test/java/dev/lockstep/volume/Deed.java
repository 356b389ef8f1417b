package dev.lockstep.volume;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * One thing that is done to a mirror. The numbers say which block, region, leg, value or order, each modulo what there is; so any
 * three will do, and smaller ones are simpler.
 */
record Deed(Kind kind, int a, int b, int c) {
    static final int MOST = 1 << 12;

    /** What can be done, and how often it is compared with the rest. */
    enum Kind {
        WRITE(7), STORE_INTO(3), DISCARD(1), READ(4), FLUSH(3), SWEEP(3), CERTIFY(2), RESYNC(3), SUSPECT(1), STEPS(12), ALL_STEPS(3),
        FAIL(1), RETURN(2), RESYNC_ALL(1), SCRUB(1), REPLACE(1), KILL(1), CUT(1), UNMOUNT(1);

        final int weight;

        Kind(int weight) {
            this.weight = weight;
        }
    }

    /** Deeds by the thousand, the same ones for the same numbers; none of those kinds. */
    static List<Deed> some(Random random, int most, Set<Kind> without) {
        List<Kind> kinds = Arrays.stream(Kind.values()).filter(kind -> !without.contains(kind)).toList();
        int all = kinds.stream().mapToInt(kind -> kind.weight).sum();
        List<Deed> deeds = new ArrayList<>();
        for (int left = 1 + random.nextInt(most); left > 0; left--) {
            int chosen = random.nextInt(all);
            int kind = 0;
            while (chosen >= kinds.get(kind).weight) {
                chosen -= kinds.get(kind).weight;
                kind++;
            }
            deeds.add(new Deed(kinds.get(kind), random.nextInt(MOST), random.nextInt(MOST), random.nextInt(MOST)));
        }
        return deeds;
    }

    /** As {@link #parse} takes it. */
    @Override
    public String toString() {
        return kind + "." + a + "." + b + "." + c;
    }

    static Deed parse(String written) {
        String[] parts = written.trim().split("\\.");
        return new Deed(Kind.valueOf(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), Integer.parseInt(parts[3]));
    }
}
