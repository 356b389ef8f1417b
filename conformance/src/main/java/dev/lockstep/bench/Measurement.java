package dev.lockstep.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Rounds of one load. In each, every target is measured once, and the bare files twice: first and last. The order of the others
 * is another one each time. What the machine does beside it comes and goes; within a round it is about the same for all.
 */
final class Measurement {
    private static final int SWEEPS = 4;
    private static final int UNCOUNTED = 2;

    private final Crew crew;
    private final Target bare;
    private final List<Target> mirrors;
    private final BenchSettings settings;

    Measurement(Crew crew, Target bare, List<Target> mirrors, BenchSettings settings) {
        this.crew = crew;
        this.bare = bare;
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
                crew.run(bare, load, pass);
                crew.run(mirrors.get(done / pass.length % mirrors.size()), load, pass);
            }
        }
    }

    /** Measures writes to regions that are dirty already, and sweeps under way meanwhile in some of the rounds. */
    List<Figure> warm(Load load, long bytes) throws IOException {
        int passes = passes(load, bytes);
        int rounds = settings.rounds();
        Round round = new Round(load);
        for (Target mirror : mirrors) {
            warmUp(mirror, bytes);
        }
        for (int number = -UNCOUNTED; number < rounds; number++) {
            settings.progress().accept(load + ": round " + Math.max(0, number + 1) + " of " + rounds);
            boolean sweep = number >= 0 && load.flushEvery() == 0 && isSweep(number, rounds);
            Random choices = new Random(settings.seed() + number);
            List<long[]> passesOfRound = new ArrayList<>();
            for (int pass = 0; pass < (sweep ? Math.max(2, passes) : passes); pass++) {
                passesOfRound.add(load.pass(bytes, choices));
            }
            round.make(passesOfRound, sweep, number >= 0, choices);
            for (Target mirror : sweep ? mirrors : List.<Target>of()) {
                // What the sweep has marked clean is to be dirty again in the next round; that is not measured.
                warmUp(mirror, bytes);
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
            round.make(List.of(positions), false, true, new Random(settings.seed() + number));
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

    /** How often all is to be written in a round, so that one measurement takes about as long as it should. */
    private int passes(Load load, long bytes) throws IOException {
        long[] once = load.pass(bytes, new Random(settings.seed()));
        if (load.flushEvery() > 0) {
            return 1;
        }
        long nanos = crew.run(bare, load, once);
        for (int again = 0; again < 4; again++) {
            nanos = Math.min(nanos, crew.run(bare, load, once));
        }
        return (int) Math.max(1, Math.min(200, settings.measureNanos() / Math.max(1, nanos)));
    }

    private void warmUp(Target mirror, long bytes) throws IOException {
        mirror.awaitSweep();
        Load load = new Load(64 << 10, false, 1, 0, false);
        crew.run(mirror, load, load.pass(bytes, new Random(0)));
        mirror.flush();
    }

    /** The rounds of one load. */
    private final class Round {
        private final Load load;
        private final Tally first = new Tally(bare);
        private final Tally second = new Tally(bare);
        private final List<Tally> tallies = new ArrayList<>();

        Round(Load load) {
            this.load = load;
            mirrors.forEach(mirror -> tallies.add(new Tally(mirror)));
        }

        void make(List<long[]> passes, boolean sweep, boolean counts, Random choices) throws IOException {
            List<Tally> order = new ArrayList<>(tallies);
            Collections.shuffle(order, choices);
            measure(first, passes, sweep, counts);
            for (Tally each : order) {
                measure(each, passes, sweep, counts);
            }
            measure(second, passes, sweep, counts);
        }

        private void measure(Tally tally, List<long[]> passes, boolean sweep, boolean counts) throws IOException {
            Target target = tally.target();
            int head = sweep ? passes.size() / 2 : 0;
            long[] before = joined(passes.subList(0, head));
            long[] after = joined(passes.subList(head, passes.size()));
            Costs costs = target.costs();
            long nanos = 0;
            if (sweep) {
                // All is written once while the sweep's sync() is under way, as it is where regions are in use.
                target.beginSweep();
                nanos += crew.run(target, load, before);
                target.endSweep();
            }
            nanos += crew.run(target, load, after);
            int writes = before.length + after.length;
            Costs done = target.costs().since(costs);
            if (sweep) {
                target.awaitSweep();
            }
            if (counts) {
                tally.add((double) nanos / writes, writes, sweep, done);
            }
        }

        List<Figure> figures() {
            Tally neverClean = tallies.stream().filter(each -> each.target().name().equals("NeverClean")).findFirst().orElse(first);
            List<Figure> figures = new ArrayList<>();
            figures.add(second.figure(load, first, first));
            tallies.forEach(each -> figures.add(each.figure(load, first, neverClean)));
            return figures;
        }
    }

    private static long[] joined(List<long[]> passes) {
        return passes.stream().flatMapToLong(Arrays::stream).toArray();
    }
}
