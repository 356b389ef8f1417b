package dev.lockstep.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BenchTest {
    private static List<Load> flushed(int block) {
        return Bench.warmLoads(List.of(block)).stream().filter(load -> load.flushEvery() > 0).toList();
    }

    /** With 16 in flight, no thread would come to a flush in so few writes of 1 MiB as the volume has room for. */
    @Test
    void noLoadIsAboutMoreThanTheVolumeHas() {
        for (int block = 4096; block <= 1 << 20; block *= 2) {
            assertThat(Bench.warmLoads(List.of(block))).as("%d bytes a write", block).hasSizeBetween(4, 6)
                    .allMatch(load -> Bench.warmBytes(load) <= Bench.WARM_BYTES);
        }
        assertThat(flushed(4096)).extracting(Load::inFlight).containsExactly(1, 16);
        assertThat(flushed(1 << 20)).extracting(Load::inFlight).containsExactly(1);
    }

    @Test
    void eachThreadComesToAFlush() {
        for (Load load : Bench.warmLoads(List.of(4096, 65536, 1 << 20))) {
            assertThat(load.flushEvery() == 0 || Bench.warmBytes(load) / load.block() / load.inFlight() >= load.flushEvery())
                    .as(load.toString()).isTrue();
        }
    }
}
