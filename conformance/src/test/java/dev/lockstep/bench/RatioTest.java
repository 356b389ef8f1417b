package dev.lockstep.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class RatioTest {
    /** Ranks from the tables of the sign test: of 41 the 14th and the 28th, of 25 the 8th and the 18th, of 6 the first and the last. */
    @Test
    void theIntervalIsThatOfOrderStatistics() {
        assertThat(Ratio.cut(41)).isEqualTo(13);
        assertThat(Ratio.cut(25)).isEqualTo(7);
        assertThat(Ratio.cut(6)).isZero();
        assertThat(Ratio.cut(1)).isZero();
        List<Double> rounds = DoubleStream.iterate(41, value -> value - 1).limit(41).boxed().toList();
        assertThat(Ratio.of(rounds)).isEqualTo(new Ratio(21, 14, 28));
        assertThat(Ratio.of(List.of(3.0, 1.0))).isEqualTo(new Ratio(2, 1, 3));
    }

    @Test
    void aLoadWritesEveryBlockOnce() {
        Load load = new Load(4096, true, 3, 0, true);
        long[] pass = load.pass(1 << 20, new Random(7));
        assertThat(pass).hasSize(256).doesNotHaveDuplicates().isNotEqualTo(new Load(4096, false, 3, 0, true).pass(1 << 20, new Random(7)));
        assertThat(pass).contains(0, 255 * 4096);
    }
}
