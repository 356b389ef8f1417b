package dev.lockstep.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class TalliesTest {
    private static final Load LOAD = new Load(4096, true, 16, 0, true);

    @Test
    void eachRoundIsComparedWithItself() {
        Tallies slower = tallies("slower", new double[] {100, 200, 400}, new double[] {200, 400, 800}, 1);

        Figure figure = slower.figure(LOAD, slower);

        assertThat(figure.againstBare().low()).isEqualTo(0.5).isEqualTo(figure.againstBare().high());
        assertThat(figure.microseconds()).isEqualTo(0.4);
        assertThat(figure.againstNeverClean().median()).isEqualTo(1);
        assertThat(figure.writes()).as("those of the rounds without a sweep").isEqualTo(20);
        assertThat(figure.sweeps()).isEqualTo(1);
        assertThat(figure.duringSweeps()).isEqualTo(0.5);
    }

    /** Files that cost more to write to, for everyone who writes to them, are no fault of who writes to them. */
    @Test
    void twoMirrorsAreComparedByTheirRatiosToTheirOwnFiles() {
        Tallies neverClean = tallies("NeverClean", new double[] {100, 100}, new double[] {125, 125}, -1);
        Tallies other = tallies("other", new double[] {300, 150}, new double[] {400, 200}, -1);

        Figure figure = other.figure(LOAD, neverClean);

        assertThat(figure.againstBare().median()).isEqualTo(0.75);
        assertThat(figure.againstNeverClean().median()).isCloseTo(0.75 / 0.8, within(1e-9));
        assertThat(figure.duringSweeps()).isZero();
    }

    private static Tallies tallies(String name, double[] bare, double[] other, int sweep) {
        Tallies tallies = new Tallies(new Tally(new Named("bare")), new Tally(new Named(name)));
        for (int round = 0; round < bare.length; round++) {
            tallies.bare().add(bare[round], 10, round == sweep, Costs.NONE);
            tallies.other().add(other[round], 10, round == sweep, Costs.NONE);
        }
        return tallies;
    }

    /** A target that is not written to. */
    private record Named(String name) implements Target {
        @Override
        public void write(ByteBuffer from, long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void flush() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() throws IOException {
            throw new UnsupportedOperationException();
        }
    }
}
