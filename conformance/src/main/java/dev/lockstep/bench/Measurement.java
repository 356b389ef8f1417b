package dev.lockstep.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Rounds of one load. In each, every mirror is measured next to bare channels to the very same files and to a mirror of them under
 * NeverClean, and two bare files of their own next to themselves. Which of them comes first, and which mirror, is another order each time. What
 * the machine does beside it comes and goes; within what is next to each other it is about the same for all. That the files are the same matters too: where in
 * memory the pages of a file happen to be changes what it costs to write to it, as {@link Allocation} tells.
 */
final class Measurement {
    private static final int SWEEPS = 4;
    private static final int UNCOUNTED = 2;
    /** How many times as long many threads are measured: how they get into each other's way varies more than what one thread does. */
    private static final int CROWDED = 3;

    private final Crew crew;
    private final Target noise;
    private final List<Compared> mirrors;
    private final BenchSettings settings;

    /**
     * A mirror, and what it is compared with. They never write at the same time, and leave the same on both legs.
     *
     * @param bare       bare channels to the mirror's legs
     * @param neverClean a volume of the same legs under NeverClean, with a log of its own
     * @param mirror     the mirror
     */
    record Compared(Target bare, Target neverClean, Target mirror) {
    }

    Measurement(Crew crew, Target noise, List<Compared> mirrors, BenchSettings settings) {
        this.crew = crew;
        this.noise = noise;
        this.mirrors = mirrors;
        this.settings = settings;
    }

    /**
     * Has the virtual machine compile what will be measured: it does so for good after some hundred thousand writes, and until then a
     * write through the mirror takes about twice as long.
     */
    void compile(int writes, long bytes) throws IOException {
        for (int inFlight : List.of(1, 16)) {
            Load load = new Load(4096, true, inFlight, 0, true);
            long[] pass = load.pass(bytes, new Random(settings.seed()));
            for (int done = 0; done < writes; done += pass.length) {
                settings.progress().accept("warming up: " + done + " of " + writes + " writes, " + inFlight + " in flight");
                Compared next = mirrors.get(done / pass.length % mirrors.size());
                crew.once(next.bare(), load, pass);
                crew.once(next.mirror(), load, pass);
            }
        }
    }

    /** Measures writes to regions that are dirty already, and sweeps under way meanwhile in some of the rounds. */
    List<Figure> warm(Load load, long bytes) throws IOException {
        int rounds = settings.rounds();
        Round round = new Round(load);
        for (Compared each : mirrors) {
            warmUp(each.mirror(), bytes);
            warmUp(each.neverClean(), bytes);
        }
        for (int number = -UNCOUNTED; number < rounds; number++) {
            settings.progress().accept(load + ": round " + Math.max(0, number + 1) + " of " + rounds);
            boolean sweep = number >= 0 && load.flushEvery() == 0 && isSweep(number, rounds);
            Random choices = new Random(settings.seed() + number);
            round.make(load.pass(bytes, choices), sweep, number >= 0, choices);
            for (Compared each : sweep ? mirrors : List.<Compared>of()) {
                // What the sweep has marked clean is to be dirty again in the next round; that is not measured.
                warmUp(each.mirror(), bytes);
            }
        }
        return round.figures();
    }

    /** Measures the first write to each region, a few regions a round, until all have been written. */
    List<Figure> cold(Load load, int regionBytes, int regionsARound) throws IOException {
        Round round = new Round(load);
        for (int number = 0; number < settings.rounds(); number++) {
            settings.progress().accept(load + ": round " + (number + 1) + " of " + settings.rounds());
            long[] positions = new long[regionsARound];
            for (int i = 0; i < regionsARound; i++) {
                positions[i] = ((long) number * regionsARound + i) * regionBytes;
            }
            round.make(positions, false, true, new Random(settings.seed() + number));
        }
        return round.figures();
    }

    private static boolean isSweep(int number, int rounds) {
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            if (number == rounds * (2 * sweep + 1) / (2 * SWEEPS)) {
                return true;
            }
        }
        return false;
    }

    private void warmUp(Target mirror, long bytes) throws IOException {
        mirror.awaitSweep();
        Load load = new Load(64 << 10, false, 1, 0, false);
        crew.once(mirror, load, load.pass(bytes, new Random(0)));
        mirror.flush();
    }

    /** The rounds of one load. */
    private final class Round {
        private final Load load;
        private final List<Tallies> tallies = new ArrayList<>();

        Round(Load load) {
            this.load = load;
            tallies.add(new Tallies(new Tally(noise), null, new Tally(noise)));
            mirrors.forEach(each -> tallies.add(new Tallies(new Tally(each.bare()), new Tally(each.neverClean()), new Tally(each.mirror()))));
        }

        void make(long[] positions, boolean sweep, boolean counts, Random choices) throws IOException {
            List<Tallies> order = new ArrayList<>(tallies);
            Collections.shuffle(order, choices);
            for (Tallies each : order) {
                List<Tally> together = each.all();
                Collections.shuffle(together, choices);
                for (Tally next : together) {
                    measure(next, positions, sweep, counts);
                }
            }
        }

        private void measure(Tally tally, long[] positions, boolean sweep, boolean counts) throws IOException {
            Target target = tally.target();
            Costs costs = target.costs();
            Crew.Work seen = new Crew.Work(0, 0);
            long all = 0;
            if (sweep) {
                // All is written once while the sweep's sync() is under way, as it is where regions are in use.
                target.beginSweep();
                seen = crew.once(target, load, positions);
                all = seen.writes();
                target.endSweep();
            }
            if (load.warm() && load.flushEvery() == 0) {
                Crew.Steady steady = crew.steadily(target, load, positions, settings.measureNanos() / 3,
                        load.inFlight() > 1 ? settings.measureNanos() * CROWDED : settings.measureNanos());
                seen = seen.and(steady.seen());
                all += steady.all();
            } else {
                seen = crew.once(target, load, positions);
                all = seen.writes();
            }
            Costs done = target.costs().since(costs);
            if (sweep) {
                target.awaitSweep();
            }
            if (counts) {
                tally.add((double) seen.nanos() / seen.writes(), all, sweep, done);
            }
        }

        List<Figure> figures() {
            return tallies.stream().map(each -> each.figure(load)).toList();
        }
    }
}
