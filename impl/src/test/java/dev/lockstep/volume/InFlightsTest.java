package dev.lockstep.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InFlightsTest {
    private final InFlights writes = new InFlights();

    private static InFlight write(long position) {
        return new InFlight(position, 512, ByteBuffer.allocate(512), false, false, new Awaited());
    }

    @Test
    void theLowestNumberThatIsFreeIsGiven() {
        List<InFlight> all = new ArrayList<>();
        for (int number = 0; number < 100; number++) {
            all.add(write(number));
            assertThat(writes.add(all.get(number))).isEqualTo(number);
        }
        assertThat(writes.all()).containsExactlyElementsOf(all);
        assertThat(writes.remove(40)).isSameAs(all.get(40));
        assertThat(writes.remove(7)).isSameAs(all.get(7));
        assertThat(writes.get(40)).isNull();
        assertThat(writes.add(write(7))).isEqualTo(7);
        assertThat(writes.add(write(40))).isEqualTo(40);
        assertThat(writes.add(write(100))).isEqualTo(100);
        assertThat(writes.get(1000)).isNull();
    }

    @Test
    void aThreadIsGivenItsOwnNumberAsLongAsThatIsFree() {
        int own = writes.addHere(write(0));
        assertThat(writes.addHere(write(1))).as("one of its own is in flight").isNotEqualTo(own);
        assertThat(writes.all()).hasSize(2);
        writes.remove(own);
        assertThat(writes.addHere(write(2))).isEqualTo(own);
        assertThat(writes.isEmpty()).isFalse();
        writes.all().forEach(write -> assertThat(write.length()).isEqualTo(512));
    }
}
