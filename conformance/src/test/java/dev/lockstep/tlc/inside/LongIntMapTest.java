package dev.lockstep.tlc.inside;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LongIntMapTest {
    @Test
    void whatIsPutIsFound() {
        LongIntMap map = new LongIntMap();
        TreeMap<Long, Integer> expected = new TreeMap<>();
        Random random = new Random(1);
        for (int id = 0; id < 100_000; id++) {
            // Zero and keys that share their low half are among them.
            long key = id == 0 ? 0 : random.nextBoolean() ? random.nextLong() : (long) id << 32;
            if (expected.putIfAbsent(key, id) == null) {
                map.put(key, id);
            }
        }
        assertThat(map.size()).isEqualTo(expected.size());
        expected.forEach((key, id) -> assertThat(map.get(key)).isEqualTo(id));
        assertThat(map.get(-1)).isEqualTo(-1);
    }
}
