package dev.lockstep.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class TalliesTest {
    private static final Load LOAD = new Load(4096, true, 16, 0, true);

    @Test
    void eachRoundIsComparedWithItself() {
        Tallies slower = new Tallies(tally("bare", 1, 100, 200, 400), tally("NeverClean", 1, 160, 320, 640), tally("slower", 1, 200, 400, 800));

        Figure figure = slower.figure(LOAD);

        assertThat(figure.againstBare().low()).isEqualTo(0.5).isEqualTo(figure.againstBare().high());
        assertThat(figure.againstNeverClean().low()).isEqualTo(0.8).isEqualTo(figure.againstNeverClean().high());
        assertThat(figure.microseconds()).isEqualTo(0.4);
        assertThat(figure.target()).isEqualTo("slower");
        assertThat(figure.writes()).as("those of the rounds without a sweep").isEqualTo(20);
        assertThat(figure.sweeps()).isEqualTo(1);
        assertThat(figure.duringSweeps()).isEqualTo(0.5);
        assertThat(slower.all()).hasSize(3);
    }

    @Test
    void theNoiseHasNoNeverClean() {
        Tallies noise = new Tallies(tally("bare", -1, 100, 100, 100), null, tally("bare", -1, 100, 125, 80));

        Figure figure = noise.figure(LOAD);

        assertThat(figure.againstBare().median()).isEqualTo(1);
        assertThat(figure.againstNeverClean()).isNull();
        assertThat(figure.duringSweeps()).isZero();
        assertThat(noise.all()).hasSize(2);
    }

    private static Tally tally(String name, int sweep, double... nanos) {
        Tally tally = new Tally(new Named(name));
        for (int round = 0; round < nanos.length; round++) {
            tally.add(nanos[round], 10, round == sweep, Costs.NONE);
        }
        return tally;
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
